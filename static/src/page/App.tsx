import { useEffect, useState } from 'preact/hooks';
import { Build } from '../build/Build';
import { Diagram } from '../diagram/Diagram';
import { Inspector } from '../inspector/Inspector';
import { keepExplained } from '../state/explanations';
import { Timeline } from '../timeline/Timeline';
import { Header } from './Header';
import { Help } from './Help';
import { onPageKey } from './keys';

export function App() {
  const [help, setHelp] = useState(false);
  useEffect(keepExplained, []);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onPageKey(event, () => setHelp(true));
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <Header onHelp={() => setHelp(true)} />
      <main>
        <Build />
        <Diagram />
        <Inspector />
        <Timeline />
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
    </>
  );
}
