import { resized, type Sheet, withClasses, withoutRow, withRow } from '../../model/sheet';
import { incoming } from '../../state/panels';
import { sample } from '../../state/store';
import { texts } from '../../texts';
import { PlainButton } from '../../ui/buttons';
import { Choice } from '../../ui/choices';

const { data: words, done } = texts.build;

/** From this count on, the number of samples and its limit are shown. */
const NOTABLE = 20;

interface Props {
  sheet: Sheet;
  outputs: number;
  most: number;
  /** Whether the loss takes classes. */
  classesAllowed: boolean;
  onChange: (sheet: Sheet, title: string) => void;
}

/** The tools for the rows and columns of the sheet. */
export function SheetTools({ sheet, outputs, most, classesAllowed, onChange }: Props) {
  const { inputs, targets, rows } = sheet;
  return (
    <div class="sheet-tools">
      <PlainButton
        title={words.addRowTitle}
        disabled={rows.length >= most}
        onClick={() => onChange(withRow(sheet, sample.value), done.rowAdded)}
      >
        {words.addRow}
      </PlainButton>
      <PlainButton
        title={words.removeRowTitle}
        disabled={rows.length === 1}
        onClick={() => onChange(withoutRow(sheet, sample.value), done.rowRemoved)}
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
