import { useEffect, useState } from 'preact/hooks';
import { type ExportFormat, getFormats, postExport } from '../api/questions';
import type { NetworkDocument } from '../api/types';
import { download, fileName } from '../documents/files';
import { requestErrorOf, sayRequestError } from '../state/requestError';
import { cursor, network, sample, trace } from '../state/store';
import { texts } from '../texts';
import { language } from '../texts/language';
import { ways } from '../texts/ways';
import { LinkButton } from '../ui/buttons';
import { Choice, SelectRow } from '../ui/choices';
import './share.css';

const words = ways.export;

/** The training step in the formats of other programs: the service lists them, and makes the files. */
export function ExportPart() {
  const [open, setOpen] = useState(false);
  return (
    <details class="export" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>{words.title}</h3>
      </summary>
      {open && <Formats />}
    </details>
  );
}

function Formats() {
  const [formats, setFormats] = useState<readonly ExportFormat[] | null>(null);
  const [trouble, setTrouble] = useState('');
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setTrouble('');
    getFormats().then(
      (answer) => setFormats(answer.formats),
      (error) => setTrouble(sayRequestError(requestErrorOf(error))),
    );
  }, [tries]);
  if (trouble)
    return (
      <p role="alert" class="message">
        {trouble} <LinkButton onClick={() => setTries(tries + 1)}>{texts.problems.retry}</LinkButton>
      </p>
    );
  return formats?.length ? <Maker formats={formats} /> : <p aria-busy="true">{words.loading}</p>;
}

type Theme = 'colour' | 'grey';
type Numbers = 'values' | 'gradients' | 'none';

const addressOf = ({ what, format }: ExportFormat): string => `${what}/${format}`;

const titleOf = (format: ExportFormat): string =>
  (words.formats as Readonly<Record<string, string>>)[addressOf(format)] ?? addressOf(format);

function Maker({ formats }: { formats: readonly ExportFormat[] }) {
  // The first one that can be shown before it is saved.
  const [address, setAddress] = useState('figure/svg');
  const [theme, setTheme] = useState<Theme>('colour');
  const [numbers, setNumbers] = useState<Numbers>('values');
  const [table, setTable] = useState<string | null>(null);
  const [status, setStatus] = useState('');
  const format = formats.find((one) => addressOf(one) === address) ?? formats[0];
  const document = network.value;
  if (!format || !document) return null;
  const takes = new Set<string>(format.takes);
  const tensors = Object.entries(trace.value?.tensors ?? {}).flatMap(([name, tensor]) =>
    tensor === null ? [] : [name],
  );
  const named = table ?? tensors[0];
  const wish = {
    language,
    ...(takes.has('cursor') ? { cursor: cursor.value } : {}),
    ...(takes.has('figure') ? { figure: { theme, numbers, sample: sample.value } } : {}),
    ...(takes.has('table') && named !== undefined ? { table: named } : {}),
  };
  const save = async () => {
    setStatus(words.making);
    try {
      const content = await postExport(document, address, wish);
      const name = `${fileName(document.name ?? '', 'svg').slice(0, -'.svg'.length)}.${format.extension}`;
      download(name, content);
      setStatus(texts.share.file.saved(name));
    } catch (error) {
      setStatus(sayRequestError(requestErrorOf(error)));
    }
  };
  return (
    <>
      <SelectRow
        label={words.format}
        title={words.formatTitle}
        value={addressOf(format)}
        options={formats.map((one) => ({ value: addressOf(one), title: titleOf(one) }))}
        onChoose={setAddress}
      />
      {takes.has('figure') && (
        <div class="row">
          <Choice
            name="export-numbers"
            words={words.numbers}
            options={['values', 'gradients', 'none']}
            chosen={numbers}
            onChoose={setNumbers}
          />
          <Choice
            name="export-theme"
            words={words.theme}
            options={['colour', 'grey']}
            chosen={theme}
            onChoose={setTheme}
          />
        </div>
      )}
      {takes.has('table') && (
        <SelectRow
          label={words.table}
          title={words.tableTitle}
          value={named ?? ''}
          options={tensors.map((name) => ({ value: name, title: name }))}
          onChoose={setTable}
        />
      )}
      <Preview document={document} format={format} wish={wish} />
      <p class="row">
        <LinkButton onClick={() => void save()}>{words.save(format.extension.toUpperCase())}</LinkButton>
      </p>
      <p class="said" aria-live="polite">
        {status}
      </p>
    </>
  );
}

/** The largest file that is shown, and the lines of a text. */
const MOST_BYTES = 2_000_000;
const MOST_LINES = 40;

type Shown = { kind: 'picture' | 'text' | 'said'; content: string };

interface PreviewProps {
  document: NetworkDocument;
  format: ExportFormat;
  wish: object;
}

/** The file before it is saved: a figure as a picture, a text as its first lines, and of any other file its size. */
function Preview({ document, format, wish }: PreviewProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  // Every format of a figure is the same drawing.
  const address = format.what === 'figure' ? 'figure/svg' : addressOf(format);
  const asked = JSON.stringify(wish);
  // `asked` is the content of `wish`, which is another object each time.
  useEffect(() => {
    const leave = new AbortController();
    setShown(null);
    const show = (made: Shown) => !leave.signal.aborted && setShown(made);
    postExport(document, address, wish, leave.signal)
      .then(shownOf)
      .then(show, (error) => {
        if (!leave.signal.aborted) show({ kind: 'said', content: sayRequestError(requestErrorOf(error)) });
      });
    return () => leave.abort();
  }, [document, address, asked]);
  if (!shown)
    return (
      <p class="preview waiting-file" aria-busy="true">
        {words.making}
      </p>
    );
  if (shown.kind === 'picture') return <img class="preview" src={shown.content} alt={words.preview} />;
  if (shown.kind === 'said') return <p class="preview">{shown.content}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached with the keyboard
    <section class="preview" tabIndex={0} aria-label={words.preview}>
      <pre>{shown.content}</pre>
    </section>
  );
}

async function shownOf(file: Blob): Promise<Shown> {
  const type = file.type.split(';')[0] ?? '';
  if (file.size <= MOST_BYTES && type === 'image/svg+xml')
    return { kind: 'picture', content: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await file.text())}` };
  if (file.size <= MOST_BYTES && type !== 'text/html' && /^text\/|tex$|json$/.test(type)) {
    const lines = (await file.text()).split('\n');
    const more = lines.length - MOST_LINES;
    return {
      kind: 'text',
      content: lines.slice(0, MOST_LINES).join('\n') + (more > 0 ? `\n… ${words.more(more)}` : ''),
    };
  }
  return { kind: 'said', content: words.size(file.size) };
}
