/** Room on the screen, in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** The least height of type, in CSS pixels: usually, and for those at the back of a lecture hall. */
export const LEGIBLE = { usual: 11, lecture: 22 };
