import { useState } from 'preact/hooks';
import { SymbolMath } from '../../maths/MathML';
import { spoken } from '../../maths/symbol';
import { plain } from '../../numbers/format';
import { showSample } from '../../state/network';
import { catalog, network, sample } from '../../state/store';
import { texts } from '../../texts';
import { putBatch } from '../act';
import { Cells } from '../Cells';
import { fromFile, type Misfit, type Outcome, pasted } from './paste';
import { SheetTools } from './SheetTools';
import { pointerOf, type Sheet, widthOf, withSheet } from './sheet';
import { parseTable } from './table';

const words = texts.build.data;
const MEGABYTES = 4;
/** The longest number is looked for in so many rows. */
const LOOKED_AT = 200;

interface Props {
  sheet: Sheet;
  outputs: number;
  classesAllowed: boolean;
}

/** The batch as a sheet, with all that one can do to its rows. */
export function SheetPart({ sheet, outputs, classesAllowed }: Props) {
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null);
  const [dropping, setDropping] = useState(false);
  const most = catalog.value?.limits.find(({ name }) => name === 'MAX_BATCH')?.value ?? 10_000;
  const many = sheet.rows.length > 1;

  const use = (next: Sheet, title: string) => {
    setSaid(null);
    const document = network.peek();
    if (document) putBatch(withSheet(document, next), { title });
  };
  const take = (outcome: Outcome, title: string) => {
    if ('misfit' in outcome) {
      setSaid({ text: sayMisfit(outcome.misfit), wrong: true });
      return;
    }
    use(outcome.sheet, title);
    if (outcome.labels.length) setSaid({ text: words.labels(outcome.labels), wrong: false });
  };
  const onPaste = (row: number, column: number, text: string): boolean => {
    const table = parseTable(text);
    if (table.length < 2 && (table[0]?.length ?? 0) < 2) return false;
    take(pasted(sheet, row, column, table, most), texts.build.done.pasted(table.length));
    return true;
  };
  const onFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MEGABYTES * 1e6) {
      setSaid({ text: words.misfits.large(MEGABYTES), wrong: true });
      return;
    }
    const outcome = fromFile(sheet, parseTable(await file.text()), most);
    take(outcome, texts.build.done.file('sheet' in outcome ? outcome.sheet.rows.length : 0));
  };

  const symbol = (column: number) => {
    if (column < sheet.inputs) return `x_${column + 1}`;
    return `y_${column - sheet.inputs + 1}`;
  };
  const name = (row: number, column: number) => {
    if (sheet.classes && column >= sheet.inputs) return words.classOf(row + 1);
    return spoken(many ? `${symbol(column)}^[${row + 1}]` : symbol(column));
  };
  const widest = Math.max(
    ...sheet.rows.slice(0, LOOKED_AT).map((row) => Math.max(...row.map((value) => plain(value).length))),
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file can be chosen with the button as well.
    <div
      class={dropping ? 'sheet dropping' : 'sheet'}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        void onFile(event.dataTransfer?.files[0]);
      }}
    >
      <Cells
        label={words.sheet}
        rows={sheet.rows.length}
        columns={widthOf(sheet)}
        widest={widest * 8 + 10}
        divided={sheet.inputs}
        corner={words.sampleHead}
        cell={(row, column) => ({
          pointer: pointerOf(sheet, row, column),
          value: sheet.rows[row]?.[column] ?? 0,
          label: name(row, column),
          ...(sheet.classes && column >= sheet.inputs ? { whole: true, bounds: { least: 0 } } : {}),
        })}
        rowHead={(row) => (
          <button
            type="button"
            class="sample-head"
            aria-pressed={sample.value === row}
            aria-label={words.sample(row + 1)}
            title={words.sample(row + 1)}
            onClick={() => void showSample(row)}
          >
            {row + 1}
          </button>
        )}
        heads={(column) =>
          sheet.classes && column >= sheet.inputs ? (
            words.classHead
          ) : (
            <>
              <span aria-hidden="true">
                <SymbolMath of={symbol(column)} />
              </span>
              <span class="visually-hidden">{spoken(symbol(column))}</span>
            </>
          )
        }
        onPaste={onPaste}
      />
      <SheetTools
        sheet={sheet}
        outputs={outputs}
        most={most}
        classesAllowed={classesAllowed}
        onChange={use}
        onFile={(file) => void onFile(file)}
      />
      <p aria-live="polite" class={said?.wrong ? 'message' : 'hint'}>
        {dropping ? words.drop : said?.text}
      </p>
    </div>
  );
}

function sayMisfit(misfit: Misfit): string {
  const said = words.misfits;
  switch (misfit.kind) {
    case 'number':
      return said.number(misfit.row, misfit.column, misfit.text);
    case 'wide':
      return said.wide(misfit.columns, misfit.room);
    case 'narrow':
      return said.narrow(misfit.columns);
    case 'ragged':
      return said.ragged(misfit.row, misfit.columns, misfit.expected);
    case 'long':
      return said.long(misfit.rows, misfit.most);
    case 'class':
      return said.class(misfit.row, misfit.text);
    case 'empty':
      return said.empty;
  }
}
