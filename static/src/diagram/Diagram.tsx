import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { cursor as cursorState, trace as traceState } from '../state/store';
import { texts } from '../texts';
import { Controls } from './Controls';
import { Edge, EdgeNumber } from './Edge';
import { Goal } from './Goal';
import { inkOf, largest, quantityAt } from './ink';
import { LayerTable } from './LayerTable';
import { Legend } from './Legend';
import { Node } from './Node';
import { Notice } from './Notice';
import { rove } from './roving';
import { focus, labels, placed, space } from './view';
import { attachZoom, refit, view } from './zoom';
import './diagram.css';

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
        {trace && (trace.nodes ? <Picture /> : <LayerTable trace={trace} />)}
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

function Contents() {
  const trace = traceState.value;
  const cursor = cursorState.value;
  if (!trace?.nodes || !trace.edges) return null;
  const layout = placed.value;
  const attention = focus.value;
  const { stages } = trace;
  const scale = largest(trace.edges, quantityAt(stages, cursor));
  const fresh = new Map(trace.edges.map((edge) => [edge.id, edge]));
  const nodes = new Map(trace.nodes.map((node) => [node.id, node]));
  const edges = layout.edges.map((placed) => {
    const edge = fresh.get(placed.edge.id) ?? placed.edge;
    return {
      key: edge.id,
      placed: { ...placed, edge },
      ink: inkOf(edge, stages, cursor, scale),
      label: labels.value.get(edge.id),
      current: attention.edges.has(edge.id),
      flow: attention.flow,
      moment: cursor,
    };
  });
  return (
    <>
      <g class="edges">
        {edges.map(({ key, ...props }) => (
          <Edge key={key} {...props} />
        ))}
      </g>
      <g class="edge-numbers">
        {edges.map(({ key, ...props }) => (
          <EdgeNumber key={key} {...props} />
        ))}
      </g>
      <g class="nodes">
        {layout.nodes.map((placed, place) => (
          <Node
            key={placed.node.id}
            placed={{ ...placed, node: nodes.get(placed.node.id) ?? placed.node }}
            stages={stages}
            cursor={cursor}
            current={attention.nodes.has(placed.node.id)}
            first={place === 0}
          />
        ))}
      </g>
      <Goal trace={trace} layout={layout} focus={attention} cursor={cursor} />
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
