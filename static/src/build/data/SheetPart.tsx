import { useState } from 'preact/hooks';
import type { NetworkDocument } from '../../api/types';
import { spoken } from '../../maths/symbol';
import { rowOf, sampleOf } from '../../model/given';
import {
  pointerOf,
  resized,
  type Sheet,
  sheetOf,
  widthOf,
  withClasses,
  withoutRow,
  withRow,
  withSheet,
} from '../../model/sheet';
import { parseNumber, plain, widthOf as textWidth } from '../../numbers/format';
import { putBatch } from '../../state/buildActions';
import { showSample } from '../../state/network';
import { incoming } from '../../state/panels';
import { catalog, network, sample, trace } from '../../state/store';
import { texts } from '../../texts';
import { LinkButton, PlainButton } from '../../ui/buttons';
import { Choice } from '../../ui/choices';
import { SymbolMath } from '../../ui/MathML';
import { AROUND, Cells, TYPE } from '../Cells';
import type { Row } from '../table/parse';
import type { Misfit } from '../table/reader';

const words = texts.build.data;
/** The longest number is searched in the first rows only. */
const LOOKED_AT = 200;

interface Props {
  sheet: Sheet;
  outputs: number;
  classesAllowed: boolean;
  /** The names of the columns, if the data come from a table. */
  names: readonly string[];
}

interface Said {
  text: string;
  /** The fix where there are too many rows. */
  fewer?: { rows: number; take: () => void };
}

/** The batch as a sheet, with the tools for its rows. */
export function SheetPart({ sheet, outputs, classesAllowed, names }: Props) {
  const [notice, setNotice] = useState<Said | null>(null);
  const most = catalog.value?.limits.find(({ name }) => name === 'MAX_BATCH')?.value ?? 10_000;
  const many = sheet.rows.length > 1;

  const use = (next: Sheet, title: string) => {
    setNotice(null);
    const document = network.peek();
    if (document) putBatch(withSheet(document, next), { title });
  };
  /** The sheet at the time of the call: pasted text is read asynchronously, and a button is pressed later. */
  const current = (): Sheet => (network.peek() && sheetOf(network.peek() as NetworkDocument)) ?? sheet;
  /** Pastes cell by cell; a table with a heading, or with ambiguous numbers, is shown in the dialog first. */
  const paste = async (row: number, column: number, text: string) => {
    const { pasted, Reader } = await import('../table/reader');
    const reader = new Reader();
    const read = await reader.rows(text);
    reader.close();
    const used = (rows: readonly Row[]) => {
      const outcome = pasted(current(), row, column, rows, most);
      if ('sheet' in outcome) use(outcome.sheet, texts.build.done.pasted(outcome.pasted));
      else if (outcome.misfit.kind === 'table') incoming.value = { source: text };
      else {
        const fewer = { rows: most - row, take: () => used(rows.slice(0, most - row)) };
        setNotice({ text: sayMisfit(outcome.misfit), ...(outcome.misfit.kind === 'long' ? { fewer } : {}) });
      }
    };
    used(read);
  };
  const onPaste = (row: number, column: number, text: string): boolean => {
    if (parseNumber(text) !== null || !/[\t;|\n, ]/.test(text.trim())) return false;
    void paste(row, column, text);
    return true;
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
    ...sheet.rows.slice(0, LOOKED_AT).map((row) => Math.max(...row.map((value) => textWidth(plain(value))))),
  );
  return (
    <div class="sheet">
      <Cells
        label={words.sheet}
        rows={sheet.rows.length}
        columns={widthOf(sheet)}
        widest={widest * TYPE + AROUND}
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
            aria-pressed={shownRow() === row}
            aria-label={words.sample(row + 1)}
            title={samplesAt(row) === null ? words.notInBatch : words.sample(row + 1)}
            aria-disabled={samplesAt(row) === null}
            class={trace.value?.batch_rows && samplesAt(row) !== null ? 'sample-head in-batch' : 'sample-head'}
            onClick={() => {
              const at = samplesAt(row);
              if (at !== null) void showSample(at);
            }}
          >
            {row + 1}
          </button>
        )}
        heads={(column) =>
          sheet.classes && column >= sheet.inputs ? (
            <span title={names[column]}>{words.classHead}</span>
          ) : (
            <>
              <span aria-hidden="true" title={names[column]}>
                <SymbolMath of={symbol(column)} />
              </span>
              <span class="visually-hidden">{spoken(symbol(column))}</span>
            </>
          )
        }
        onPaste={onPaste}
      />
      <SheetTools sheet={sheet} outputs={outputs} most={most} classesAllowed={classesAllowed} onChange={use} />
      <p aria-live="polite" class={notice ? 'message' : 'hint'}>
        {notice?.text}
        {notice?.fewer && (
          <>
            {' '}
            <LinkButton onClick={notice.fewer.take}>{words.misfits.fewer(notice.fewer.rows)}</LinkButton>
          </>
        )}
      </p>
    </div>
  );
}

