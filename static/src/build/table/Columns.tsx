import { useState } from 'preact/hooks';
import { plain } from '../../numbers/format';
import { texts } from '../../texts';
import { table as words } from '../../texts/table';
import { LinkButton } from '../../ui/buttons';
import { Select } from '../../ui/choices';
import { type Column, ROLES, type Role } from './columns';
import { SEPARATORS, type Separator, type Style } from './numbers';
import type { Settings, Understood } from './understand';
import type { Scale, TableState } from './useTable';

/** This many columns are listed at first; of a wider table, the others are set together or listed on request. */
const LISTED = 40;
const CLASSES = 6;
const OPTIONS = ROLES.map((value) => ({ value, title: words.roles[value] }));

interface Props {
  understood: Understood;
  roles: readonly Role[];
  onChoose: (roles: readonly Role[]) => void;
}

/** Each column with its content and its role. */
export function Columns({ understood: { columns, equal }, roles, onChoose }: Props) {
  const [listed, setListed] = useState(LISTED);
  const others = columns.length - listed;
  const rest = new Set(roles.slice(listed));
  return (
    <>
      <table class="columns" aria-label={words.columns}>
        <thead>
          <tr>
            <th scope="col">{words.column}</th>
            <th scope="col">{words.content}</th>
            <th scope="col">{words.role}</th>
          </tr>
        </thead>
        <tbody>
          {columns.slice(0, listed).map((column, place) => (
            <tr key={place} class={roles[place] === 'unused' ? 'unused' : undefined}>
              <th scope="row">
                <span class="place">{place + 1}</span> {column.name}
              </th>
              <td>{content(column, roles[place] ?? 'unused')}</td>
              <td>
                <Select
                  aria-label={words.roleOf(column.name)}
                  value={roles[place] ?? 'unused'}
                  options={OPTIONS}
                  onChoose={(role) => onChoose(roles.with(place, role as Role))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {others > 0 && (
        <p class="others">
          <label>
            {words.others(others)}{' '}
            <Select
              value={rest.size === 1 ? ([...rest][0] as Role) : ''}
              options={[...(rest.size === 1 ? [] : [{ value: '', title: words.mixed }]), ...OPTIONS]}
              onChoose={(role) => role && onChoose(roles.map((one, place) => (place < listed ? one : (role as Role))))}
            />
          </label>{' '}
          <LinkButton onClick={() => setListed(listed + 5 * LISTED)}>{words.more}</LinkButton>
        </p>
      )}
      {equal.slice(0, 3).map(({ name, columns: places }) => (
        <p key={name} class="hint">
          {words.equal(name, places.slice(0, 5))}
        </p>
      ))}
    </>
  );
}

/** A summary of a column: the range of its numbers, or its classes with their counts, and its gaps. */
function content(column: Column, role: Role): string {
  const { counts, classes, different, least, most } = column;
  const parts: string[] = [];
  const asClasses = classes && (role === 'class' || (counts.text > counts.number && different <= CLASSES));
  if (asClasses) parts.push(classNames(classes));
  else {
    if (counts.number) parts.push(words.numbers(plain(least), plain(most)));
    if (counts.date) parts.push(words.dates);
    if (counts.text) parts.push(words.texts(classes ? different : null));
  }
  if (counts.huge) parts.push(words.huge(counts.huge, column.first.huge?.row ?? 1));
  if (counts.missing) parts.push(parts.length ? words.gaps(counts.missing) : words.nothing);
  return parts.join(words.semicolon);
}

function classNames(classes: NonNullable<Column['classes']>): string {
  const named = classes.slice(0, CLASSES).map(({ name, count }) => words.classOf(name, count));
  return words.classes(named.join(words.between), classes.length - named.length);
}

/** How the text was parsed, and the questions that only the user can answer. */
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

/** How the rows are turned into data. */
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
