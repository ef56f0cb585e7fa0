import { useState } from 'preact/hooks';
import type { LayerFlow } from '../api/questions';
import { plain, trueMinus } from '../numbers/format';
import type { FlowAnswer } from '../state/flow';
import { select } from '../state/moves';
import { sample } from '../state/store';
import { texts } from '../texts';
import { goAlong } from '../ui/roving';
import { gradientRef, Sign } from '../ui/stuck';

const words = texts.flow;
/** With more layers there is no room for their names; pointing at a bar shows its name. */
const NAMED = 10;

interface Props {
  of: FlowAnswer;
  onPoint: (layer: string | null) => void;
  onFocus: (layer: string | null) => void;
}

/** A bar for each layer, in the network's order from left to right, on a logarithmic scale. */
export function Bars({ of: { of, flow }, onPoint, onFocus }: Props) {
  const { rows } = flow;
  const [place, setPlace] = useState(0);
  const here = Math.min(place, rows.length - 1);
  const axis = axisOf(rows.flatMap(({ gradient, parameters }) => [gradient, parameters ?? 0]));

  return (
    <div class={rows.length > NAMED ? 'flow-bars flow-dense' : 'flow-bars'}>
      <Scale axis={axis} />
      {/* biome-ignore lint/a11y/useSemanticElements: bars are not form fields. */}
      <div
        class="flow-columns"
        role="group"
        aria-label={words.bars}
        aria-description={words.hint}
        // Within the strip the arrow keys move from bar to bar, not from step to step.
        onKeyDown={(event) => goAlong(event, [...event.currentTarget.querySelectorAll('button')])}
        onPointerLeave={() => onPoint(null)}
      >
        {rows.map((row, at) => (
          <button
            key={row.layer}
            type="button"
            class="flow-bar"
            tabIndex={at === here ? 0 : -1}
            aria-label={spokenBar(row)}
            title={words.barTitle(row.layer)}
            onClick={() => select(gradientRef(of, row.layer, sample.value))}
            onPointerEnter={() => onPoint(row.layer)}
            onFocus={() => {
              setPlace(at);
              onFocus(row.layer);
            }}
            onBlur={() => onFocus(null)}
          >
            <Track row={row} axis={axis} />
            <span class="flow-name">{row.layer}</span>
            <Badges row={row} />
          </button>
        ))}
      </div>
    </div>
  );
}

function Track({ row: { gradient, parameters }, axis }: { row: LayerFlow; axis: Axis }) {
  const height = placeOf(axis, gradient);
  const own = parameters === null || parameters === 0 ? null : placeOf(axis, parameters);
  return (
    <span class="flow-track" data-value={gradient}>
      {height !== null && height > 0 && <span class="flow-fill" style={{ height: percent(height) }} />}
      {(height === null || height === 0 || gradient === Number.POSITIVE_INFINITY) && (
        <span class="flow-said">{height === null ? words.nan : height === 0 ? '0' : '∞'}</span>
      )}
      {own !== null && <span class="flow-own" style={{ bottom: percent(own) }} />}
    </span>
  );
}

function Badges({ row: { dead, saturated, units } }: { row: LayerFlow }) {
  return (
    <span class="flow-badges">
      {dead.length > 0 && (
        <span class="flow-badge" title={words.deadTitle(dead.length, units)}>
          <Sign kind="dead" />
          <span class="flow-count">{dead.length}</span>
        </span>
      )}
      {saturated.length > 0 && (
        <span class="flow-badge" title={words.saturatedTitle(saturated.length, units)}>
          <Sign kind="saturated" />
          <span class="flow-count">{saturated.length}</span>
        </span>
      )}
    </span>
  );
}

function Scale({ axis }: { axis: Axis }) {
  return (
    <div class="flow-scale" aria-hidden="true">
      {axis.ticks.map((power) => (
        <span key={power} class="flow-tick" style={{ bottom: percent((power - axis.from) / (axis.to - axis.from)) }}>
          <span>
            {power === 0 ? '1' : '10'}
            {power !== 0 && <sup>{trueMinus(String(power))}</sup>}
          </span>
        </span>
      ))}
    </div>
  );
}

const percent = (share: number): string => `${100 * share}%`;

/** The content of a bar as text: its name, its numbers, and how many of its units are stuck. */
function spokenBar({ layer, type, gradient, parameters, units, dead, saturated }: LayerFlow): string {
  const [title, size] = [texts.layerTitle(type), plain(gradient)];
  return [
    parameters === null ? words.bar(layer, title, size) : words.barOwn(layer, title, size, plain(parameters)),
    ...(dead.length > 0 ? [words.deadTitle(dead.length, units)] : []),
    ...(saturated.length > 0 ? [words.saturatedTitle(saturated.length, units)] : []),
  ].join(', ');
}

/** The strip's logarithmic axis: the position of a size, from 0 at the bottom to 1 at the top. */

interface Axis {
  /** The exponents at both ends. */
  from: number;
  to: number;
  /** The labelled exponents. */
  ticks: number[];
}

/** The minimum number of powers of ten on an axis, so that similar sizes look similar. */
const LEAST = 3;
const MOST_TICKS = 4;
/** The smallest size still has a visible bar. */
const FOOT = 0.35;

export function axisOf(sizes: readonly number[]): Axis {
  const powers = sizes.filter((size) => size > 0 && Number.isFinite(size)).map(Math.log10);
  const to = powers.length > 0 ? Math.ceil(Math.max(...powers)) : 0;
  const from = Math.min(powers.length > 0 ? Math.floor(Math.min(...powers) - FOOT) : 0, to - LEAST);
  const every = Math.ceil((to - from) / MOST_TICKS);
  const ticks = Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, place) => to - place * every);
  return { from, to, ticks: ticks.reverse() };
}

/** 0 for a size of 0, 1 for an infinite one, and null for NaN. */
export function placeOf({ from, to }: Axis, size: number): number | null {
  if (Number.isNaN(size)) return null;
  if (size === 0) return 0;
  return Math.min(1, (Math.log10(size) - from) / (to - from));
}
