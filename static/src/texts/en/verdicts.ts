/** The verdicts of the gradient check and their reasons; the inspector uses them, too. */

import type { Verdict } from '../../api/types';
import { type Part, type Sentence, say } from '../say';

export const verdicts = {
  names: { agrees: 'agrees', differs: 'differs', kink: 'kink', undecided: 'undecided' } satisfies Record<
    Verdict,
    string
  >,
  grounds: {
    complexStep: 'By the complex step',
    quotient: (epsilon: Part): Sentence => say`By the losses at a step of ${epsilon}`,
    /** How far the backward pass and an estimate may differ: the complex step has no truncation error. */
    agrees: (by: Sentence | string, exact: boolean, estimate: Part, bound: Part): Sentence =>
      exact
        ? say`${by} it is ${estimate}. The backward pass is no farther from that than rounding can explain, ${bound}.`
        : say`${by} it is ${estimate}. The backward pass is no farther from that than rounding and truncation can explain, ${bound}.`,
    differs: (by: Sentence | string, exact: boolean, estimate: Part, bound: Part): Sentence =>
      exact
        ? say`${by} it is ${estimate}. The backward pass is farther from that than rounding can explain, ${bound}.`
        : say`${by} it is ${estimate}. The backward pass is farther from that than rounding and truncation can explain, ${bound}.`,
    noNumber: (by: Sentence | string, estimate: Part): Sentence =>
      say`${by} it is ${estimate}. The backward pass gives no finite number.`,
    kink: (left: Part, right: Part, analytic: Part, bound: Part): Sentence =>
      say`The loss has a kink here: its slope is ${left} to the left and ${right} to the right. The backward pass takes ${analytic}, which is one of all between, to within ${bound}.`,
    branch: (left: Part, right: Part, epsilon: Part, estimate: Part, analytic: Part, bound: Part): Sentence =>
      say`The loss has a kink here: its slope is ${left} to the left and ${right} to the right. Several branches of a layer meet, as where numbers that it compares are equal, and the backward pass follows one of them. Along it the losses at a step of ${epsilon} give ${estimate}. The backward pass, ${analytic}, is no farther from that than rounding and truncation can explain, ${bound}.`,
    outside: (left: Part, right: Part, analytic: Part): Sentence =>
      say`The loss has a kink here: its slope is ${left} to the left and ${right} to the right. The backward pass takes ${analytic}, which is not between, nor the slope along a branch that it follows.`,
    undecided: (bound: Part): Sentence =>
      say`No step from 0.1 to 10⁻¹² can tell: up to ${bound} may be rounding and truncation, and the derivative is no larger than ten times that.`,
    nothing: (): Sentence => say`Here not all losses and derivatives are finite numbers, so that no step can tell.`,
  },
};