function sayMisfit(misfit: Exclude<Misfit, { kind: 'table' }>): string {
  const { misfits } = words;
  switch (misfit.kind) {
    case 'number':
      return misfits.number(misfit.row, misfit.column, misfit.text);
    case 'long':
      return misfits.long(misfit.rows, misfit.most);
    case 'class':
      return misfits.class(misfit.row, misfit.text);
    case 'empty':
      return misfits.empty;
  }
}

const { done } = texts.build;

/** The row of the sheet that the picture shows. */
const shownRow = (): number => (trace.value ? rowOf(trace.value, sample.value) : sample.value);

/** The sample that a row is; null if it is not in the mini-batch. */
const samplesAt = (row: number): number | null => (trace.value ? sampleOf(trace.value, row) : row);

/** From this count on, the number of samples and its limit are shown. */
const NOTABLE = 20;

interface ToolsProps {
  sheet: Sheet;
  outputs: number;
  most: number;
  /** Whether the loss takes classes. */
  classesAllowed: boolean;
  onChange: (sheet: Sheet, title: string) => void;
}

/** The tools for the rows and columns of the sheet. */
export function SheetTools({ sheet, outputs, most, classesAllowed, onChange }: ToolsProps) {
  const { inputs, targets, rows } = sheet;
  return (
    <div class="sheet-tools">
      <PlainButton
        title={words.addRowTitle}
        disabled={rows.length >= most}
        onClick={() => onChange(withRow(sheet, shownRow()), done.rowAdded)}
      >
        {words.addRow}
      </PlainButton>
      <PlainButton
        title={words.removeRowTitle}
        disabled={rows.length === 1}
        onClick={() => onChange(withoutRow(sheet, shownRow()), done.rowRemoved)}
      >
        {words.removeRow}
      </PlainButton>
      <TableButton />
      <span class="stepper">
        {words.inputs}
        <button
          type="button"
          class="quiet"
          aria-label={words.fewer}
          title={words.fewer}
          disabled={inputs === 1}
          onClick={() => onChange(resized(sheet, inputs - 1, targets), done.inputs(inputs - 1))}
        >
          −
        </button>
        {inputs}
        <button
          type="button"
          class="quiet"
          aria-label={words.more}
          title={words.more}
          onClick={() => onChange(resized(sheet, inputs + 1, targets), done.inputs(inputs + 1))}
        >
          +
        </button>
      </span>
      {(classesAllowed || sheet.classes) && (
        <Choice
          name="targets"
          words={{
            legend: words.targets,
            names: { classes: words.asClasses, rows: words.asRows },
            titles: { classes: words.asClassesTitle, rows: words.asClassesTitle },
          }}
          options={['classes', 'rows']}
          chosen={sheet.classes ? 'classes' : 'rows'}
          onChoose={(one) => {
            const classes = one === 'classes';
            onChange(withClasses(sheet, classes, outputs), classes ? done.asClasses : done.asRows);
          }}
        />
      )}
      {rows.length >= NOTABLE && <p class="hint">{words.size(rows.length, most)}</p>}
    </div>
  );
}

/** Opens the dialog in which a table is pasted, dropped or chosen. */
export function TableButton() {
  return (
    <PlainButton
      title={texts.build.data.table.buttonTitle}
      onClick={() => {
        incoming.value = { source: null };
      }}
    >
      {texts.build.data.table.button}
    </PlainButton>
  );
}
