/** On paper there is no scrolling: all rows, equations and cells are drawn for it, and where a limit cuts, that is said. */

import { ways } from '../texts/ways';
import { measured } from '../useMeasured';

/** What scrolls, and draws only what is in view of it; print.css makes all as large as a sheet has room for while it is drawn. */
const FRAMES = '.equations, .table-frame, .heat-frame';

/** What is drawn may have parts that are measured in their turn: an equation has matrices, these have cells. */
const ROUNDS = 4;

/** Draws what is in view of the frames from their first row on; all is done when this returns, if rendering waits for nothing. */
export function drawAll(): void {
  for (const frame of document.querySelectorAll(FRAMES)) frame.scrollTo(0, 0);
  drawSeen();
}

/** Draws what is in view now. */
function drawSeen(): void {
  for (let round = 0; round < ROUNDS; round += 1) measured.now();
}

/** How far the frames are scrolled, and a function that scrolls them there again and draws what is in view. */
export function places(): () => void {
  const known = [...document.querySelectorAll(FRAMES)].map((frame) => ({
    frame,
    top: frame.scrollTop,
    left: frame.scrollLeft,
    anchor: anchorOf(frame),
  }));
  return () => {
    for (const { frame, top, left } of known) frame.scrollTo(left, top);
    // What is drawn in the old room may be higher than it was on paper, and than had been guessed where it had not been seen.
    for (let round = 0; round < ROUNDS; round += 1) {
      drawSeen();
      for (const { frame, anchor } of known) {
        if (anchor) frame.scrollTop += anchor.element.getBoundingClientRect().top - anchor.at;
      }
    }
    drawSeen();
  };
}

/** The first equation in view, and where it is. */
function anchorOf(frame: Element): { element: Element; at: number } | null {
  const { top } = frame.getBoundingClientRect();
  const element = [...frame.querySelectorAll('[data-near]')].find((one) => one.getBoundingClientRect().bottom > top);
  return element ? { element, at: element.getBoundingClientRect().top } : null;
}

/** What is for hands; a choice of the copy would also be taken from the original. */
const CONTROLS =
  'input, select, textarea, fieldset, nav, label, kbd, .link, .copy, .numeric-check, p.reading, .image-note a, [popover], [hidden]';

/** What is on the page, without controls, as it is painted now. */
export function copies(selector: string): Element[] {
  return [...document.querySelectorAll(selector)].map((original) => {
    const copy = original.cloneNode(true) as Element;
    const painted = [...original.querySelectorAll('canvas')];
    [...copy.querySelectorAll('canvas')].forEach((canvas, place) => {
      const image = new Image();
      image.src = painted[place]?.toDataURL('image/png') ?? '';
      image.className = canvas.className;
      image.setAttribute('style', canvas.getAttribute('style') ?? '');
      canvas.replaceWith(image);
    });
    for (const one of copy.querySelectorAll(CONTROLS)) one.remove();
    for (const one of copy.querySelectorAll('[id]')) one.removeAttribute('id');
    sayLimits(copy);
    fitMatrices(original, copy);
    return copy;
  });
}

/** Takes away what kept the room of rows and equations that are not drawn, and says how many there are. */
function sayLimits(copy: Element): void {
  for (const frame of copy.querySelectorAll('.equations')) {
    const [all, missing] = [frame.querySelectorAll('[data-near]'), frame.querySelectorAll('[data-near]:empty')];
    for (const one of missing) one.remove();
    say(frame, all.length - missing.length, all.length);
  }
  for (const frame of copy.querySelectorAll('.table-frame')) {
    for (const one of frame.querySelectorAll('.spacer')) one.remove();
    // The head is counted with the rows.
    const all = Number(frame.querySelector('table')?.getAttribute('aria-rowcount') ?? 1) - 1;
    say(frame, frame.querySelectorAll('[data-row]').length, all);
  }
}

function say(frame: Element, shown: number, all: number): void {
  if (shown >= all) return;
  const told = document.createElement('p');
  told.className = 'limit';
  told.textContent = ways.picture.printed(shown, all);
  frame.append(told);
}

/** What a page has for a matrix beside its sign, in CSS pixels. */
const PAGE = { width: 640, height: 880 };

/** Large matrices are made as small as the page needs; of cells beyond their frames it is said how many are printed. */
function fitMatrices(original: Element, copy: Element): void {
  const frames = [...original.querySelectorAll('.heat-frame')];
  for (const [place, copied] of [...copy.querySelectorAll<HTMLElement>('.heat-frame')].entries()) {
    const [shown, figure] = [frames[place], copied.closest('figure')];
    const cells = shown?.querySelector('.heat-cells');
    if (!shown || !figure || !cells) continue;
    const [frame, all] = [shown.getBoundingClientRect(), cells.getBoundingClientRect()];
    copied.style.zoom = `${Math.min(1, PAGE.width / frame.width, PAGE.height / frame.height)}`;
    const [rows, columns] = [Number(cells.ariaRowCount), Number(cells.ariaColCount)];
    const down = Math.min(1, (frame.bottom - all.top) / all.height);
    const across = Math.min(1, (frame.right - all.left) / all.width);
    const entire = (count: number) => Math.floor(count + 1e-6);
    say(figure, entire(down * rows) * entire(across * columns), rows * columns);
  }
}
