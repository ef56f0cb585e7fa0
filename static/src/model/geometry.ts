/** The space for the picture, without the legend and the controls. Pure geometry. */

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point, Size {}

/** The space on the screen, in CSS pixels. */
export interface Room extends Size {
  /** The size of the controls, in its upper right corner. */
  bar?: Size;
  /** The height of the legend, at the bottom. */
  foot?: number;
}

/** The margin above the picture where there are no controls. */
const ABOVE = 20;
/** The distance between the controls and the picture. */
const APART = 6;
/** The defaults until both have been measured. */
export const BAR: Size = { width: 320, height: 40 };
export const FOOT = 40;

/** The free space: everything below the controls or, with `beside`, also the space to the left of them. */
export function roomOf(space: Room, beside = false): Box {
  const bar = space.bar ?? BAR;
  const above = beside && space.width >= 640 ? ABOVE : bar.height + APART;
  const below = space.foot ?? FOOT;
  return { x: 0, y: above, width: space.width, height: Math.max(1, space.height - above - below) };
}

/** A size on the screen, in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The widths of lines: that of a number that is 0 or not known, and of the largest. */
export const THIN = 1.25;
export const THICK = 5;

/** A size as a share of the largest: 1 is as wide and as strong as a line can be. */
export function strengthOf(size: number, largest: number): number {
  if (Number.isNaN(size)) return 0;
  return largest > 0 ? Math.min(1, size / largest) : Number(size > 0);
}

/** The least height of type, in CSS pixels: usually, and in a lecture hall. */
export const LEGIBLE = { usual: 11, lecture: 22 };
