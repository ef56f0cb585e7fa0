/** The printed sheet: title, picture, sentence, formulas and tables, as they are on the screen, without controls. */

import { options, render } from 'preact';
import { isOfImages } from '../model/lookup';
import { drawing } from '../picture/drawing';
import { isPictured, rootsOfPicture, titleOf, WITHOUT } from '../picture/picture';
import { make } from '../picture/type';
import { trace } from '../state/store';
import { currentSentence } from '../state/telling';
import { apply, theme } from '../state/theme';
import { ALONE, view } from '../state/view';
import { ImageTables } from '../tables/ImageTables';
import { Tables } from '../tables/Tables';
import { texts } from '../texts';
import { ways } from '../texts/ways';
import { SentenceText } from '../ui/SentenceText';
import { measured } from '../ui/useMeasured';
import './print.css';

let paper: HTMLElement | null = null;

/** Adds the sheet to the page. Everything is synchronous, because the browser prints when this has returned. */
export function lay(): void {
  clear();
  const current = trace.peek();
  if (!current) return;
  paper = document.createElement('div');
  paper.className = 'print-sheet';
  const shown = forPaper(() =>
    view.peek() === 'diagram' ? [pictureOf(), ...formulas()] : copies(`.${VIEWS[view.peek()]}`),
  );
  const Numbers = isOfImages(current) ? ImageTables : Tables;
  render(
    <>
      <h1>{titleOf()}</h1>
      <Placed nodes={shown.slice(0, 1)} class="print-picture" />
      {!ALONE.has(view.peek()) && (
        <p class="print-sentence">
          <SentenceText of={currentSentence()} />
        </p>
      )}
      <Placed nodes={shown.slice(1)} class="print-formulas" />
      {view.peek() === 'diagram' && <Numbers />}
      <footer>
        {texts.product} · {new Date().toLocaleDateString(texts.lang)}
      </footer>
    </>,
    paper,
  );
  document.body.append(paper);
  document.documentElement.dataset.sheet = '';
}

export function clear(): void {
  if (!paper) return;
  render(null, paper);
  paper.remove();
  paper = null;
  delete document.documentElement.dataset.sheet;
}

const VIEWS = { diagram: 'picture', matrices: 'matrices-view', check: 'check', train: 'train' };

function Placed({ nodes, class: name }: { nodes: readonly (Node | null)[]; class: string }) {
  const found = nodes.filter((node) => node !== null);
  if (found.length === 0) return null;
  return <div class={name} ref={(place) => place?.replaceChildren(...found)} />;
}

/**
 * Paper is light, and everything on it is visible. Painted elements are painted for paper, and afterwards again for the
 * screen, which returns to its state.
 */
function forPaper<T>(draw: () => T): T {
  const chosen = theme.peek();
  const before = options.debounceRendering;
  const scrollBack = places();
  // Otherwise it would be painted after the sheet had been printed.
  options.debounceRendering = (flush) => flush();
  document.documentElement.dataset.sheet = 'drawn';
  try {
    apply('light');
    theme.value = 'light';
    drawAll();
    return draw();
  } finally {
    apply(chosen);
    theme.value = chosen;
    // Applies the screen colours while transitions are off; otherwise they would fade in.
    document.body.getBoundingClientRect();
    delete document.documentElement.dataset.sheet;
    scrollBack();
    options.debounceRendering = before;
  }
}

function pictureOf(): Element | null {
  if (!isPictured()) return null;
  const { width, height, content } = drawing(rootsOfPicture(), WITHOUT);
  return make('svg', { viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, role: 'img' }, ...content);
}

const formulas = (): Element[] => copies('.inspector .subject, .inspector .quantity');

/** Paper does not scroll: all rows, equations and cells are drawn for it; if a limit applies, the sheet says so. */

/** Frames that draw only their visible part; during printing print.css makes them as large as fits a sheet. */
const FRAMES = '.equations, .table-frame, .heat-frame';

/** Rendered elements may contain others that are measured in turn: an equation has matrices, and these have cells. */
const ROUNDS = 4;

/** Draws the visible part of the frames from their first row on; synchronous if rendering does not wait. */
function drawAll(): void {
  for (const frame of document.querySelectorAll(FRAMES)) frame.scrollTo(0, 0);
  drawSeen();
}

/** Draws the visible part now. */
function drawSeen(): void {
  for (let round = 0; round < ROUNDS; round += 1) measured.now();
}

/** The scroll positions of the frames; the returned function restores them and draws the visible part. */
function places(): () => void {
  const known = [...document.querySelectorAll(FRAMES)].map((frame) => ({
    frame,
    top: frame.scrollTop,
    left: frame.scrollLeft,
    anchor: anchorOf(frame),
  }));
  return () => {
    for (const { frame, top, left } of known) frame.scrollTo(left, top);
    // Parts may be higher on the screen than on paper, and than their estimate before they were visible.
    for (let round = 0; round < ROUNDS; round += 1) {
      drawSeen();
      for (const { frame, anchor } of known) {
        if (anchor) frame.scrollTop += anchor.element.getBoundingClientRect().top - anchor.at;
      }
    }
    drawSeen();
  };
}

/** The first visible equation, and its position. */
function anchorOf(frame: Element): { element: Element; at: number } | null {
  const { top } = frame.getBoundingClientRect();
  const element = [...frame.querySelectorAll('[data-near]')].find((one) => one.getBoundingClientRect().bottom > top);
  return element ? { element, at: element.getBoundingClientRect().top } : null;
}

/** Controls; a radio button of the copy would also deselect the original. */
const CONTROLS =
  'input, select, textarea, fieldset, nav, label, kbd, .link, .copy, .numeric-check, p.reading, .image-note a, [popover], [hidden]';

/** Copies of elements of the page, without controls, as they are painted now. */
function copies(selector: string): Element[] {
  return [...document.querySelectorAll(selector)].map((original) => {
    const copy = original.cloneNode(true) as Element;
    const painted = [...original.querySelectorAll('canvas')];
    [...copy.querySelectorAll('canvas')].forEach((canvas, place) => {
      const image = new Image();
      image.src = painted[place]?.toDataURL('image/png') ?? '';
      image.className = canvas.className;
      image.style.cssText = canvas.style.cssText;
      canvas.replaceWith(image);
    });
    for (const one of copy.querySelectorAll(CONTROLS)) one.remove();
    for (const one of copy.querySelectorAll('[id]')) one.removeAttribute('id');
    sayLimits(copy);
    fitMatrices(original, copy);
    return copy;
  });
}

/** Removes the placeholders of rows and equations that are not drawn, and states their number. */
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
  const note = document.createElement('p');
  note.className = 'limit';
  note.textContent = ways.picture.printed(shown, all);
  frame.append(note);
}

/** The room on a page for a matrix beside its sign, in CSS pixels. */
const PAGE = { width: 640, height: 880 };

/** Scales large matrices down to the page; if not all cells are drawn, states how many are printed. */
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
