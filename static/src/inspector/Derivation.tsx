import type { Explanation } from '../api/types';
import { Formula } from './Formula';
import { MatrixView } from './MatrixView';
import { PathList } from './PathList';

/** Where a number comes from, in the notation that the service gave. */
export function Derivation({ of }: { of: Explanation }) {
  if (of.matrix) return <MatrixView of={of} form={of.matrix} />;
  if (of.paths) return <PathList of={of} form={of.paths} />;
  return <Formula of={of} />;
}
