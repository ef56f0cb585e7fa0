import { later } from '../page/Later';
import { Panel } from '../page/Panel';
import { texts } from '../texts';

const words = texts.share;
const Ways = later(() => import('./Ways').then(({ Ways }) => Ways));

/** The ways that a network leaves the page and comes back; their code is loaded when they are looked at. */
export function SharePanel() {
  return (
    <Panel id="share" label={words.open} title={words.openTitle} button={words.open}>
      {() => <Ways />}
    </Panel>
  );
}
