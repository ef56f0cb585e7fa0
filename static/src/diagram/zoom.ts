import { computed, signal } from '@preact/signals';
import { select } from 'd3-selection';
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom';
import { fitted, type Size } from './layout';

export interface View {
  x: number;
  y: number;
  scale: number;
}

export const view = signal<View>({ x: 0, y: 0, scale: 1 });
/** Text of the size of numbers cannot be read below this. */
const FAR = 0.5;
export const isFar = computed(() => view.value.scale < FAR);

/** Once somebody has zoomed or panned, resizing leaves their view alone. */
const moved = signal(false);

const EXTENT: [number, number] = [0.15, 5];

const behaviour = zoom<HTMLElement, unknown>()
  .scaleExtent(EXTENT)
  .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
    view.value = { x: transform.x, y: transform.y, scale: transform.k };
    if (sourceEvent) moved.value = true;
  });

export function attachZoom(picture: HTMLElement): () => void {
  const target = select(picture);
  target.call(behaviour).on('dblclick.zoom', null);
  return () => {
    target.on('.zoom', null);
  };
}

export function fitView(picture: HTMLElement, content: Size, space: Size): void {
  const { scale, x, y } = fitted(content, space);
  moved.value = false;
  select(picture).call(behaviour.transform, zoomIdentity.translate(x, y).scale(scale));
}

export function refit(picture: HTMLElement, content: Size, space: Size): void {
  if (!moved.peek()) fitView(picture, content, space);
}

export function zoomBy(picture: HTMLElement, factor: number): void {
  moved.value = true;
  select(picture).call(behaviour.scaleBy, factor);
}
