import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { fieldsOf, freezable, layerKind, type Settings } from '../../model/layer-settings';
import { shapeOf, type Tensor } from '../../model/lookup';
import { carried, revise } from '../../state/buildActions';
import { catalog } from '../../state/store';
import { texts } from '../../texts';
import { Sign } from '../../ui/buttons';
import { later } from '../../ui/Later';
import { Messages, messages, Warnings } from '../../ui/Messages';
import { memo } from '../../ui/memo';
import { SettingField } from '../SettingField';
import { LayerMenu } from './LayerMenu';
import { labelOf, Parameters } from './Parameters';

const words = texts.build.layers;
const SetAll = later(() => import('./SetAll').then(({ SetAll }) => SetAll));

/** Settings that the layer's menu or the settings of the whole network show. */
const ELSEWHERE = ['initialiser', 'passes'];

interface Props {
  layer: Settings;
  place: number;
  count: number;
  /** The shapes of one sample at the layer's input and output, in words. */
  input: string;
  output: string;
  /** The number of outputs, if the output is not an image. */
  width: number | undefined;
  number: number;
  opened: boolean;
  list: RefObject<HTMLOListElement | null>;
}

/** One layer: its type and its input and output shapes; when opened, its settings and parameters. */
export const LayerPart = memo(({ layer, place, count, input, output, width, number, opened, list }: Props) => {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const [menu, setMenu] = useState(false);
  const dots = useRef<HTMLButtonElement>(null);
  const [setting, setSetting] = useState<{ part: string; pasted?: string } | null>(null);
  const kind = layerKind(catalog.value, layer.type);
  const title = kind ? kind.title : texts.layerTitle(layer.type);
  const name = layer.name ?? words.fresh;
  const pointer = `/layers/${place}`;
  const settings = fieldsOf(kind).filter((field) => !ELSEWHERE.includes(field.name));
  // The switch for the bias is next to the bias.
  const fields = settings.toSorted((one, other) => Number(one.name === 'bias') - Number(other.name === 'bias'));
  const numbers = kind?.numbers ?? [];
  const hasNumbers = numbers.length > 0;
  const foldable = fields.length > 0 || hasNumbers;
  const open = foldable && (chosen ?? (opened && hasNumbers));
  const inside = messages.value.some(({ where }) => where === pointer || where.startsWith(`${pointer}/`));
  const remove = () => {
    // The menu is removed with the layer: the keyboard focus moves to the next layer, or to the last one.
    const others = list.current?.querySelectorAll<HTMLElement>('[data-layer] .dots');
    others?.[place + 1 < count ? place + 1 : place - 1]?.focus();
    revise({ kind: 'remove', at: place });
  };
  return (
    <li class={inside ? 'layer wrong' : 'layer'} data-layer={name}>
      <div class="layer-head">
        <Grip title={title} name={name} place={place} count={count} list={list} />
        <button
          type="button"
          class="fold"
          aria-expanded={open}
          aria-label={words.open(title, name)}
          disabled={!foldable}
          onClick={() => setChosen(!open)}
        >
          <svg class="chevron" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M6 4l4 4-4 4" />
          </svg>
          <span class="layer-title">{title}</span> <span class="layer-name">{name}</span>
        </button>
        <span class="layer-shape">{texts.build.layerShape(input, output)}</span>
        <button
          type="button"
          ref={dots}
          class="quiet dots"
          aria-expanded={menu}
          aria-label={words.menu(title, name)}
          title={words.menu(title, name)}
          onClick={() => setMenu(!menu)}
        >
          <Sign d="M8 3.5v.01M8 8v.01M8 12.5v.01" />
        </button>
      </div>
      {menu && (
        <LayerMenu
          layer={layer}
          place={place}
          count={count}
          drawn={hasNumbers}
          width={width}
          parts={numbers.map(({ name }) => name).filter((part) => Array.isArray(layer[part]))}
          onSetAll={(part) => setSetting({ part })}
          onRemove={remove}
          onDone={(back) => {
            setMenu(false);
            if (back) dots.current?.focus();
          }}
        />
      )}
      {open && (
        <div class="layer-body settings">
          {fields.map((field) => (
            <SettingField
              key={field.name}
              field={field}
              pointer={pointer}
              owner={name}
              value={layer[field.name] ?? field.usual}
              set={(value) => revise({ kind: 'set', at: place, field: field.name, value })}
            />
          ))}
          {hasNumbers && (
            <Parameters
              layer={layer}
              place={place}
              number={number}
              numbers={numbers}
              freezable={freezable(kind)}
              onSetAll={(part, pasted) => setSetting({ part, ...(pasted === undefined ? {} : { pasted }) })}
            />
          )}
        </div>
      )}
      <Warnings at={(warning) => warning.layer === name} />
      <Messages at={(where) => where === pointer || (!open && where.startsWith(`${pointer}/`))} />
      {setting && (
        <SetAll
          pointer={`${pointer}/${setting.part}`}
          label={labelOf(setting.part, layer)}
          expected={shapeOf(layer[setting.part])}
          now={layer[setting.part] as Tensor}
          pasted={setting.pasted}
          onDone={() => setSetting(null)}
        />
      )}
    </li>
  );
});

