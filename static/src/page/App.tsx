import { useEffect, useState } from 'preact/hooks';
import { Build } from '../build/Build';
import { OutcomeHere } from '../build/Outcome';
import { Diagram } from '../diagram/Diagram';
import { Inspector } from '../inspector/Inspector';
import { keepPrinting } from '../print/printing';
import { Drop } from '../share/Drop';
import { keepAddress } from '../state/address';
import { comparing } from '../state/compare';
import { keepWhereOneEdits } from '../state/edits';
import { keepExplained } from '../state/explanations';
import { incoming } from '../state/incoming';
import { folded, keepLecture } from '../state/panels';
import { keepTrying } from '../state/retrying';
import { keepTold } from '../state/telling';
import { keepGesturesApart } from '../state/undo';
import { keepView, lecture, view } from '../state/view';
import { Timeline } from '../timeline/Timeline';
import { Header } from './Header';
import { Help } from './Help';
import { onPageKey } from './keys';
import { later } from './Later';
import { Notice } from './Notice';
import { Skip } from './Skip';

const Compare = later(() => import('../history/Compare').then(({ Compare }) => Compare));
const Check = later(() => import('../check/Check').then(({ Check }) => Check));
const TableDialog = later(() => import('../build/table/TableDialog').then(({ TableDialog }) => TableDialog));
const Matrices = later(() => import('../matrices/Matrices').then(({ Matrices }) => Matrices));

export function App() {
  const [help, setHelp] = useState(false);
  useEffect(keepExplained, []);
  useEffect(keepTold, []);
  useEffect(keepView, []);
  useEffect(keepAddress, []);
  useEffect(keepLecture, []);
  useEffect(keepGesturesApart, []);
  useEffect(keepWhereOneEdits, []);
  useEffect(keepTrying, []);
  useEffect(keepPrinting, []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onPageKey(event, () => setHelp(true));
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  // Beside the picture only: the other views have no room for it.
  const besides = comparing.value && view.value === 'diagram';
  const { build, inspector } = folded.value;
  const classes = [
    `view-${view.value}`,
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
      {/* The diagram stays where it is, out of sight: it comes back as it was left. */}
      <main class={classes.join(' ')}>
        <Diagram />
        <OutcomeHere />
        <Inspector />
        {besides && <Compare />}
        <Timeline />
        {view.value === 'matrices' && <Matrices />}
        {view.value === 'check' && <Check />}
        {/* Last, as on a phone: by keyboard one comes to the picture first and not after its hundred fields. */}
        <Build />
      </main>
      <Drop />
      {incoming.value && <TableDialog />}
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}
