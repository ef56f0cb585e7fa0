import { useState } from 'preact/hooks';
import type { NetworkDocument } from '../../api/types';
import { SymbolMath } from '../../maths/MathML';
import { spoken } from '../../maths/symbol';
import { plain } from '../../numbers/format';
import { showSample } from '../../state/network';
import { catalog, network, sample } from '../../state/store';
import { texts } from '../../texts';
import { putBatch } from '../act';
import { Cells } from '../Cells';
import { firstRows, fromFile, type Misfit, type Outcome, pasted } from './paste';
import { SheetTools } from './SheetTools';
import { pointerOf, type Sheet, sheetOf, widthOf, withSheet } from './sheet';
import { parseTable, type Table } from './table';

const words = texts.build.data;
const MEGABYTES = 4;
/** The longest number is looked for in so many rows. */
const LOOKED_AT = 200;

interface Props {
  sheet: Sheet;
  outputs: number;
  classesAllowed: boolean;
}

interface Fewer {
  rows: number;
  take: () => void;
}

interface Said {
  text: string;
  wrong: boolean;
  /** What helps where there are too many rows. */
  fewer?: Fewer;
}

/** The batch as a sheet, with all that one can do to its rows. */
export function SheetPart({ sheet, outputs, classesAllowed }: Props) {
  const [said, setSaid] = useState<Said | null>(null);
  const [dropping, setDropping] = useState(false);
  const most = catalog.value?.limits.find(({ name }) => name === 'MAX_BATCH')?.value ?? 10_000;
  const many = sheet.rows.length > 1;

  const use = (next: Sheet, title: string) => {
    setSaid(null);
    const document = network.peek();
    if (document) putBatch(withSheet(document, next), { title });
  };
  /** As it is by then: a file is read, and a button pressed, later. */
  const current = (): Sheet => (network.peek() && sheetOf(network.peek() as NetworkDocument)) ?? sheet;
  const take = (outcome: Outcome, title: string, fewer: Fewer) => {
    if ('misfit' in outcome) {
      const { misfit } = outcome;
      setSaid({ text: sayMisfit(misfit), wrong: true, ...(misfit.kind === 'long' ? { fewer } : {}) });
      return;
    }
    use(outcome.sheet, title);
    if (outcome.labels.length) setSaid({ text: words.labels(outcome.labels), wrong: false });
  };
  const onPaste = (row: number, column: number, text: string): boolean => {
    const table = parseTable(text);
    if (table.length < 2 && (table[0]?.length ?? 0) < 2) return false;
    const paste = (rows: Table) =>
      take(pasted(current(), row, column, rows, most), texts.build.done.pasted(rows.length), {
        rows: most - row,
        take: () => paste(table.slice(0, most - row)),
      });
    paste(table);
    return true;
  };
  const onFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > MEGABYTES * 1e6) {
      setSaid({ text: words.misfits.large(MEGABYTES), wrong: true });
      return;
    }
    const table = parseTable(await file.text());
    const read = (rows: Table) => {
      const outcome = fromFile(current(), rows, most);
      const count = 'sheet' in outcome ? outcome.sheet.rows.length : 0;
      take(outcome, texts.build.done.file(count), { rows: most, take: () => read(firstRows(table, most)) });
    };
    read(table);
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
        {!dropping && said?.fewer && (
          <>
            {' '}
            <button type="button" class="link" onClick={said.fewer.take}>
              {words.misfits.fewer(said.fewer.rows)}
            </button>
          </>
        )}
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
