import type { CurvePoint } from '../api/check';
import { LossText } from '../numbers/LossText';
import { NumberText } from '../numbers/NumberText';
import { texts } from '../texts';
import { Epsilon } from './Epsilon';

const words = texts.check.curve.reading;

/** The numbers of one point, in a line that is there before anything is pointed at, so that nothing moves. */
export function Reading({ of: point }: { of: CurvePoint | null }) {
  return (
    <dl class="reading">
      {point && (
        <>
          <div>
            <dt>
              <Epsilon />
            </dt>
            <dd>
              <NumberText value={point.epsilon} />
            </dd>
          </div>
          <div>
            <dt>{words.left}</dt>
            <dd>
              <LossText loss={point.left} epsilon={point.epsilon} />
            </dd>
          </div>
          <div>
            <dt>{words.right}</dt>
            <dd>
              <LossText loss={point.right} epsilon={point.epsilon} />
            </dd>
          </div>
          <div>
            <dt>{words.numeric}</dt>
            <dd>
              <NumberText value={point.numeric} fixed />
            </dd>
          </div>
          <div>
            <dt>{words.error}</dt>
            <dd>
              <NumberText value={point.relative_error} />
            </dd>
          </div>
        </>
      )}
    </dl>
  );
}
