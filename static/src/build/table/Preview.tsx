import { table as words } from '../../texts/table';
import type { Role } from './columns';
import type { Understood } from './understand';

/** The first rows as they stand in the file, with the numbers that it gives them. */
export function Preview({
  understood: { columns, preview },
  roles,
}: {
  understood: Understood;
  roles: readonly Role[];
}) {
  const shown = preview[0]?.cells.length ?? 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys.
    // biome-ignore lint/a11y/useSemanticElements: it is no section of the page.
    <div class="rows" role="region" aria-label={words.preview} tabIndex={0}>
      <table aria-label={words.preview}>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            {columns.slice(0, shown).map(({ name }, place) => (
              <th key={place} scope="col" class={roles[place]}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.map(({ number, cells }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              {Array.from({ length: shown }, (_, place) => (
                <td key={place} class={roles[place]}>
                  {cells[place] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
