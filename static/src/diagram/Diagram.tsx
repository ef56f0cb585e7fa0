import type { FunctionComponent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isOfImages } from '../model/lookup';
import { hurried } from '../state/rapidInput';
import { asTable, titleOfNetwork, trace as traceState } from '../state/store';
import { frame as frameState, lecture } from '../state/view';
import { noBar, setBar, space } from '../state/visibleGraph';
import { texts } from '../texts';
import { SignButton } from '../ui/buttons';
import { PictureWarnings } from '../ui/Messages';
import { NothingOpen, Notice } from '../ui/notes';
import { Fewer, LectureButton, TableToggle } from '../ui/PictureTools';
import { goRound } from '../ui/roving';
import { OtherSample, SampleChoice } from '../ui/SamplePick';
import { useRoom } from '../ui/useMeasured';
import { Contents } from './Contents';
import { Legend } from './Legend';
import { followColumn, pointing } from './pointing';
import { asParts, complete, drawnOpening, faces, placed } from './view';
import { attachZoom, refit, turnTo, zoomBy } from './zoom';
import { isClose, lookAtSelected, onDoubleClick, seeAll, selectedSubject, subjectAt } from './zoomToSelection';
import './diagram.css';
import './heat.css';
import './lines.css';
import './nodes.css';

interface Props {
  /** What the other views draw instead of the units, and below the picture. */
  Maps: FunctionComponent;
  Tables: FunctionComponent;
  Foot: FunctionComponent;
}

export function Diagram({ Maps, Tables, Foot }: Props) {
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
        {trace && (isOfImages(trace) ? <Maps /> : <Units Tables={Tables} />)}
        <PictureWarnings />
        <NothingOpen />
        <Notice />
      </div>
      <Foot />
    </section>
  );
}

/** A network of single units, as a picture or as tables. */
function Units({ Tables }: Pick<Props, 'Tables'>) {
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
  useLayoutEffect(() => (picture.current ? followColumn(picture.current) : undefined), []);
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
        aria-label={texts.diagram.label(titleOfNetwork(traceState.value?.document.name ?? ''))}
        aria-description={texts.diagram.hint}
        onKeyDown={(event) => goRound(event, [...event.currentTarget.querySelectorAll<SVGElement>('[data-part]')])}
        onDblClick={onDoubleClick}
        {...(asParts.value ? {} : pointing)}
      >
        <Contents />
      </div>
      <Legend />
    </>
  );
}

const CLOSER = 1.3;
/** The distance between the controls and the edges of the diagram, as in the styles. */
const EDGE = 10;

/** The choice of the sample, of table or picture, and of the zoom. */
function Controls() {
  const bar = useRef<HTMLDivElement>(null);
  useRoom(bar, ({ width, height }) => setBar({ width: width + EDGE, height: height + EDGE }, drawnOpening.peek()));
  useLayoutEffect(() => noBar, []);
  return (
    <div class="diagram-controls" ref={bar}>
      <OtherSample />
      <SampleChoice />
      <TableToggle />
      {!asTable.value && <Zoom />}
      {lecture.value && <LectureButton />}
    </div>
  );
}

function Zoom() {
  const close = isClose.value;
  const closer = close ? texts.diagram.closeBack : texts.diagram.close;
  return (
    <>
      {!complete.value && <Fewer onClick={() => zoomBy(CLOSER)} />}
      {/* It keeps its space while nothing is selected, so that the other controls do not move. */}
      <SignButton
        title={closer}
        label={texts.diagram.close}
        d="M8 3.5a4.5 4.5 0 1 0 .01 0M8 1v4.5M8 10.5V15M1 8h4.5M10.5 8H15"
        pressed={close}
        class={selectedSubject.value === null ? 'absent' : ''}
        onClick={lookAtSelected}
      />
      <SignButton title={texts.diagram.zoomOut} d="M4 8h8" onClick={() => zoomBy(1 / CLOSER)} />
      <SignButton title={texts.diagram.zoomIn} d="M4 8h8M8 4v8" onClick={() => zoomBy(CLOSER)} />
      <SignButton
        title={texts.diagram.fit}
        d="M1.5 3v10M14.5 3v10M4 8h8M6 5.5 3.5 8 6 10.5M10 5.5 12.5 8 10 10.5"
        onClick={seeAll}
      />
    </>
  );
}
