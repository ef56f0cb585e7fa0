/** The sheet of paper: title, picture, sentence, formulas and tables, all of them as they are on the screen, and nothing to press. */

import { options, render } from 'preact';
import { isOfImages } from '../model/lookup';
import { drawing } from '../picture/drawing';
import { isPictured, rootsOfPicture, titleOf, WITHOUT } from '../picture/picture';
import { make } from '../picture/type';
import { trace } from '../state/store';
import { currentSentence } from '../state/telling';
import { apply, theme } from '../state/theme';
import { view } from '../state/view';
import { ImageTables } from '../tables/ImageTables';
import { Tables } from '../tables/Tables';
import { texts } from '../texts';
import { ways } from '../texts/ways';
import { SentenceText } from '../ui/SentenceText';
import { measured } from '../ui/useMeasured';
import './print.css';

let paper: HTMLElement | null = null;

/** Puts the sheet beside the page. Everything is done at once, since the browser prints when this has returned. */
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
      {view.peek() !== 'check' && (
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

const VIEWS = { diagram: 'picture', matrices: 'matrices-view', check: 'check' };

function Placed({ nodes, class: name }: { nodes: readonly (Node | null)[]; class: string }) {
  const found = nodes.filter((node) => node !== null);
  if (found.length === 0) return null;
  return <div class={name} ref={(place) => place?.replaceChildren(...found)} />;
}

/**
 * Paper is light, and all is in sight on it. What is painted is painted for it, and after that once more for the
 * screen, where everything is as it was.
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
    // The colours of the screen are settled while nothing moves; or they would come back by and by.
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

/** On paper there is no scrolling: all rows, equations and cells are drawn for it, and where a limit cuts, that is said. */

/** What scrolls, and draws only what is in view of it; print.css makes all as large as a sheet has room for while it is drawn. */
const FRAMES = '.equations, .table-frame, .heat-frame';

/** What is drawn may have parts that are measured in their turn: an equation has matrices, these have cells. */
const ROUNDS = 4;

/** Draws what is in view of the frames from their first row on; all is done when this returns, if rendering waits for nothing. */
function drawAll(): void {
  for (const frame of document.querySelectorAll(FRAMES)) frame.scrollTo(0, 0);
  drawSeen();
}

/** Draws what is in view now. */
function drawSeen(): void {
  for (let round = 0; round < ROUNDS; round += 1) measured.now();
}

/** How far the frames are scrolled, and a function that scrolls them there again and draws what is in view. */
function places(): () => void {
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
  const note = document.createElement('p');
  note.className = 'limit';
  note.textContent = ways.picture.printed(shown, all);
  frame.append(note);
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
