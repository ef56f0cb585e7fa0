import { Select } from '../../page/Select';
import { texts } from '../../texts';
import { table as words } from '../../texts/table';
import { SEPARATORS, type Separator, type Style } from './numbers';
import type { Settings, Understood } from './understand';
import type { Scale, TableState } from './useTable';

/** How the text was taken apart, and what only a person can say. */
export function How({ understood, onChange }: { understood: Understood; onChange: (settings: Settings) => void }) {
  const { separator, heading, style, question } = understood;
  return (
    <>
      <div class="how">
        <label>
          <span>{words.separator}</span>
          <Select
            value={separator}
            options={SEPARATORS.map((value) => ({ value, title: words.separators[value] }))}
            onChoose={(value) => onChange({ separator: value as Separator, heading: undefined, style: undefined })}
          />
        </label>
        <label>
          <span>{words.decimal}</span>
          <Select
            value={style.decimal}
            options={(['.', ','] as const).map((value) => ({ value, title: words.decimals[value] }))}
            onChoose={(value) => onChange({ style: { decimal: value as Style['decimal'], thousands: '' } })}
          />
        </label>
        <label>
          <input
            type="checkbox"
            checked={heading}
            onChange={(event) => onChange({ heading: event.currentTarget.checked })}
          />
          <span>{words.heading}</span>
        </label>
      </div>
      {question && (
        <fieldset class="question">
          <legend>{words.question(question.text, question.row, question.column + 1)}</legend>
          {question.choices.map(({ style: own, value }) => (
            <button
              key={own.decimal + own.thousands}
              type="button"
              class="plain"
              onClick={() => onChange({ style: own })}
            >
              <b>{value === null ? words.noNumber : String(value)}</b>{' '}
              {own.thousands ? words.marks[own.thousands] : own.decimal === ',' ? words.decimalComma : ''}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}

const SCALES: readonly Scale[] = ['none', 'standard', 'minmax'];

/** What is done with the rows before they are data. */
export function Uses({ table: { wish, choose, understood, long, fit } }: { table: TableState }) {
  const gaps = understood?.columns.some(({ counts }, place) => counts.missing > 0 && wish.roles[place] !== 'unused');
  return (
    <div class="how">
      <label title={texts.build.data.table.scaleTitle}>
        <span>{texts.build.data.table.scale}</span>
        <Select
          value={wish.scale}
          options={SCALES.map((value) => ({ value, title: texts.build.data.table.scales[value] }))}
          onChoose={(value) => choose({ scale: value as Scale })}
        />
      </label>
      {(gaps || wish.complete) && (
        <label>
          <input
            type="checkbox"
            checked={wish.complete}
            onChange={(event) => choose({ complete: event.currentTarget.checked })}
          />
          <span>{wish.complete && fit ? words.complete(fit.taken.left) : words.completeSome}</span>
        </label>
      )}
      {(long || wish.firstOnly) && (
        <label>
          <input
            type="checkbox"
            checked={wish.firstOnly}
            onChange={(event) => choose({ firstOnly: event.currentTarget.checked })}
          />
          <span>{words.firstOnly(long?.most ?? fit?.taken.x.length ?? 0)}</span>
        </label>
      )}
    </div>
  );
}
