import type { LayerTrace } from '../api/types';
import { hasParameter } from '../lookup';
import { inPageWords } from '../service-words';
import { catalog, trace } from '../state/store';
import { texts } from '../texts';
import type { Equation } from './equations';

const words = texts.matrices;

/** What an equation is, in words, and which law of the chapter. */
export function EquationTitle({ id, equation }: { id: string; equation: Equation }) {
  const law = equation.kind === 'weights' || equation.kind === 'inputs' ? words.laws[equation.kind] : null;
  return (
    <h4 id={id}>
      {law && <strong>{law}</strong>} {titleOf(equation)}
    </h4>
  );
}

function titleOf({ kind, layer, parameter = '', parts }: Equation): string {
  const named = layer ? `${texts.layerTitle(layer.type)} ${layer.name}` : '';
  const reshapes = parts.some((part) => part.kind === 'matrix' && part.meets === 'order');
  switch (kind) {
    case 'activation': {
      if (layer?.unrolled) return words.titles.pooled[kindOfPool(layer)](named);
      if (reshapes) return words.titles.reshaped(named);
      const whole = parts.some((part) => part.kind === 'matrix' && part.meets === 'row');
      return whole ? words.titles.through(named) : words.titles.activation(named);
    }
    case 'probabilities':
      return words.titles.probabilities;
    case 'loss':
      return words.titles.loss(lossTitle());
    case 'lossGradient':
      return words.titles.lossGradient;
    case 'forward':
      if (layer?.unrolled) return words.titles.convolution(named);
      return layer && hasParameter(layer, 'b') ? words.titles.forward(named) : words.titles.unbiased(named);
    case 'images':
      return words.images(named);
    case 'back':
      if (layer?.unrolled) return words.titles.pooledBack[kindOfPool(layer)](named);
      return reshapes ? words.titles.reshapedBack(named) : words.titles.back(named);
    case 'mean':
    case 'variance':
      return words.titles[kind][layer?.connects === 'channel' ? 'batch' : 'sample'](named);
    case 'normalized':
    case 'output':
      return words.titles[kind](named);
    case 'update':
      return words.titles.update(parameter, layer?.name ?? '', optimizerTitle());
    case 'biases':
      return words.titles[layer?.unrolled ? 'everyPlace' : 'biases'](layer?.name ?? '');
    default:
      return words.titles[kind](layer?.name ?? '');
  }
}

const kindOfPool = ({ unrolled }: LayerTrace) => (unrolled?.share === null ? 'max' : 'average');

/** As in the menu of losses, … */
const lossTitle = (): string => titled(catalog.value?.losses, trace.value?.loss.type);
/** … and in that of optimizers. */
const optimizerTitle = (): string => titled(catalog.value?.optimizers, trace.value?.document.optimizer.type);

function titled(kinds: readonly { type: string; title: string }[] = [], type = ''): string {
  return inPageWords(kinds.find((one) => one.type === type)?.title ?? type);
}
