import { texts } from '../texts';

const words = texts.matrices;

/** Which sample a row, or a transposed column, is of. */
export function SampleHead({ number, shown, scope }: { number: number; shown: boolean; scope: 'row' | 'col' }) {
  return (
    <th scope={scope} class={shown ? 'matrix-sample shown' : 'matrix-sample'} title={words.sample(number)}>
      <span class="visually-hidden">{shown ? words.shownSample(number) : words.sample(number)}</span>
      <span aria-hidden="true">{number}</span>
    </th>
  );
}
