import { Select } from '../../page/Select';
import { inPageWords } from '../../service-words';
import { texts } from '../../texts';
import type { Kind } from '../schema';

interface Props {
  label: string;
  /** What the menu shows while nothing is chosen. */
  title: string;
  kinds: readonly Kind[];
  value?: string;
  onChoose: (kind: Kind) => void;
}

/** A menu of all kinds of layer. */
export function LayerSelect({ label, title, kinds, value = '', onChoose }: Props) {
  const options = kinds.map(({ type, title: named }) => ({ value: type, title: inPageWords(named) }));
  return (
    <label class="layer-select">
      <span class="visually-hidden">{label}</span>
      <Select
        value={value}
        aria-label={label}
        options={value ? options : [{ value: '', title: title || texts.build.layers.choose }, ...options]}
        onChoose={(type) => {
          const kind = kinds.find((one) => one.type === type);
          if (kind) onChoose(kind);
        }}
      />
    </label>
  );
}
