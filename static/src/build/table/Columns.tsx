import { useState } from 'preact/hooks';
import { plain } from '../../numbers/format';
import { Select } from '../../page/Select';
import { table as words } from '../../texts/table';
import { type Column, ROLES, type Role } from './columns';
import type { Understood } from './understand';

/** So many columns are listed at first; of more, the others are set at once or asked for. */
const LISTED = 40;
const CLASSES = 6;
const OPTIONS = ROLES.map((value) => ({ value, title: words.roles[value] }));

interface Props {
  understood: Understood;
  roles: readonly Role[];
  onChoose: (roles: readonly Role[]) => void;
}

/** Each column with what is in it, and what it is used as. */
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
          <button type="button" class="link" onClick={() => setListed(listed + 5 * LISTED)}>
            {words.more}
          </button>
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

/** What is in a column: the range of its numbers, or its classes with their counts, and its gaps. */
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
