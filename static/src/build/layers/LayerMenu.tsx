import { useEffect, useRef } from 'preact/hooks';
import { moveIn } from '../../move';
import { catalog } from '../../state/store';
import { texts } from '../../texts';
import { revise } from '../act';
import { DrawQuestion } from '../DrawQuestion';
import { drawWeights } from '../drawing';
import { fresh, type Settings } from '../schema';
import { LayerSelect } from './LayerSelect';

const words = texts.build.layers;
const { drawing } = texts.build;

interface Props {
  layer: Settings;
  place: number;
  count: number;
  /** Whether it has numbers that are drawn. */
  drawn: boolean;
  /** How many outputs it has, for what takes its place. */
  width: number | undefined;
  /** The parameters that have numbers. */
  parts: readonly string[];
  onSetAll: (part: string) => void;
  onRemove: () => void;
  /** Whether the focus goes back to what opened it. */
  onDone: (back: boolean) => void;
}

/** What can be done with a layer: one beneath the other, gone after a choice, with Escape, and when one goes elsewhere. */
export function LayerMenu({ layer, place, count, drawn, width, parts, onSetAll, onRemove, onDone }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const kinds = catalog.value?.layers ?? [];
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.querySelector<HTMLElement>('select, button')?.focus();
    const elsewhere = ({ target }: Event) => {
      // What opens it closes it, too.
      if (!(target as Element).closest?.('.layer-menu, .dots[aria-expanded=true]')) onDone(false);
    };
    addEventListener('pointerdown', elsewhere);
    addEventListener('focusin', elsewhere);
    return () => {
      removeEventListener('pointerdown', elsewhere);
      removeEventListener('focusin', elsewhere);
    };
  }, []);
  const act = (does: () => void) => () => {
    does();
    onDone(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone(true);
    else if (event.target instanceof HTMLButtonElement && box.current) {
      const items = [...box.current.querySelectorAll<HTMLButtonElement>('.layer-actions button:not(:disabled)')];
      const next = moveIn(event.key, [items.indexOf(event.target), 0], items.length, 1);
      if (!next) return;
      items[next[0]]?.focus();
      event.preventDefault();
    } else return;
    event.stopPropagation();
  };
  const { name: _, ...nameless } = layer;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from wherever the focus is within.
    <div ref={box} class="layer-menu" onKeyDown={onKeyDown}>
      <div class="row">
        <span>{words.kind}</span>
        <LayerSelect
          label={words.kind}
          title=""
          kinds={kinds}
          value={layer.type}
          onChoose={(kind) => act(() => revise({ kind: 'become', at: place, layer: fresh(kind, width) }))()}
        />
      </div>
      <div class="row">
        <span>{words.below}</span>
        <LayerSelect
          label={words.below}
          title={words.choose}
          kinds={kinds}
          onChoose={(kind) => act(() => revise({ kind: 'add', at: place + 1, layer: fresh(kind, width) }))()}
        />
      </div>
      <div class="layer-actions">
        <button
          type="button"
          class="plain"
          disabled={place === 0}
          onClick={act(() => revise({ kind: 'move', from: place, to: place - 1 }))}
        >
          {words.earlier}
        </button>
        <button
          type="button"
          class="plain"
          disabled={place === count - 1}
          onClick={act(() => revise({ kind: 'move', from: place, to: place + 1 }))}
        >
          {words.later}
        </button>
        <button
          type="button"
          class="plain"
          onClick={act(() => revise({ kind: 'add', at: place + 1, layer: nameless as Settings }))}
        >
          {words.copy}
        </button>
        {drawn && (
          <button
            type="button"
            class="plain"
            title={drawing.titleOf}
            onClick={() => void drawWeights(place).then((done) => done && onDone(true))}
          >
            {drawing.button}
          </button>
        )}
        {parts.map((part) => (
          <button type="button" class="plain" key={part} onClick={act(() => onSetAll(part))}>
            {words.setAll(part)}
          </button>
        ))}
        <button type="button" class="plain" disabled={count === 1} onClick={onRemove}>
          {words.remove}
        </button>
      </div>
      <DrawQuestion at={place} onDone={() => onDone(true)} />
    </div>
  );
}
