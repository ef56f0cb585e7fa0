/** How wide a number is in the page's type: figures and signs take the same, points are narrow, what is raised is small. */

const FIGURE = 0.5;
const NARROW = 0.27;
const RAISED = 0.34;
const NARROW_SIGNS = '.·\u2009\u202f';
const RAISED_SIGNS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';

/** As a share of the size of the type. */
export function widthOf(text: string): number {
  return [...text].reduce((width, sign) => {
    if (NARROW_SIGNS.includes(sign)) return width + NARROW;
    return width + (RAISED_SIGNS.includes(sign) ? RAISED : FIGURE);
  }, 0);
}
