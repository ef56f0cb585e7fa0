import { useRef } from 'preact/hooks';
import type { NetworkDocument } from '../api/types';
import { Select } from '../page/Select';
import { edit } from '../state/network';
import { catalog, network } from '../state/store';
import { texts } from '../texts';
import { revise } from './act';
import type { Settings } from './layers/shapes';
import { Messages } from './Messages';
import { NumberField } from './NumberField';

const words = texts.build.start;
const MODES = ['train', 'predict'] as const;

/** Where the weights come from, and whether the network trains or predicts. */
export function Start({ document }: { document: NetworkDocument }) {
  const before = useRef<NetworkDocument | null>(null);
  const rules = catalog.value?.initialisers ?? [];
  const limit = catalog.value?.limits.find(({ name }) => name === 'MAX_SEED')?.value ?? Number.MAX_SAFE_INTEGER;
  const types = drawingTypes();
  const chosen = new Set(
    (document.layers as Settings[])
      .filter(({ type }) => types.includes(type))
      .map(({ initialiser }) => (initialiser as string | undefined) ?? rules[0]?.name ?? ''),
  );
  const rule = chosen.size === 1 ? [...chosen][0] : '';
  const options = rules.map(({ name }) => ({ value: name, title: words.rules[name] ?? texts.build.field(name) }));
  return (
    <section class="part settings starting">
      <h3>{words.title}</h3>
      <div class="row" title={words.seedTitle}>
        <span>{words.seed}</span>
        <NumberField
          pointer="/seed"
          value={document.seed}
          label={words.seed}
          whole
          bounds={{ least: 0, most: limit }}
          onStart={() => {
            before.current = network.peek();
          }}
          set={(seed) => seed !== null && revise({ kind: 'seed', seed }, before.current ?? undefined)}
        />
      </div>
      <Messages at={(where) => where === '/seed'} />
      {chosen.size > 0 && (
        <label class="row" title={words.ruleTitle}>
          <span>{words.rule}</span>
          <Select
            value={rule ?? ''}
            options={rule ? options : [{ value: '', title: words.various, disabled: true }, ...options]}
            onChoose={(one) => revise({ kind: 'rule', rule: one, types })}
          />
        </label>
      )}
      <label class="row" title={words.modeTitle}>
        <span>{words.mode}</span>
        <Select
          value={document.mode ?? 'train'}
          options={MODES.map((mode) => ({ value: mode, title: words.modes[mode] }))}
          onChoose={(mode) => void edit('/mode', mode)}
        />
      </label>
      <Messages at={(where) => where === '/mode'} />
      <button type="button" class="plain" title={words.againTitle} onClick={() => revise({ kind: 'draw' })}>
        {words.again}
      </button>
    </section>
  );
}

/** The kinds of layer whose weights a rule draws. */
function drawingTypes(): string[] {
  const kinds = catalog.value?.layers ?? [];
  return kinds
    .filter(({ parameters }) => parameters.some(({ name }) => name === 'initialiser'))
    .map(({ type }) => type);
}
