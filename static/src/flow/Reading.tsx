import type { LayerFlow } from '../api/flow';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';

const words = texts.flow;

/** The numbers of the layer that is pointed at; otherwise, what the marks mean. */
export function Reading({ of }: { of: LayerFlow | null }) {
  if (of) {
    const { layer, type, gradient, parameters } = of;
    const [title, value] = [texts.layerTitle(type), { value: gradient, ref: null }];
    const own = parameters === null ? null : { value: parameters, ref: null };
    return (
      <span>
        <SentenceText of={own ? words.readingOwn(layer, title, value, own) : words.reading(layer, title, value)} />
      </span>
    );
  }
  return (
    <span title={words.key.title}>
      <span class="flow-key flow-key-bar" /> {words.key.gradient} <span class="flow-key flow-key-own" />{' '}
      {words.key.parameters}
    </span>
  );
}
