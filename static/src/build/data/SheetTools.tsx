import { incoming } from '../../state/incoming';
import { sample } from '../../state/store';
import { texts } from '../../texts';
import { resized, type Sheet, withClasses, withoutRow, withRow } from './sheet';

const { data: words, done } = texts.build;

/** From here on it is told how many samples there are, and how many there may be. */
const NOTABLE = 20;

interface Props {
  sheet: Sheet;
  outputs: number;
  most: number;
  /** Only this loss takes classes. */
  classesAllowed: boolean;
  onChange: (sheet: Sheet, title: string) => void;
}

/** What one can do to the rows and columns of the sheet. */
export function SheetTools({ sheet, outputs, most, classesAllowed, onChange }: Props) {
  const { inputs, targets, rows } = sheet;
  return (
    <div class="sheet-tools">
      <button
        type="button"
        class="plain"
        title={words.addRowTitle}
        disabled={rows.length >= most}
        onClick={() => onChange(withRow(sheet, sample.value), done.rowAdded)}
      >
        {words.addRow}
      </button>
      <button
        type="button"
        class="plain"
        title={words.removeRowTitle}
        disabled={rows.length === 1}
        onClick={() => onChange(withoutRow(sheet, sample.value), done.rowRemoved)}
      >
        {words.removeRow}
      </button>
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
        <fieldset class="choice" title={words.asClassesTitle}>
          <legend>{words.targets}</legend>
          {[true, false].map((classes) => (
            <label key={String(classes)}>
              <input
                type="radio"
                name="targets"
                checked={sheet.classes === classes}
                onChange={() => onChange(withClasses(sheet, classes, outputs), classes ? done.asClasses : done.asRows)}
              />
              <span>{classes ? words.asClasses : words.asRows}</span>
            </label>
          ))}
        </fieldset>
      )}
      {rows.length >= NOTABLE && <p class="hint">{words.size(rows.length, most)}</p>}
    </div>
  );
}

/** Where a table begins: it is pasted, dropped or chosen. */
export function TableButton() {
  return (
    <button
      type="button"
      class="plain"
      title={texts.build.data.table.buttonTitle}
      onClick={() => {
        incoming.value = { source: null };
      }}
    >
      {texts.build.data.table.button}
    </button>
  );
}
