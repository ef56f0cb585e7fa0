import { useEffect, useState } from 'preact/hooks';
import { Build } from '../build/Build';
import { Diagram } from '../diagram/Diagram';
import { Inspector } from '../inspector/Inspector';
import { keepExplained } from '../state/explanations';
import { keepView, view } from '../state/view';
import { Timeline } from '../timeline/Timeline';
import { Header } from './Header';
import { Help } from './Help';
import { onPageKey } from './keys';
import { later } from './Later';

const Check = later(() => import('../check/Check').then(({ Check }) => Check));
const Matrices = later(() => import('../matrices/Matrices').then(({ Matrices }) => Matrices));

export function App() {
  const [help, setHelp] = useState(false);
  useEffect(keepExplained, []);
  useEffect(keepView, []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onPageKey(event, () => setHelp(true));
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <Header onHelp={() => setHelp(true)} />
      {/* The diagram stays where it is, out of sight: it comes back as it was left. */}
      <main class={`view-${view.value}`}>
        <Build />
        <Diagram />
        <Inspector />
        <Timeline />
        {view.value === 'matrices' && <Matrices />}
        {view.value === 'check' && <Check />}
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}
