import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { later } from '../page/Later';
import { isOfImages } from '../shape';
import { trace as traceState } from '../state/store';
import { texts } from '../texts';
import { Contents } from './Contents';
import { Controls } from './Controls';
import { LayerTable } from './LayerTable';
import { Legend } from './Legend';
import { Notice } from './Notice';
import { rove } from './roving';
import { placed, space } from './view';
import { attachZoom, refit, view } from './zoom';
import './diagram.css';
import './lines.css';
import './nodes.css';

const FeatureMaps = later(() => import('../maps/FeatureMaps').then(({ FeatureMaps }) => FeatureMaps));

export function Diagram() {
  const frame = useRef<HTMLDivElement>(null);
  useSpace(frame);
  const trace = traceState.value;
  return (
    <section class="diagram" aria-labelledby="diagram-title">
      <h2 id="diagram-title" class="visually-hidden">
        {texts.diagram.title}
      </h2>
      <div class="canvas" ref={frame}>
        {trace && (trace.nodes ? <Picture /> : isOfImages(trace) ? <FeatureMaps /> : <LayerTable trace={trace} />)}
        <Notice />
      </div>
    </section>
  );
}

function Picture() {
  const svg = useRef<SVGSVGElement>(null);
  const content = placed.value;
  const room = space.value;
  useEffect(() => (svg.current ? attachZoom(svg.current) : undefined), []);
  useLayoutEffect(() => {
    if (svg.current) refit(svg.current, content, room);
  }, [content, room]);
  const { x, y, scale } = view.value;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset. */}
      <svg
        ref={svg}
        role="group"
        aria-label={texts.diagram.label(traceState.value?.document.name ?? '')}
        aria-description={texts.diagram.hint}
        onKeyDown={rove}
      >
        <g transform={`translate(${x} ${y}) scale(${scale})`}>
          <Contents />
        </g>
      </svg>
      <Controls svg={svg} />
      <Legend />
    </>
  );
}

function useSpace(frame: { current: HTMLDivElement | null }): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => {
      const { width, height } = element.getBoundingClientRect();
      if (width > 0 && height > 0) space.value = { width, height };
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
}
