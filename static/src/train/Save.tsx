/** Saves a plot as a picture or its numbers as a table. */

import { useRef, useState } from 'preact/hooks';
import { download, fileName } from '../documents/files';
import { inLightColours, pngOf, svgOf } from '../picture/picture';
import { network, titleOfNetwork } from '../state/store';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { csvOf } from './csv';

const words = train.save;
const KINDS = ['svg', 'png', 'csv'] as const;
/** Controls, and what a pointer adds. */
const WITHOUT = '.visually-hidden, .save, .choice, .link, .surface-choice, .unless-saved, select, input';

interface Props {
  /** The name of the plot, also that of its file. */
  title: string;
  rows: () => Parameters<typeof csvOf>[0];
  /** Paints again what has no style, such as a canvas, in the present colours of the page. */
  repaint?: () => void;
}

export function Save({ title, rows, repaint = () => undefined }: Props) {
  const here = useRef<HTMLDetailsElement>(null);
  const [status, setStatus] = useState('');
  const save = async (kind: (typeof KINDS)[number]) => {
    const panel = here.current?.closest('.train-panel');
    if (!panel) return;
    const name = titleOfNetwork(network.value?.name ?? '');
    const file = fileName(`${name} ${title}`, kind);
    try {
      if (kind === 'csv') download(file, new Blob([csvOf(rows())], { type: 'text/csv;charset=utf-8' }));
      else {
        // It is drawn before the first thing is waited for, so that the light colours are never painted.
        const drawn = inLightColours(() => {
          repaint();
          return svgOf({ roots: [panel], without: WITHOUT, title: `${name}: ${title}`, description: title });
        });
        repaint();
        const svg = await drawn;
        download(file, kind === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg));
      }
      setStatus(words.saved(file));
    } catch {
      setStatus(words.failed);
    }
  };
  const close = () => here.current?.removeAttribute('open');
  return (
    <details
      ref={here}
      class="save"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !here.current?.open) return;
        event.stopPropagation();
        close();
        here.current.querySelector('summary')?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !here.current?.contains(relatedTarget)) close();
      }}
    >
      <summary aria-label={words.of(title)}>{words.title}</summary>
      <div>
        {KINDS.map((kind) => (
          <LinkButton key={kind} title={words.titles[kind]} onClick={() => void save(kind)}>
            {kind.toUpperCase()}
          </LinkButton>
        ))}
        <span class="aside" aria-live="polite">
          {status}
        </span>
      </div>
    </details>
  );
}
