/** The sheet of paper: title, picture, sentence, formulas and tables, all of them as they are on the screen, and nothing to press. */

import { options, render } from 'preact';
import { drawing } from '../picture/drawing';
import { isPictured, rootsOfPicture, titleOf, WITHOUT } from '../picture/picture';
import { make } from '../picture/plain';
import { isOfImages } from '../shape';
import { trace } from '../state/store';
import { apply, theme } from '../state/theme';
import { view } from '../state/view';
import { ImageTables } from '../tables/ImageTables';
import { Tables } from '../tables/Tables';
import { texts } from '../texts';
import { currentSentence } from '../timeline/current';
import { SentenceText } from '../timeline/SentenceText';
import './print.css';

let paper: HTMLElement | null = null;

/** Puts the sheet beside the page. Everything is done at once, since the browser prints when this has returned. */
export function lay(): void {
  clear();
  const current = trace.peek();
  if (!current) return;
  paper = document.createElement('div');
  paper.className = 'print-sheet';
  const shown = inLight(() =>
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

/** Paper is light. What is painted is painted anew for it, and after that once more for the screen. */
function inLight<T>(draw: () => T): T {
  const chosen = theme.peek();
  const before = options.debounceRendering;
  // Otherwise it would be painted after the sheet had been printed.
  options.debounceRendering = (flush) => flush();
  document.documentElement.dataset.sheet = 'drawn';
  try {
    apply('light');
    theme.value = 'light';
    return draw();
  } finally {
    apply(chosen);
    theme.value = chosen;
    options.debounceRendering = before;
    // The colours of the screen are settled while nothing moves; or they would come back by and by.
    document.body.getBoundingClientRect();
    delete document.documentElement.dataset.sheet;
  }
}

function pictureOf(): Element | null {
  if (!isPictured()) return null;
  const { width, height, content } = drawing(rootsOfPicture(), WITHOUT);
  return make('svg', { viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`, role: 'img' }, ...content);
}

const formulas = (): Element[] => copies('.inspector .subject, .inspector .quantity');

/** What is for hands; a choice of the copy would also be taken from the original. */
const CONTROLS =
  'input, select, textarea, fieldset, nav, label, kbd, .link, .copy, .numeric-check, [popover], [hidden]';

function copies(selector: string): Element[] {
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
    return copy;
  });
}
