import { useState } from 'preact/hooks';
import type { NetworkDocument } from '../../api/types';
import { type Rows, rowsOf } from '../../model/given';
import { sampleShape, wholeShape } from '../../model/lookup';
import { sheetOf } from '../../model/sheet';
import { put } from '../../state/buildActions';
import { catalog, network, trace } from '../../state/store';
import { texts } from '../../texts';
import { SelectRow } from '../../ui/choices';
import { later } from '../../ui/Later';
import { SymbolMath } from '../../ui/MathML';
import { Messages, messageId, messages, Warnings } from '../../ui/Messages';
import { memo } from '../../ui/memo';
import { SamplePick } from '../../ui/SamplePick';
import { SheetPart, TableButton } from './SheetPart';
import './data.css';

const words = texts.build.data;
/** Settings of the data, which show their errors beside them. */
const SETTING = /^\/data\/(?:set|samples|noise|seed|batch|order|held_out)$/;

const DataSettings = later<{ data: TableData | undefined }>(
  () => import('./DataSettings').then(({ DataSettings }) => DataSettings),
  'unseen',
);

type Props = Pick<NetworkDocument, 'x' | 'y' | 'data'> & {
  /** The number of outputs of the network, if the page knows it. */
  outputs: number | undefined;
  /** Whether the targets may be classes. */
  classesAllowed: boolean;
};

// At one place for sets and rows: a set whose points are changed by hand becomes rows, and the plane keeps the focus.
const Picture = later(() => import('./DataSettings').then(({ Picture }) => Picture), 'unseen');

/** The batch: inputs, targets, and which sample is drawn. */
export const Data = memo(({ outputs, classesAllowed, ...batch }: Props) => {
  const sheet = sheetOf(batch);
  return (
    <section class="part data">
      <h3>
        {words.title} <SymbolMath of="x" /> {rowsOf(batch).y.length > 0 && <SymbolMath of="y" />}
      </h3>
      <Source data={batch.data} />
      {sheet ? (
        <>
          <SheetPart
            sheet={sheet}
            outputs={outputs ?? sheet.targets}
            classesAllowed={classesAllowed}
            names={namesOf(batch.data)}
          />
          <Minibatch />
          {batch.data && <TablePart data={batch.data} />}
          <Division data={batch.data} />
        </>
      ) : batch.data?.set ? (
        <Drawn data={batch.data} />
      ) : (
        <Images x={rowsOf(batch).x} />
      )}
      {batch.data && <Picture />}
      <Warnings at={({ layer }) => layer === null} />
      <Messages at={(where) => /^\/(?:[xy]|data)(\/|$)/.test(where) && !SETTING.test(where)} />
    </section>
  );
});

/** Where the data come from: rows of the document, or a set of the catalog. */
function Source({ data }: Pick<Props, 'data'>) {
  const sets = catalog.value?.sets ?? [];
  const chosen = sets.find(({ set }) => set === data?.set);
  const choose = async (name: string) => {
    const [document, kind] = [network.peek(), sets.find(({ set }) => set === name)];
    if (!document) return;
    const { takeSet, takeOwnRows } = await import('../../state/rows');
    if (kind) takeSet(document, kind);
    else await takeOwnRows(document);
  };
  const wrong = messages.value.some(({ where }) => where === '/data/set');
  return (
    <>
      <SelectRow
        label={words.kind}
        title={chosen?.description ?? words.kindTitle}
        value={data?.set ?? ''}
        options={[{ value: '', title: words.own }, ...sets.map(({ set, title }) => ({ value: set, title }))]}
        onChoose={(name) => void choose(name)}
        aria-invalid={wrong}
        aria-describedby={wrong ? messageId('/data/set') : undefined}
      />
      <Messages at={(where) => where === '/data/set'} />
    </>
  );
}

/** Data that the service draws: their settings, their points, and the mini-batch of this training step. */
function Drawn({ data }: { data: TableData }) {
  return (
    <>
      <DataSettings data={data} />
      <Minibatch />
      <label class="row">
        <span>{words.sampleChoice}</span>
        <SamplePick rows={trace.value?.batch_rows?.length ?? 0} />
      </label>
    </>
  );
}

/** How rows of the document are divided. Folded, since one batch of all rows is usual. */
function Division({ data }: Pick<Props, 'data'>) {
  const wrong = messages.value.some(({ where }) => SETTING.test(where));
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = wrong || (chosen ?? (data?.batch ?? null) !== null);
  return (
    <details class="more" open={open} onToggle={(event) => setChosen(event.currentTarget.open)}>
      <summary>{words.division}</summary>
      {open && <DataSettings data={data ?? undefined} />}
    </details>
  );
}

/** Which rows of the data are the mini-batch of the shown training step. */
function Minibatch() {
  const { value: shown } = trace;
  if (!shown?.batch_rows || !shown.position || !shown.batches) return null;
  const { step, epoch } = shown.position;
  return (
    <p class="hint">
      {words.miniBatch(
        step + 1,
        shown.batches.steps,
        epoch + 1,
        shown.batch_rows.map((row) => row + 1),
      )}
    </p>
  );
}

function Images({ x }: Pick<Rows, 'x'>) {
  return (
    <>
      <p class="too-many">{words.images(wholeShape(x[0] as number[]), sampleShape(x).length)}</p>
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

type TableData = NonNullable<NetworkDocument['data']>;
type Scale = NonNullable<TableData['scale']>;

/** The names of the sheet's columns in the table: inputs, then targets or the class. */
function namesOf(data: NetworkDocument['data']): string[] {
  const columns = data?.columns ?? [];
  const named = (...roles: string[]) => columns.filter(({ role }) => roles.includes(role)).map(({ name }) => name);
  return [...named('input'), ...named('target', 'class')];
}

/** For data from a table: the names of the classes, and how the inputs are scaled. */
function TablePart({ data }: { data: TableData }) {
  const classes = data.columns?.find(({ role }) => role === 'class')?.classes ?? [];
  const scale = data.scale ?? 'none';
  const rescale = (next: Scale) => {
    const document = network.peek();
    if (!document?.data) return;
    put(
      { ...document, data: { ...document.data, scale: next } },
      { title: words.table.rescaled(words.table.scales[next]), places: ['/data/scale'] },
    );
  };
  return (
    <div class="of-table">
      {classes.length > 0 && (
        <p class="hint">
          {words.table.counted(classes.map((name, place) => `${place} = ${name}`).join(texts.build.between))}
        </p>
      )}
      <SelectRow
        label={words.table.scale}
        title={words.table.scaleTitle}
        value={scale}
        options={(['none', 'standard', 'minmax'] as const).map((value) => ({
          value,
          title: words.table.scales[value],
        }))}
        onChoose={(value) => rescale(value as Scale)}
      />
    </div>
  );
}
