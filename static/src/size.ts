/** Room on the screen, in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}
