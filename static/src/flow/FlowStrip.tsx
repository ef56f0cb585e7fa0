import type { FunctionComponent } from 'preact';
import { open, toggle } from '../state/flow';
import { texts } from '../texts';
import { Sign } from '../ui/buttons';
import { later } from '../ui/Later';
import './strip.css';

const words = texts.flow;
const Flow = later(() => import('./Flow').then(({ Flow }) => Flow));

/**
 * A button at the foot of the diagram; it opens a strip above it, of fixed height, that shows how the gradient flows.
 * The button stays in place: on a phone, where the page scrolls, the strip is beneath it.
 */
export function FlowStrip({ Beside }: { Beside: FunctionComponent }) {
  return (
    <div class={open.value ? 'flow-strip flow-open' : 'flow-strip'}>
      <div class="flow-foot">
        <button
          type="button"
          class="flow-toggle"
          title={words.toggleTitle}
          aria-expanded={open.value}
          aria-controls={open.value ? 'flow-body' : undefined}
          onClick={toggle}
        >
          <Sign d="M3 13V9.5M8 13V6.5M13 13V3" />
          {words.toggle}
          <svg class="flow-chevron" viewBox="0 0 10 10" aria-hidden="true">
            <path d={open.value ? 'M1.5 3.5L5 7l3.5-3.5' : 'M1.5 6.5L5 3l3.5 3.5'} />
          </svg>
        </button>
        <Beside />
      </div>
      {open.value && (
        <section id="flow-body" class="flow-body" aria-label={words.label}>
          <Flow />
        </section>
      )}
    </div>
  );
}
