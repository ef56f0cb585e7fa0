import { placed } from '../diagram/view';
import { later } from '../page/Later';
import { open, toggle } from '../state/flow';
import { asTable } from '../state/store';
import { texts } from '../texts';
import { Sign } from '../ui/buttons';
import './strip.css';

const words = texts.flow;
const Flow = later(() => import('./Flow').then(({ Flow }) => Flow));

/**
 * A button at the foot of the diagram; pressed, there is room above it for how the gradient flows, always the same. It
 * stays where it is: on a phone, where one scrolls, the room is beneath it.
 */
export function FlowStrip() {
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
        <Anatomy />
      </div>
      {open.value && (
        <section id="flow-body" class="flow-body" aria-label={words.label}>
          <Flow />
        </section>
      )}
    </div>
  );
}

/** What stands at a unit, in its own signs: z, what it becomes, and the two gradients. */
function Anatomy() {
  const { nodes, activated } = placed.value;
  if (nodes.length === 0 || asTable.value) return null;
  return (
    <span class="anatomy" title={texts.diagram.anatomyTitle}>
      {activated ? (
        <>
          <i>𝑧 → ℎ</i>
          <i>∇ = ∂ℓ/∂𝑧</i>
          <i>∂ℓ = ∂ℓ/∂ℎ</i>
        </>
      ) : (
        <span>
          <i>∂ℓ</i> {texts.diagram.anatomyPlain}
        </span>
      )}
    </span>
  );
}
