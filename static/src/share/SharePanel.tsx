import { texts } from '../texts';
import { Sign } from '../ui/buttons';
import { later } from '../ui/Later';
import { isNarrow, Panel } from '../ui/Panel';

const words = texts.share;
const ShareMenu = later(() => import('./ShareMenu').then(({ ShareMenu }) => ShareMenu));

/** An arrow that leaves: on a phone the word has no room. */
const ARROW = <Sign d="M8 10V2.5M5 5l3-2.5L11 5M5 7.5H3.5v6h9v-6H11" />;

/** The ways that a network leaves the page and comes back; their code is loaded when they are looked at. */
export function SharePanel({ print }: { print: () => void }) {
  return (
    <Panel id="share" label={words.open} title={words.openTitle} button={isNarrow.value ? ARROW : words.open}>
      {() => <ShareMenu print={print} />}
    </Panel>
  );
}
