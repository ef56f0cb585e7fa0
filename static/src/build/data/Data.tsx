import type { NetworkDocument } from '../../api/types';
import { SymbolMath } from '../../maths/MathML';
import { memo } from '../../memo';
import { SamplePick } from '../../page/SamplePick';
import { wholeShape } from '../../shape';
import { texts } from '../../texts';
import { Warnings } from '../../warnings/Warnings';
import { Messages } from '../Messages';
import { SheetPart } from './SheetPart';
import { TableButton } from './SheetTools';
import { sheetOf } from './sheet';
import { namesOf, TablePart } from './TablePart';
import './data.css';
import { type Rows, rowsOf } from '../../rows';

const words = texts.build.data;

type Props = Pick<NetworkDocument, 'x' | 'y' | 'data'> & {
  /** How many outputs the network has, as far as the page knows. */
  outputs: number | undefined;
  /** Whether the targets may be classes. */
  classesAllowed: boolean;
};

/** The batch: inputs, targets, and which sample is drawn. */
export const Data = memo(({ outputs, classesAllowed, ...batch }: Props) => {
  const sheet = sheetOf(batch);
  return (
    <section class="part data">
      <h3>
        {words.title} <SymbolMath of="x" /> <SymbolMath of="y" />
      </h3>
      {sheet ? (
        <>
          <SheetPart
            sheet={sheet}
            outputs={outputs ?? sheet.targets}
            classesAllowed={classesAllowed}
            names={namesOf(batch.data)}
          />
          {batch.data && <TablePart data={batch.data} />}
        </>
      ) : (
        <Images x={rowsOf(batch).x} />
      )}
      <Warnings at={({ layer }) => layer === null} />
      <Messages at={(where) => /^\/(?:[xy]|data)(\/|$)/.test(where)} />
    </section>
  );
});

function Images({ x }: Pick<Rows, 'x'>) {
  return (
    <>
      <p class="too-many">{words.images(wholeShape(x[0] as number[]))}</p>
      <label class="row">
        <span>{words.sampleChoice}</span>
        <SamplePick rows={x.length} />
      </label>
      <div class="sheet-tools">
        <TableButton />
      </div>
    </>
  );
}
