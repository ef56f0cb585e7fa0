import type { NetworkDocument } from '../api/types';
import { SymbolMath } from '../maths/MathML';
import { Select } from '../page/Select';
import { edit } from '../state/network';
import { catalog } from '../state/store';
import { texts } from '../texts';
import { Messages } from './Messages';
import { NumberField } from './NumberField';
import { messageId, messages } from './trouble';

const words = texts.build;

/** How outputs are judged and weights are changed. */
export function Training({ document }: { document: NetworkDocument }) {
  const losses = catalog.value?.losses ?? [];
  const optimizers = catalog.value?.optimizers ?? [];
  return (
    <section class="part training">
      <h3>{words.training}</h3>
      <Menu
        pointer="/loss/type"
        label={words.loss}
        title={words.lossTitle}
        value={document.loss.type}
        options={losses}
        onChoose={(type) => void edit('/loss', { type })}
      />
      <Menu
        pointer="/optimizer/type"
        label={words.optimizer}
        title={words.optimizer}
        value={document.optimizer.type}
        options={optimizers}
        // Beside its rate, what one optimizer has is nothing to another, nor is what it remembers.
        onChoose={(type) => void edit('/optimizer', { type, lr: document.optimizer.lr })}
      />
      <div class="row" title={words.rateTitle}>
        <span>
          {words.rate} <SymbolMath of="η" />
        </span>
        <NumberField pointer="/optimizer/lr" value={document.optimizer.lr} label={words.rate} />
      </div>
      <Messages at={(where) => where === '/optimizer/lr' || where === '/optimizer'} />
    </section>
  );
}

interface MenuProps {
  pointer: string;
  label: string;
  title: string;
  value: string;
  options: readonly { type: string; title: string }[];
  onChoose: (type: string) => void;
}

function Menu({ pointer, label, title, value, options, onChoose }: MenuProps) {
  const wrong = messages.value.some(({ where }) => where === pointer);
  const known = options.some(({ type }) => type === value) ? options : [{ type: value, title: value }, ...options];
  return (
    <>
      <label class="row" title={title}>
        <span>{label}</span>
        <Select
          value={value}
          options={known.map((option) => ({ value: option.type, title: option.title }))}
          onChoose={onChoose}
          aria-invalid={wrong}
          aria-describedby={wrong ? messageId(pointer) : undefined}
        />
      </label>
      <Messages at={(where) => where === pointer || where === pointer.replace(/\/type$/, '')} />
    </>
  );
}
