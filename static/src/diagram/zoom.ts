import { signal } from '@preact/signals';
import { select } from 'd3-selection';
import { type D3ZoomEvent, zoom, zoomIdentity } from 'd3-zoom';
import { fitted, type Size } from './layout';

export interface View {
  x: number;
  y: number;
  scale: number;
}

export const view = signal<View>({ x: 0, y: 0, scale: 1 });
/** Once somebody has zoomed or panned, resizing leaves their view alone. */
const moved = signal(false);

const EXTENT: [number, number] = [0.15, 5];

const behaviour = zoom<SVGSVGElement, unknown>()
  .scaleExtent(EXTENT)
  .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<SVGSVGElement, unknown>) => {
    view.value = { x: transform.x, y: transform.y, scale: transform.k };
    if (sourceEvent) moved.value = true;
  });

export function attachZoom(svg: SVGSVGElement): () => void {
  const target = select(svg);
  target.call(behaviour).on('dblclick.zoom', null);
  return () => {
    target.on('.zoom', null);
  };
}

export function fitView(svg: SVGSVGElement, content: Size, space: Size): void {
  const { scale, x, y } = fitted(content, space);
  moved.value = false;
  select(svg).call(behaviour.transform, zoomIdentity.translate(x, y).scale(scale));
}

export function refit(svg: SVGSVGElement, content: Size, space: Size): void {
  if (!moved.peek()) fitView(svg, content, space);
}

export function zoomBy(svg: SVGSVGElement, factor: number): void {
  moved.value = true;
  select(svg).call(behaviour.scaleBy, factor);
}
