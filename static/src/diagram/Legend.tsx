import { useRef } from 'preact/hooks';
import { EDGE_MODES, type EdgeMode, NODE_MODES, type NodeMode } from '../model/choices';
import { samplesIn } from '../model/given';
import { asTable, edgeMode, inBatch, nodeMode, trace } from '../state/store';
import { setFoot } from '../state/visibleGraph';
import { texts } from '../texts';
import { Select } from '../ui/choices';
import { LockKey } from '../ui/Lock';
import { NumberText } from '../ui/NumberText';
import { useRoom } from '../ui/useMeasured';
import { placed, quantity, scaleShown } from './view';

const words = texts.diagram.modes;

/**
 * What lines and nodes show, and the meaning of a line's colour, width and dashes, from the most negative to the most
 * positive.
 */
export function Legend() {
  const legend = useRef<HTMLDivElement>(null);
  useRoom(legend, setFoot);
  if (!trace.value) return null;
  const most = scaleShown.value;
  return (
    <div class="legend" ref={legend}>
      <label title={words.edgesTitle}>
        {words.edges}
        <Select
          value={edgeMode.value}
          options={EDGE_MODES.map((mode) => ({
            value: mode,
            title: mode === 'auto' ? words.auto(texts.diagram.legend[quantity.value]) : texts.diagram.legend[mode],
          }))}
          onChoose={(mode) => {
            edgeMode.value = mode as EdgeMode;
          }}
        />
      </label>
      <span class="legend-key">
        <span class="legend-scale">
          {most === null ? '−' : <NumberText value={-most} />}
          <svg viewBox="0 0 120 8" aria-hidden="true">
            {STEPS.map((strength, place) => (
              <path
                key={strength}
                class={strength < 0 ? 'ink negative' : 'ink'}
                style={{ '--strength': Math.abs(strength) }}
                d={`M${place * 17 + 1} 4h15`}
                stroke-width={1.25 + 3.75 * Math.abs(strength)}
              />
            ))}
          </svg>
          {most === null ? '+' : <NumberText value={most} />}
        </span>
        {quantity.value === 'gradient' && inBatch.value && (
          <span class="batch-note" title={texts.diagram.batchTitle}>
            <span class="mark">{texts.diagram.batchMark}</span>
            {texts.diagram.batch(samplesIn(trace.value))}
          </span>
        )}
        <LockKey />
      </span>
      <span class="spring" />
      <label title={words.nodesTitle}>
        {words.nodes}
        <Select
          value={nodeMode.value}
          options={NODE_MODES.map((mode) => ({ value: mode, title: words.node[mode] }))}
          onChoose={(mode) => {
            nodeMode.value = mode as NodeMode;
          }}
        />
      </label>
    </div>
  );
}

const STEPS = [-1, -0.66, -0.33, 0, 0.33, 0.66, 1];

/** The numbers of a unit, by their signs: z, the output, and the two gradients. */
export function Anatomy() {
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
