import type { NetworkDocument } from '../api/types';
import { type Settings, takesClasses } from '../model/layer-settings';
import { announcement, outputs, revise } from '../state/buildActions';
import { edit } from '../state/network';
import { catalog, network } from '../state/store';
import { texts } from '../texts';
import { PlainButton } from '../ui/buttons';
import { SelectRow } from '../ui/choices';
import { Messages, messages } from '../ui/Messages';
import { memo } from '../ui/memo';
import { NumberField } from '../ui/NumberField';
import { DrawQuestion, drawWeights } from './DrawQuestion';
import { Data } from './data/Data';
import { Layers } from './layers/Layers';
import { Outcome } from './Outcome';
import { Folded } from './SettingField';
import { Training } from './Training';
import './build.css';

const words = texts.build.start;

export function Build() {
  const document = network.value;
  return (
    <section class="build" aria-labelledby="build-title">
      <h2 id="build-title" class="visually-hidden">
        {texts.build.title}
      </h2>
      <Outcome />
      {document && (
        <>
          <Data
            x={document.x}
            y={document.y}
            data={document.data}
            outputs={outputs.value}
            classesAllowed={takesClasses(catalog.value, document.loss.type)}
          />
          <Layers document={document} />
          <Training loss={document.loss} optimizer={document.optimizer} penalty={document.penalty} />
          <Start seed={document.seed} mode={document.mode ?? 'train'} rule={ruleOf(document.layers)} />
        </>
      )}
      <p aria-live="polite" class="visually-hidden">
        {announcement.value}
      </p>
    </section>
  );
}

const { drawing } = texts.build;
const MODES = ['train', 'predict'] as const;

interface Props {
  seed: NetworkDocument['seed'];
  mode: (typeof MODES)[number];
  rule: string | undefined;
}

/** Where the weights come from, and whether the network trains or predicts. */
const Start = memo(({ seed, mode, rule }: Props) => {
  const rules = catalog.value?.initialisers ?? [];
  const limit = catalog.value?.limits.find(({ name }) => name === 'MAX_SEED')?.value ?? Number.MAX_SAFE_INTEGER;
  const options = rules.map(({ name }) => ({ value: name, title: words.rules[name] ?? texts.build.field(name) }));
  const wrong = messages.value.some(({ where }) => where === '/seed' || where === '/mode');
  return (
    // Folded by default: many users never need it. It opens when it contains an error.
    <Folded class="part settings starting" summary={<h3>{words.title}</h3>} wrong={wrong}>
      <div class="row" title={words.seedTitle}>
        <span>{words.seed}</span>
        <NumberField
          pointer="/seed"
          value={seed}
          label={words.seed}
          whole
          bounds={{ least: 0, most: limit }}
          set={(seed) => seed !== null && revise({ kind: 'seed', seed })}
        />
      </div>
      <Messages at={(where) => where === '/seed'} />
      {rule !== undefined && (
        <SelectRow
          label={words.rule}
          title={words.ruleTitle}
          value={rule}
          options={rule ? options : [{ value: '', title: words.various, disabled: true }, ...options]}
          onChoose={(one) => revise({ kind: 'rule', rule: one, types: drawingTypes() })}
        />
      )}
      <SelectRow
        label={words.mode}
        title={words.modeTitle}
        value={mode}
        options={MODES.map((mode) => ({ value: mode, title: words.modes[mode] }))}
        onChoose={(mode) => void edit('/mode', mode)}
      />
      <Messages at={(where) => where === '/mode'} />
      <PlainButton title={drawing.title} onClick={() => void drawWeights()}>
        {drawing.button}
      </PlainButton>
      <DrawQuestion />
    </Folded>
  );
});

/** The rule that draws all weights: '' where layers have different rules, undefined where no layer draws weights. */
function ruleOf(layers: NetworkDocument['layers']): string | undefined {
  const types = drawingTypes();
  const usual = catalog.value?.initialisers[0]?.name ?? '';
  const chosen = new Set(
    (layers as Settings[])
      .filter(({ type }) => types.includes(type))
      .map(({ initialiser }) => (initialiser as string | undefined) ?? usual),
  );
  const [rule] = chosen;
  return chosen.size > 1 ? '' : rule;
}

/** The kinds of layer whose weights a rule draws. */
function drawingTypes(): string[] {
  const kinds = catalog.value?.layers ?? [];
  return kinds
    .filter(({ parameters }) => parameters.some(({ name }) => name === 'initialiser'))
    .map(({ type }) => type);
}
