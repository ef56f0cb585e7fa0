/** The room for the picture, and what the legend and the controls leave of it. Pure geometry. */

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point, Size {}

/** The room on the screen, in CSS pixels. */
export interface Room extends Size {
  /** What the controls take of it, from its upper right corner. */
  bar?: Size;
  /** What the legend takes of it, from below. */
  foot?: number;
}

/** Over the picture, where no controls are. */
const ABOVE = 20;
/** Between the controls and the picture. */
const APART = 6;
/** Until they have been measured. */
export const BAR: Size = { width: 320, height: 40 };
export const FOOT = 40;

/** What is free: all beneath the controls or, where nothing reaches into their corner, that beside them too. */
export function roomOf(space: Room, beside = false): Box {
  const bar = space.bar ?? BAR;
  const above = beside && space.width >= 640 ? ABOVE : bar.height + APART;
  const below = space.foot ?? FOOT;
  return { x: 0, y: above, width: space.width, height: Math.max(1, space.height - above - below) };
}

/** Room on the screen, in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The least height of type, in CSS pixels: usually, and for those at the back of a lecture hall. */
export const LEGIBLE = { usual: 11, lecture: 22 };
