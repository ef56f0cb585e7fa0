/** The words of the Check view, which are loaded with it. */

import type { Decided } from '../../api/types';
import type { Filter } from '../../model/choices';
import { type Part, type Sentence, say } from '../say';

const counted = (count: number): string => count.toLocaleString('en');

export const check = {
  title: 'Gradient check',
  working: 'Computing …',
  agree: (count: number, sampled: boolean, decided: Decided, deviation: Part | null, zeros: number): Sentence => {
    const { complex_step: complex, this_epsilon: here, other_epsilon: elsewhere } = decided;
    const all = count === 1 ? 'The one derivative' : `All ${count} derivatives`;
    const agree = `${all}${sampled ? ' of the sample' : ''} ${count === 1 ? 'agrees' : 'agree'} with`;
    const witnesses = [
      { of: complex, name: 'the complex step' },
      { of: here, name: 'the quotient of the losses at this step' },
      { of: elsewhere, name: 'that at another step' },
    ].filter(({ of }) => of > 0);
    const [only] = witnesses;
    const evidence =
      witnesses.length === 1 && only
        ? only.of === elsewhere
          ? 'the quotient of the losses at another step'
          : only.name
        : `the numerical derivative (${witnesses.map(({ of, name }) => `${counted(of)} with ${name}`).join(', ')})`;
    if (deviation === null)
      return say`${agree} ${evidence}; ${count === 1 ? 'it is' : 'all are'} 0 to within rounding.`;
    return zeros > 0
      ? say`${agree} ${evidence}; apart from ${counted(zeros)} that ${zeros === 1 ? 'is' : 'are'} 0 to within rounding, the largest relative deviation is ${deviation}.`
      : say`${agree} ${evidence}; the largest relative deviation is ${deviation}.`;
  },
  /** About the quotients at the chosen step, whether or not a verdict is based on them. */
  quotients: (restOnThem: boolean, error: Part, at: Part): Sentence =>
    restOnThem
      ? say`The quotients at this step have relative errors of up to ${error}, at ${at}.`
      : say`The quotients at this step, which no verdict uses, have relative errors of up to ${error}, at ${at}.`,
  noQuotient: (at: Part): Sentence => say`At this step the quotient of the losses is not a finite number for ${at}.`,
  verdictsOf: (
    differs: number,
    kink: number,
    undecided: number,
    agrees: number,
    count: number,
    sampled: boolean,
    at: Part,
  ): Sentence => {
    const all = `${count} ${sampled ? 'sampled ' : ''}derivatives`;
    const others = [
      differs > 0 && agrees > 0 && `${agrees} ${agrees === 1 ? 'agrees' : 'agree'}`,
      kink > 0 && `${kink} ${kink === 1 ? 'is' : 'are'} at a kink of the loss`,
      undecided > 0 && `${undecided} ${undecided === 1 ? 'is' : 'are'} undecided`,
    ].filter(Boolean);
    const rest = others.length > 0 ? `; ${others.join(', ')}` : '';
    return differs > 0
      ? say`${String(differs)} of ${all} ${differs === 1 ? 'differs' : 'differ'} from the numerical derivative${rest}. Look first at ${at}.`
      : say`None of ${all} differs: ${String(agrees)} ${agrees === 1 ? 'agrees' : 'agree'}${rest}.`;
  },
  none: 'This network has no number that can be changed.',

  share: {
    label: 'Sample that is checked',
    drawn: (count: number, total: number, of: string | null, seed: number) =>
      `${counted(count)} of ${counted(total)} numbers${of === null ? '' : ` of ${of}`} checked, drawn by seed ${seed}.`,
    whole: (total: number, of: string | null) =>
      total === 1 ? `The one number of ${of} is checked.` : `All ${counted(total)} numbers of ${of} are checked.`,
    another: 'Another sample',
    anotherTitle: 'Check other numbers, which the next seed draws',
  },

  epsilon: {
    before: 'Step',
    label: 'Step epsilon',
    title: 'How far each number is changed in each direction',
    presets: 'Usual steps',
    usual: 'usual',
    usualTitle: 'For most derivatives truncation and rounding are both small at this step',
    chapter: 'the chapter’s',
    chapterTitle: 'The step that the chapter’s own table was made with',
    wrong: {
      number: (text: string) =>
        text.trim() === '' ? 'Please give a number.' : `“${text}” is not a number. Write it like 0.01, 1e-5 or 10^-5.`,
      positive: () => 'The step must be greater than 0.',
      small: () => 'The step must be at least 1e-12: below that, rounding exceeds the difference of the losses.',
      large: () => 'The step must be at most 1: a larger step says nothing about the slope here.',
    },
    keeping: (value: Part): Sentence => say`The table still shows the results for ${value}.`,
  },
  keeping: 'The table still shows the last valid results.',

  columns: {
    ref: 'Derivative',
    analytic: 'Analytic',
    left: 'Left loss',
    right: 'Right loss',
    numeric: 'Numeric',
    complex_step: 'Complex step',
    relative_error: 'Relative error',
    verdict: 'Verdict',
  },
  columnTitles: {
    ref: 'Sort as in the network',
    analytic: 'By the backward pass. Sort by it',
    left: 'The loss with the number one step smaller. Sort by it',
    right: 'The loss with the number one step larger. Sort by it',
    numeric: 'Right loss minus left loss, divided by twice the step. Sort by it',
    complex_step: 'The derivative by an imaginary step, for which no losses are subtracted. Sort by it',
    relative_error: 'The difference of analytic and numeric at this step, relative to the larger. Sort by it',
    verdict: 'Sort by verdict',
  },
  table: 'Analytic and numerical derivatives',
  tableHint: 'Up and down arrow keys go from row to row, Enter selects.',
  show: 'Show',
  filters: {
    all: (count: number) => `all ${count}`,
    worst: (count: number) => `${count} largest errors`,
    differs: (count: number) => `differ (${count})`,
    kink: (count: number) => `kinks (${count})`,
    undecided: (count: number) => `undecided (${count})`,
  } satisfies Record<Filter, (count: number) => string>,
  layer: 'of',
  layerTitle: 'Only the derivatives of one layer, or of the inputs',
  allLayers: 'all layers',
  inputs: 'the inputs x',
  subjects: {
    legend: 'Derivatives of',
    names: { loss: 'the loss', objective: 'the objective' },
    titles: {
      loss: 'The gradients of the backward pass, without the penalty',
      objective: 'The gradients that the update uses: of the loss with the penalty. Every loss here has it then',
    },
  },
  empty: {
    all: 'There is nothing to check.',
    worst: 'There is nothing to check.',
    differs: 'None differs.',
    kink: 'None is at a kink.',
    undecided: 'None is undecided.',
  },
  rowTitle: 'Show how its error depends on the step',

  map: {
    title: 'Relative deviation from the deciding estimate',
    label: (drawn: number, failed: number) =>
      `The network with ${drawn} lines, shaded by the relative deviation of the backward pass from the deciding estimate; ${failed === 0 ? 'none differs' : `${failed} ${failed === 1 ? 'differs' : 'differ'}`}. The table has the numbers.`,
    failed: 'differs',
    open: 'kink or undecided',
    tooLarge: 'This network has too many connections to draw each as a line. The table has what was checked.',
  },

  curve: {
    title: (at: Part): Sentence => say`How the error of ${at} depends on the step`,
    worst: ' (look at this one first)',
    formula: 'Its formula',
    formulaTitle: 'Show this number in the diagram, with the formula that gives it',
    label: 'Relative error against the step epsilon, both on logarithmic axes',
    hint: 'Left and right arrow keys go from point to point, Enter checks everything with that step.',
    x: 'step',
    y: 'relative error',
    beside: 'The numbers of the point and the losses behind them',
    truncation: 'truncation',
    rounding: 'rounding',
    point: (epsilon: string, error: string) => `step ${epsilon}: relative error ${error}. Check everything with it`,
    reading: { left: 'left', right: 'right', numeric: 'numeric', error: 'error' },
    noTruncation:
      'No truncation error: as a function of this number the loss is a parabola, for which the quotient is exact.',
    theLoss: (loss: string) => `the loss (${loss})`,
    thePenalty: 'the penalty with |w|',
    noWitness: (who: string): Sentence =>
      say`There is no third estimate here: the complex step needs complex numbers, and ${who} is defined for real numbers only.`,
    witness: (value: Part, error: Part): Sentence =>
      say`A third estimate, the complex step, subtracts no losses: ${value}; the relative deviation of the backward pass from it is ${error}.`,
    witnessExact: (value: Part): Sentence =>
      say`A third estimate, the complex step, subtracts no losses: ${value}, equal to the backward pass in every digit.`,
    witnessNone: (): Sentence => say`The complex step gives no finite number here.`,
  },
};
