import type { NetworkDocument } from '../api/types';
import { spoken } from '../maths/symbol';
import { type Field, fieldOf, fieldsOf, fresh, type Kind } from '../model/layer-settings';
import { type Nested, wholeShape } from '../model/lookup';
import { edit } from '../state/network';
import { catalog } from '../state/store';
import { texts } from '../texts';
import { SelectRow } from '../ui/choices';
import { SymbolMath } from '../ui/MathML';
import { Messages, messageId, messages } from '../ui/Messages';
import { memo } from '../ui/memo';
import { NumberField } from '../ui/NumberField';
import { Numbers, widestOf } from './Numbers';
import { Folded, SettingField } from './SettingField';

const words = texts.build.training;

/** The loss, the optimizer, and the penalty. */
export const Training = memo(
  ({ loss, optimizer, penalty }: Pick<NetworkDocument, 'loss' | 'optimizer' | 'penalty'>) => {
    const losses = catalog.value?.losses ?? [];
    const optimizers = catalog.value?.optimizers ?? [];
    const more = fieldsOf(kindOf(optimizers, optimizer.type)).filter(({ name }) => name !== 'lr');
    // Settings with forms of their own come last, those of one number first.
    more.sort((one, other) => Number(one.kind === 'variants') - Number(other.kind === 'variants'));
    const wrong = messages.value.some(({ where }) => /^\/optimizer\/(?!lr$|type$)/.test(where));
    const formed = more.some(
      ({ kind, name }) => kind === 'variants' && Boolean((optimizer as Record<string, unknown>)[name]),
    );
    return (
      <section class="part settings training">
        <h3>{words.title}</h3>
        <Menu
          pointer="/loss/type"
          label={words.loss}
          title={words.lossTitle}
          value={loss.type}
          options={losses}
          onChoose={(kind) => void edit('/loss', fresh(kind))}
        />
        <Settings fields={fieldsOf(kindOf(losses, loss.type))} pointer="/loss" of={loss} />
        {Object.values(loss).some(isMatrix) && <LossNumbers loss={loss} />}
        <Menu
          pointer="/optimizer/type"
          label={words.optimizer}
          title={words.optimizerTitle}
          value={optimizer.type}
          options={optimizers}
          // Only the learning rate is kept: other settings and the state of one optimizer mean nothing to another.
          onChoose={({ type }) => void edit('/optimizer', { type, lr: optimizer.lr })}
        />
        <div class="row" title={words.rateTitle}>
          <span>
            {texts.build.fields.lr} <SymbolMath of="η" />
          </span>
          <NumberField
            pointer="/optimizer/lr"
            value={optimizer.lr}
            label={texts.build.fields.lr ?? ''}
            bounds={{ least: 0 }}
          />
        </div>
        <Messages at={(where) => where === '/optimizer/lr'} />
        {more.length > 0 && (
          <Folded summary={words.more} wrong={wrong} usual={formed}>
            <Settings fields={more} pointer="/optimizer" of={optimizer} />
          </Folded>
        )}
        <Penalty penalty={penalty ?? null} />
      </section>
    );
  },
);

function Penalty({ penalty }: { penalty: NonNullable<NetworkDocument['penalty']> | null }) {
  const fields = (catalog.value?.penalty ?? []).flatMap(fieldOf);
  const wrong = messages.value.some(({ where }) => where.startsWith('/penalty'));
  const has = (penalty ?? {}) as Record<string, unknown>;
  return (
    <Folded summary={words.penalty} title={words.penaltyTitle} wrong={wrong} usual={penalty !== null}>
      {fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          pointer="/penalty"
          value={has[field.name] ?? field.usual}
          set={(value) => void edit(`/penalty/${field.name}`, value)}
        />
      ))}
      <Messages at={(where) => where === '/penalty'} />
    </Folded>
  );
}

function kindOf(kinds: readonly Kind[], type: string): Kind | undefined {
  return kinds.find((kind) => kind.type === type);
}

function Settings({ fields, pointer, of }: { fields: readonly Field[]; pointer: string; of: object }) {
  return (
    <>
      {fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          pointer={pointer}
          value={(of as Record<string, unknown>)[field.name] ?? field.usual}
          set={(value) => void edit(`${pointer}/${field.name}`, value)}
        />
      ))}
    </>
  );
}

interface MenuProps {
  pointer: string;
  label: string;
  title: string;
  value: string;
  options: readonly Kind[];
  onChoose: (kind: Kind) => void;
}

function Menu({ pointer, label, title, value, options, onChoose }: MenuProps) {
  const wrong = messages.value.some(({ where }) => where === pointer);
  const chosen = kindOf(options, value);
  const choices = options.map((kind) => ({ value: kind.type, title: kind.title }));
  return (
    <>
      <SelectRow
        label={label}
        title={chosen ? chosen.description : title}
        value={value}
        options={choices.length ? choices : [{ value, title: value }]}
        onChoose={(type) => {
          const kind = kindOf(options, type);
          if (kind) onChoose(kind);
        }}
        aria-invalid={wrong}
        aria-describedby={wrong ? messageId(pointer) : undefined}
      />
      <Messages at={(where) => where === pointer || where === pointer.replace(/\/type$/, '')} />
    </>
  );
}

const isMatrix = (value: unknown) => Array.isArray(value) && Array.isArray(value[0]);

/** The gradient of the loss that the document gives: a row for each sample, a column for each output. */
const LossNumbers = memo(({ loss }: Pick<NetworkDocument, 'loss'>) => (
  <>
    {Object.entries(loss).map(([name, value]) => {
      if (!isMatrix(value)) return null;
      const label = texts.build.fields[name] ?? texts.build.field(name);
      const pointer = `/loss/${name}`;
      return (
        <div key={name} class="given-numbers">
          <p>{label}</p>
          <LossMatrix numbers={value as Nested[]} {...{ label, pointer }} />
          <Messages at={(where) => where === pointer} />
        </div>
      );
    })}
  </>
));

function LossMatrix({ numbers, label, pointer }: { numbers: Nested[]; label: string; pointer: string }) {
  const [first] = numbers;
  if (!Array.isArray(first) || Array.isArray(first[0])) return <p class="too-many">{wholeShape(numbers)}</p>;
  const rows = numbers as number[][];
  return (
    <Numbers
      pointer={pointer}
      label={label}
      rows={rows}
      name={(row, column) => spoken(rows.length > 1 ? `g_${column + 1}^[${row + 1}]` : `g_${column + 1}`)}
      heads={{ row: (row) => `${row + 1}`, column: (column) => `g_${column + 1}` }}
      widest={widestOf(rows)}
      // The field itself handles a pasted number.
      onPaste={() => false}
    />
  );
}
