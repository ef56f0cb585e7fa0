import { useLayoutEffect, useRef } from 'preact/hooks';
import { FlowStrip } from '../flow/FlowStrip';
import { isOfImages } from '../lookup';
import { later } from '../page/Later';
import { inPageWords } from '../service-words';
import { asTable, hurried, trace as traceState } from '../state/store';
import { frame as frameState } from '../state/view';
import { texts } from '../texts';
import { useRoom } from '../useMeasured';
import { PictureWarnings } from '../warnings/Warnings';
import { attend } from './attending';
import { Contents } from './Contents';
import { Controls } from './Controls';
import { onDoubleClick, subjectAt } from './closing';
import { Legend } from './Legend';
import { NothingOpen, Notice } from './Notice';
import { pointing } from './pointing';
import { rove } from './roving';
import { space } from './space';
import { asParts, drawnOpening, faces, placed } from './view';
import { attachZoom, refit, turnTo } from './zoom';
import './diagram.css';
import './heat.css';
import './lines.css';
import './nodes.css';

const FeatureMaps = later(() => import('../maps/FeatureMaps').then(({ FeatureMaps }) => FeatureMaps));
const Tables = later(() => import('../tables/Tables').then(({ Tables }) => Tables));

export function Diagram() {
  const frame = useRef<HTMLDivElement>(null);
  useRoom(frame, (room) => {
    frameState.value = room;
  });
  const trace = traceState.value;
  return (
    <section class="diagram" aria-labelledby="diagram-title">
      <h2 id="diagram-title" class="visually-hidden">
        {texts.diagram.title}
      </h2>
      <div class="canvas" ref={frame}>
        {trace && (isOfImages(trace) ? <FeatureMaps /> : <Units />)}
        <PictureWarnings />
        <NothingOpen />
        <Notice />
      </div>
      <FlowStrip />
    </section>
  );
}

/** A network of single units: drawn, or told in tables. */
function Units() {
  return (
    <>
      {asTable.value ? <Tables /> : <Picture />}
      <Controls />
    </>
  );
}

function Picture() {
  const picture = useRef<HTMLDivElement>(null);
  const content = placed.value;
  const room = space.value;
  useLayoutEffect(() => (picture.current ? attachZoom(picture.current) : undefined), []);
  useLayoutEffect(() => (picture.current ? attend(picture.current) : undefined), []);
  const network = drawnOpening.value;
  useLayoutEffect(() => {
    turnTo(network, content);
    refit(content, room, subjectAt);
  }, [network, content, room]);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset. */}
      <div
        class={`picture${asParts.value && !hurried.value ? '' : ' still'}${faces.value.far ? ' far' : ''}`}
        ref={picture}
        role="group"
        aria-label={texts.diagram.label(inPageWords(traceState.value?.document.name ?? ''))}
        aria-description={texts.diagram.hint}
        onKeyDown={rove}
        onDblClick={onDoubleClick}
        {...(asParts.value ? {} : pointing)}
      >
        <Contents />
      </div>
      <Legend />
    </>
  );
}
