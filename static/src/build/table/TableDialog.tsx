import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { put, sayChange } from '../../state/buildActions';
import { showSample } from '../../state/network';
import { incoming } from '../../state/panels';
import { sample } from '../../state/store';
import { texts } from '../../texts';
import { table as words } from '../../texts/table';
import { PlainButton } from '../../ui/buttons';
import { Columns, How, Uses } from './Columns';
import type { Role } from './columns';
import { received } from './reader';
import type { Understood } from './understand';
import { type Fault, type TableState, useTable } from './useTable';
import './table.css';

/** Shows a table as the page understands it before using it; until then the network stays as it is. */
export function TableDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const source = incoming.value?.source ?? null;
  const table = useTable(source);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const use = () => {
    const { fit } = table;
    if (!fit) return;
    if (sample.peek() >= fit.taken.x.length) void showSample(0);
    put(fit.document, { title: words.done(fit.taken.x.length), places: ['/data'] });
    close();
  };
  return (
    <dialog
      ref={dialog}
      class="table-dialog"
      aria-labelledby={id}
      onClose={() => {
        incoming.value = null;
      }}
    >
      <h2 id={id}>{words.title}</h2>
      {source === null ? <Ask /> : <Shown table={table} />}
      <div class="foot">
        {table.understood && (
          <>
            <Faults table={table} />
            <p class="outcome" aria-live="polite">
              {sayFit(table)}
            </p>
          </>
        )}
        <div class="dialog-actions">
          {table.understood && (
            <button type="button" class="primary" disabled={!table.fit} onClick={use}>
              {table.fit?.fitted.length ? words.fit : words.use}
            </button>
          )}
          <PlainButton onClick={close}>{words.cancel}</PlainButton>
        </div>
      </div>
    </dialog>
  );
}

/** Before there is a table: a field to paste one into, and a button for files. */
function Ask() {
  const chooser = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState('');
  const id = useId();
  return (
    <>
      <p id={id} class="hint">
        {words.ask}
      </p>
      <textarea
        aria-label={words.text}
        aria-describedby={id}
        rows={6}
        spellcheck={false}
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text') ?? '';
          if (text.trim() === '') return;
          event.preventDefault();
          incoming.value = { source: text };
        }}
        onChange={(event) => {
          if (event.currentTarget.value.trim() !== '') incoming.value = { source: event.currentTarget.value };
        }}
      />
      <p>
        <PlainButton onClick={() => chooser.current?.click()}>{words.choose}</PlainButton>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label={words.choose}
          onChange={async (event) => {
            const input = event.currentTarget;
            const file = input.files?.[0];
            input.value = '';
            if (file) setWrong((await received(file)) ?? '');
          }}
        />
      </p>
      <p role="alert" class={wrong ? 'message' : undefined}>
        {wrong}
      </p>
    </>
  );
}

function Shown({ table }: { table: TableState }) {
  const { understood, reading, failed } = table;
  return (
    <>
      <p class="found" aria-live="polite">
        {reading || !understood
          ? failed
            ? words.failed
            : words.reading
          : words.found(understood.rows, understood.columns.length)}
        {texts.timeline.between}
        {understood?.latin && words.latin}
      </p>
      {understood && (
        <>
          <How understood={understood} onChange={table.change} />
          {understood.rows > 0 && (
            <>
              <Columns understood={understood} roles={table.wish.roles} onChoose={(roles) => table.choose({ roles })} />
              <Preview understood={understood} roles={table.wish.roles} />
              <Uses table={table} />
            </>
          )}
        </>
      )}
    </>
  );
}

function sayFit({ fit, faults, long, refused, reading }: TableState): string {
  if (!fit) return faults.length || long || refused || reading ? '' : words.checking;
  const { x, classes, y } = fit.taken;
  const [first = []] = y;
  const targets = Array.isArray(first) ? words.usedTargets(first.length) : words.usedClasses(classes?.length ?? 0);
  const used = `${words.used(x.length, x[0]?.length ?? 0)}${words.joint}${targets}`;
  const changes = fit.fitted.length ? fit.fitted.map(sayChange).join(texts.timeline.between) : words.fits;
  return `${used} ${changes}`;
}

/** The first rows as they are in the file, with their numbers in the file. */
function Preview({ understood: { columns, preview }, roles }: { understood: Understood; roles: readonly Role[] }) {
  const shown = preview[0]?.cells.length ?? 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys.
    // biome-ignore lint/a11y/useSemanticElements: it is not a section of the page.
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

const faultWords = words.faults;
/** At most this many are listed at once. */
const MOST = 5;

/** The errors that prevent the use of the table, by row and column. */
function Faults({ table: { faults, long, refused } }: { table: TableState }) {
  const notes = [
    ...faults.slice(0, MOST).map(sayFault),
    ...(long ? [faultWords.long(long.rows, long.most)] : []),
    ...(refused ? [refused] : []),
  ];
  return (
    <div class="faults" role="alert">
      {notes.map((text) => (
        <p key={text} class="message">
          {text}
        </p>
      ))}
    </div>
  );
}

function sayFault(fault: Fault): string {
  switch (fault.kind) {
    case 'severalClasses':
      return faultWords.severalClasses(fault.columns);
    case 'oneClass':
    case 'manyClasses':
      return faultWords[fault.kind](fault.column, fault.name);
    case 'missing':
      return faultWords.missing(fault.column, fault.name, fault.count, fault.row);
    case 'date':
    case 'text':
    case 'huge':
      return faultWords[fault.kind](fault.column, fault.name, fault.count, fault.row, fault.text);
    case 'ragged':
      return faultWords.ragged(fault.row, fault.cells, fault.expected);
    case 'unclosed':
      return faultWords.unclosed(fault.row);
    case 'wide':
      return faultWords.wide(fault.columns, fault.most);
    default:
      return faultWords[fault.kind];
  }
}
