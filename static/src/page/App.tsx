import { useEffect, useState } from 'preact/hooks';
import { Build } from '../build/Build';
import { OutcomeHere } from '../build/Outcome';
import { Diagram } from '../diagram/Diagram';
import { Inspector } from '../inspector/Inspector';
import { keepPrinting } from '../print/printing';
import { Drop } from '../share/SharePanel';
import { keepAddress } from '../state/address';
import { listen } from '../state/browser';
import { comparing } from '../state/compare';
import { keepWhereOneEdits } from '../state/edits';
import { keepExplained } from '../state/explanations';
import { folded, incoming, keepLecture } from '../state/panels';
import { keepTrying } from '../state/starting';
import { news, notice, noticeWay, pending } from '../state/store';
import { keepSentences } from '../state/telling';
import { keepProducts } from '../state/tracing';
import { isLive } from '../state/training';
import { keepGesturesApart } from '../state/undo';
import { ALONE, keepView, lecture, view } from '../state/view';
import { texts } from '../texts';
import { Timeline } from '../timeline/Timeline';
import { RunStrip, StepField, StepNote } from '../training/StepField';
import { Close, LinkButton } from '../ui/buttons';
import { later } from '../ui/Later';
import { LocalizedText } from '../ui/notes';
import { Header } from './Header';
import { Help } from './Help';
import { onPageKey } from './keys';
import { Foot, Maps, openFile, Tables } from './parts';
import './notice.css';

const Compare = later(() => import('../history/Compare').then(({ Compare }) => Compare));
const Check = later(() => import('../check/Check').then(({ Check }) => Check));
const TableDialog = later(() => import('../build/table/TableDialog').then(({ TableDialog }) => TableDialog));
const Train = later(() => import('../train/Train').then(({ Train }) => Train));
const Following = later(() => import('../train/Following').then(({ Following }) => Following), 'unseen');
const Matrices = later(() => import('../matrices/Matrices').then(({ Matrices }) => Matrices));

export function App() {
  const [help, setHelp] = useState(false);
  useEffect(keepExplained, []);
  useEffect(keepSentences, []);
  useEffect(keepView, []);
  useEffect(keepAddress, []);
  useEffect(keepLecture, []);
  useEffect(keepGesturesApart, []);
  useEffect(keepWhereOneEdits, []);
  useEffect(keepTrying, []);
  useEffect(keepProducts, []);
  useEffect(keepPrinting, []);
  useEffect(() => listen(window, { keydown: (event) => onPageKey(event, () => setHelp(true)) }), []);
  // Only with the picture: the other views have no room for it.
  const besides = comparing.value && view.value === 'diagram';
  const { build, inspector } = folded.value;
  const classes = [
    `view-${view.value}`,
    ...(ALONE.has(view.value) ? ['alone'] : []),
    ...(besides ? ['comparing'] : []),
    ...(build ? ['without-build'] : []),
    ...(inspector ? ['without-inspector'] : []),
    ...(lecture.value ? ['lecture'] : []),
  ];
  return (
    <>
      <Skip />
      <div class={lecture.value ? 'page-top lecture' : 'page-top'}>
        <Header onHelp={() => setHelp(true)} />
        <Notice />
      </div>
      {/* The diagram stays in the document, hidden, and keeps its state. */}
      <main class={classes.join(' ')}>
        <Diagram Maps={Maps} Tables={Tables} Foot={Foot} />
        <OutcomeHere />
        <Inspector />
        {besides && <Compare />}
        <Timeline Note={StepNote} Runs={Strips} Step={StepField} />
        {view.value === 'matrices' && <Matrices />}
        {view.value === 'check' && <Check />}
        {view.value === 'check' && isLive.value && <Following />}
        {view.value === 'train' && <Train />}
        {/* Last, as on a phone: Tab reaches the picture before the hundred fields of the panel. */}
        <Build />
      </main>
      <Drop open={openFile} />
      {incoming.value && <TableDialog />}
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}

/** Above the timeline. */
function Strips() {
  return (
    <>
      {isLive.value && !ALONE.has(view.value) && <Following />}
      <RunStrip />
    </>
  );
}

/** The tab stop of the picture, or of its replacement. */
const PLACES = ['.picture .part', '.columns', 'main > section'].map((place) => `${place}[tabindex="0"]`);
const CONTROLS = 'main > section:not(.diagram) :is(button, input, select, a)';

/** Skips the header: the first tab stop of the page, visible only while it has the focus. */
function Skip() {
  const skip = () => {
    const found = [...PLACES, CONTROLS].flatMap((place) => [
      ...document.querySelectorAll<HTMLElement | SVGElement>(place),
    ]);
    // A hidden view still has tab stops.
    found.find((one) => one.getClientRects().length > 0)?.focus();
  };
  return (
    <button type="button" class="skip" onClick={skip}>
      {texts.header.skip}
    </button>
  );
}

/** The reason why a network could not be opened, shown until it is closed or something else is opened; or good news. */
function Notice() {
  const text = notice.value ?? news.value;
  const close = () => {
    notice.value = null;
    news.value = null;
    noticeWay.value = null;
    pending.value = null;
  };
  return (
    <div role="alert" class="page-notice">
      {text !== null && (
        <p class={notice.value === null ? 'news' : undefined}>
          <span>
            <LocalizedText text={text} />{' '}
            {noticeWay.value && (
              <LinkButton onClick={() => void noticeWay.value?.act()}>{noticeWay.value.title}</LinkButton>
            )}
          </span>
          <Close onClose={close} />
        </p>
      )}
    </div>
  );
}
