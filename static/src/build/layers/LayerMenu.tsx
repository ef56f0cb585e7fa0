import { useLayoutEffect, useRef } from 'preact/hooks';
import { fresh, type Settings } from '../../model/layer-settings';
import { listen } from '../../state/browser';
import { revise } from '../../state/buildActions';
import { catalog } from '../../state/store';
import { texts } from '../../texts';
import { PlainButton } from '../../ui/buttons';
import { LayerSelect } from '../../ui/choices';
import { goAbout } from '../../ui/roving';
import { DrawQuestion, drawWeights } from '../DrawQuestion';

const words = texts.build.layers;
const { drawing } = texts.build;

interface Props {
  layer: Settings;
  place: number;
  count: number;
  /** Whether it has drawn parameters. */
  drawn: boolean;
  /** The number of its outputs, used for a layer that replaces it. */
  width: number | undefined;
  /** The parameters that have numbers. */
  parts: readonly string[];
  onSetAll: (part: string) => void;
  onRemove: () => void;
  /** `back`: whether the focus returns to the button that opened the menu. */
  onDone: (back: boolean) => void;
}

/** The actions on a layer, as a vertical menu. It closes after a choice, with Escape, and when the focus leaves it. */
export function LayerMenu({ layer, place, count, drawn, width, parts, onSetAll, onRemove, onDone }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const kinds = catalog.value?.layers ?? [];
  // Not after the next frame: keys that are pressed meanwhile would go elsewhere.
  useLayoutEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.querySelector<HTMLElement>('select, button')?.focus();
    const elsewhere = ({ target }: Event) => {
      // The button that opens the menu closes it, too.
      if (!(target as Element).closest?.('.layer-menu, .dots[aria-expanded=true]')) onDone(false);
    };
    return listen(window, { pointerdown: elsewhere, focusin: elsewhere });
  }, []);
  const act = (does: () => void) => () => {
    does();
    onDone(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onDone(true);
    else if (event.target instanceof HTMLButtonElement && box.current) {
      const items = box.current.querySelectorAll<HTMLButtonElement>('.layer-actions button:not(:disabled)');
      const rows = Array.from(items, (item) => [item]);
      if (!goAbout(event, rows)) return;
    } else return;
    event.stopPropagation();
  };
  const { name: _, ...nameless } = layer;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it when the focus is within.
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
        <PlainButton disabled={place === 0} onClick={act(() => revise({ kind: 'move', from: place, to: place - 1 }))}>
          {words.earlier}
        </PlainButton>
        <PlainButton
          disabled={place === count - 1}
          onClick={act(() => revise({ kind: 'move', from: place, to: place + 1 }))}
        >
          {words.later}
        </PlainButton>
        <PlainButton onClick={act(() => revise({ kind: 'add', at: place + 1, layer: nameless as Settings }))}>
          {words.copy}
        </PlainButton>
        {drawn && (
          <PlainButton
            title={drawing.titleOf}
            onClick={() => void drawWeights(place).then((done) => done && onDone(true))}
          >
            {drawing.button}
          </PlainButton>
        )}
        {parts.map((part) => (
          <PlainButton key={part} onClick={act(() => onSetAll(part))}>
            {words.setAll(part)}
          </PlainButton>
        ))}
        <PlainButton disabled={count === 1} onClick={onRemove}>
          {words.remove}
        </PlainButton>
      </div>
      <DrawQuestion at={place} onDone={() => onDone(true)} />
    </div>
  );
}
