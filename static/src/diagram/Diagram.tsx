import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { FlowStrip } from '../flow/FlowStrip';
import { later } from '../page/Later';
import { inPageWords } from '../service-words';
import { isOfImages } from '../shape';
import { hover } from '../state/moves';
import { hurried, trace as traceState } from '../state/store';
import { texts } from '../texts';
import { Contents } from './Contents';
import { Controls } from './Controls';
import { Legend } from './Legend';
import { Notice } from './Notice';
import { pointAtLine, pressLine } from './pointing';
import { rove } from './roving';
import { asParts, placed, quantity, space } from './view';
import { attachZoom, isFar, refit } from './zoom';
import './diagram.css';
import './heat.css';
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
        {trace && (isOfImages(trace) ? <FeatureMaps /> : <Picture />)}
        <Notice />
      </div>
      <FlowStrip />
    </section>
  );
}

function Picture() {
  const picture = useRef<HTMLDivElement>(null);
  const content = placed.value;
  const room = space.value;
  useEffect(() => (picture.current ? attachZoom(picture.current) : undefined), []);
  useLayoutEffect(() => {
    if (picture.current) refit(picture.current, content, room);
  }, [content, room]);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset. */}
      <div
        class={`picture${asParts.value && !hurried.value ? '' : ' still'}${isFar.value ? ' far' : ''}`}
        ref={picture}
        role="group"
        aria-label={texts.diagram.label(inPageWords(traceState.value?.document.name ?? ''))}
        aria-description={texts.diagram.hint}
        onKeyDown={rove}
        {...(asParts.value ? {} : pointing)}
      >
        <Contents />
      </div>
      <Controls picture={picture} />
      <Legend />
    </>
  );
}

/** Where lines are no parts of the page. */
const pointing = {
  onPointerMove: (event: PointerEvent) => pointAtLine(event, placed.peek().edges),
  onPointerLeave: () => hover(null),
  onClick: (event: MouseEvent) => pressLine(event, placed.peek().edges, quantity.peek()),
};

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
