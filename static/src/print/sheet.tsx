/** The sheet of paper: title, picture, sentence, formulas and tables, all of them as they are on the screen, and nothing to press. */

import { options, render } from 'preact';
import { isOfImages } from '../lookup';
import { drawing } from '../picture/drawing';
import { isPictured, rootsOfPicture, titleOf, WITHOUT } from '../picture/picture';
import { make } from '../picture/plain';
import { trace } from '../state/store';
import { apply, theme } from '../state/theme';
import { view } from '../state/view';
import { ImageTables } from '../tables/ImageTables';
import { Tables } from '../tables/Tables';
import { texts } from '../texts';
import { currentSentence } from '../timeline/current';
import { SentenceText } from '../timeline/SentenceText';
import { copies, drawAll, places } from './whole';
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
