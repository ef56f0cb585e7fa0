import type { Explanation, MatrixForm, PathsForm } from '../api/types';
import { later } from '../page/Later';
import { Formula } from './Formula';

const MatrixView = later<{ of: Explanation; form: MatrixForm }>(() =>
  import('./MatrixView').then(({ MatrixView }) => MatrixView),
);
const PathList = later<{ of: Explanation; form: PathsForm }>(() =>
  import('./PathList').then(({ PathList }) => PathList),
);

/** Where a number comes from, in the notation that the service gave. */
export function Derivation({ of }: { of: Explanation }) {
  if (of.matrix) return <MatrixView of={of} form={of.matrix} />;
  if (of.paths) return <PathList of={of} form={of.paths} />;
  return <Formula of={of} />;
}