interface GripProps {
  title: string;
  name: string;
  place: number;
  count: number;
  list: RefObject<HTMLOListElement | null>;
}

/** The handle that moves a layer: by dragging, or with the arrow keys. */
export function Grip({ title, name, place, count, list }: GripProps) {
  const grip = useRef<HTMLButtonElement>(null);
  const target = useRef<number | null>(null);
  useLayoutEffect(() => {
    // Moving an element in the page removes the focus from it.
    if (carried.peek() !== name) return;
    carried.value = null;
    grip.current?.focus();
  }, [place, name]);

  const move = (to: number) => {
    if (to === place || to < 0 || to >= count) return;
    carried.value = name;
    revise({ kind: 'move', from: place, to });
  };
  const mark = (to: number | null, y = 0) => {
    target.current = to;
    const items = [...(list.current?.children ?? [])] as HTMLElement[];
    for (const [at, item] of items.entries()) {
      item.classList.toggle('carried', to !== null && at === place);
      item.classList.toggle('above', to !== null && to < place && at === to);
      item.classList.toggle('beneath', to !== null && to > place && at === to);
      item.style.translate = to !== null && at === place ? `0 ${y}px` : '';
    }
  };
  const start = useRef<{ y: number; middles: number[] } | null>(null);
  return (
    <button
      ref={grip}
      type="button"
      class="grip"
      aria-label={words.grip(title, name, place + 1, count)}
      title={words.grip(title, name, place + 1, count)}
      onKeyDown={(event) => {
        const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (by === undefined) {
          if (event.key === 'Escape') mark(null);
          return;
        }
        event.preventDefault();
        move(place + by);
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const items = [...(list.current?.children ?? [])];
        const middles = items.map((item) => {
          const { top, height } = item.firstElementChild?.getBoundingClientRect() ?? item.getBoundingClientRect();
          return top + height / 2;
        });
        start.current = { y: event.clientY, middles };
      }}
      onPointerMove={(event) => {
        const from = start.current;
        if (!from) return;
        const by = event.clientY - from.y;
        mark(landing(from.middles, place, by), by);
      }}
      onPointerUp={() => {
        const to = target.current;
        start.current = null;
        mark(null);
        if (to !== null) move(to);
      }}
      onPointerCancel={() => {
        start.current = null;
        mark(null);
      }}
    >
      <Sign d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" />
    </button>
  );
}

/** The position at which a dragged layer would be dropped: after every layer whose middle is above its own middle. */

export function landing(middles: readonly number[], place: number, by: number): number {
  const own = (middles[place] ?? 0) + by;
  return middles.filter((middle, other) => other !== place && middle < own).length;
}
