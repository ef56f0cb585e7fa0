import { useEffect, useState } from 'preact/hooks';
import { Build } from '../build/Build';
import { Diagram } from '../diagram/Diagram';
import { Inspector } from '../inspector/Inspector';
import { keepPrinting } from '../print/printing';
import { Drop } from '../share/Drop';
import { keepAddress } from '../state/address';
import { comparing } from '../state/compare';
import { keepExplained } from '../state/explanations';
import { keepTrying } from '../state/retrying';
import { keepTold } from '../state/telling';
import { keepGesturesApart } from '../state/undo';
import { keepView, view } from '../state/view';
import { Timeline } from '../timeline/Timeline';
import { Header } from './Header';
import { Help } from './Help';
import { onPageKey } from './keys';
import { later } from './Later';
import { Notice } from './Notice';

const Compare = later(() => import('../history/Compare').then(({ Compare }) => Compare));
const Check = later(() => import('../check/Check').then(({ Check }) => Check));
const Matrices = later(() => import('../matrices/Matrices').then(({ Matrices }) => Matrices));

export function App() {
  const [help, setHelp] = useState(false);
  useEffect(keepExplained, []);
  useEffect(keepTold, []);
  useEffect(keepView, []);
  useEffect(keepAddress, []);
  useEffect(keepGesturesApart, []);
  useEffect(keepTrying, []);
  useEffect(keepPrinting, []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onPageKey(event, () => setHelp(true));
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  // Beside the picture only: the other views have no room for it.
  const besides = comparing.value && view.value === 'diagram';
  return (
    <>
      <div>
        <Header onHelp={() => setHelp(true)} />
        <Notice />
      </div>
      {/* The diagram stays where it is, out of sight: it comes back as it was left. */}
      <main class={`view-${view.value}${besides ? ' comparing' : ''}`}>
        <Build />
        <Diagram />
        <Inspector />
        {besides && <Compare />}
        <Timeline />
        {view.value === 'matrices' && <Matrices />}
        {view.value === 'check' && <Check />}
      </main>
      <Drop />
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}
