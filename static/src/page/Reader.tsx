/** The page of a network that can only be read: in a saved web page, and in a frame. */

import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Diagram } from '../diagram/Diagram';
import { Inspector } from '../inspector/Inspector';
import { keepPrinting } from '../print/printing';
import { selection } from '../state/attention';
import { listen } from '../state/browser';
import { keepExplained } from '../state/explanations';
import { folded, keepLecture } from '../state/panels';
import { type Controls, controlsIn, openFramed } from '../state/reading';
import { keepTrying } from '../state/starting';
import { cursor, titleOfNetwork, trace, trainingStep } from '../state/store';
import { keepSentences } from '../state/telling';
import { apply } from '../state/theme';
import { keepProducts } from '../state/tracing';
import { ALONE, lecture, READ, view } from '../state/view';
import { texts } from '../texts';
import { Timeline } from '../timeline/Timeline';
import { Close } from '../ui/buttons';
import { later } from '../ui/Later';
import { Fold, LectureButton } from '../ui/PictureTools';
import { ThemeChoice, Views } from './choices';
import { Help } from './Help';
import { onPageKey } from './keys';
import { Foot, Maps, Tables } from './parts';
import './reader.css';

const Check = later(() => import('../check/Check').then(({ Check }) => Check));
const Matrices = later(() => import('../matrices/Matrices').then(({ Matrices }) => Matrices));

interface Props {
  /** What the page is, in a sentence that can be closed. */
  note?: string;
  controls?: Controls;
}

/** Shows the network that the address of a frame names. */
export function showFrame(app: HTMLElement): void {
  void openFramed(location);
  apply();
  render(<Reader controls={controlsIn(location.search)} />, app);
}

export function Reader({ note, controls = 'all' }: Props) {
  const [help, setHelp] = useState(false);
  useEffect(keepExplained, []);
  useEffect(keepSentences, []);
  useEffect(keepLecture, []);
  useEffect(keepTrying, []);
  useEffect(keepProducts, []);
  useEffect(keepPrinting, []);
  useEffect(() => listen(window, { keydown: (event) => onPageKey(event, () => setHelp(true)) }), []);
  const classes = [
    `view-${view.value} reader without-build controls-${controls}`,
    ...(ALONE.has(view.value) ? ['alone'] : []),
    ...(folded.value.inspector || controls !== 'all' ? ['without-inspector'] : []),
    ...(lecture.value ? ['lecture'] : []),
  ];
  return (
    <>
      <div class={lecture.value || controls !== 'all' ? 'page-top lecture' : 'page-top'}>
        <header class="page-header">
          <h1>{titleOfNetwork(trace.value?.document.name ?? '') || texts.product}</h1>
          <Views of={READ} />
          <span class="spring" />
          <div class="tools">
            <Fold of="inspector" />
            <LectureButton />
          </div>
          <ThemeChoice />
          <button type="button" class="quiet help-button" aria-label={texts.header.help} onClick={() => setHelp(true)}>
            ?
          </button>
        </header>
        {note && <Note text={note} />}
      </div>
      <main class={classes.join(' ')} inert={controls === 'none'}>
        <Diagram Maps={Maps} Tables={Tables} Foot={Foot} />
        <Inspector />
        <Timeline Note={Nothing} Runs={Nothing} Step={Step} />
        {view.value === 'matrices' && <Matrices />}
        {view.value === 'check' && <Check />}
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}

function Note({ text }: { text: string }) {
  const [open, setOpen] = useState(true);
  // It goes once the network is explored.
  if (!open || cursor.value > 0 || selection.value !== null) return null;
  return (
    <div class="page-notice">
      <p class="news">
        <span>{text}</span>
        <Close onClose={() => setOpen(false)} />
      </p>
    </div>
  );
}

const Nothing = () => null;

/** The number of the training step. */
function Step() {
  return (
    <p class="training-step">
      {texts.training.step} <b>{trainingStep.value}</b>
    </p>
  );
}
