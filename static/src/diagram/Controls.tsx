import { useLayoutEffect, useRef } from 'preact/hooks';
import { LectureButton } from '../page/Folds';
import { Fewer, TableToggle } from '../page/PictureTools';
import { OtherSample, SampleChoice } from '../page/SamplePick';
import { Sign } from '../page/Sign';
import { asTable } from '../state/store';
import { lecture } from '../state/view';
import { texts } from '../texts';
import { useRoom } from '../useMeasured';
import { isClose, lookAtSelected, seeAll, selectedSubject } from './closing';
import { noBar, setBar } from './space';
import { complete, drawnOpening } from './view';
import { zoomBy } from './zoom';

const CLOSER = 1.3;
/** Between the controls and the edges of the diagram, as the styles have it. */
const EDGE = 10;

/** Which row of the batch is shown, and how: as a table, or as a picture to look at closely. */
export function Controls() {
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
      {/* Its room is kept while nothing is selected: the others stay where they are. */}
      <button
        type="button"
        class={selectedSubject.value === null ? 'quiet absent' : 'quiet'}
        title={closer}
        aria-label={texts.diagram.close}
        aria-pressed={close}
        onClick={lookAtSelected}
      >
        <Sign d="M8 3.5a4.5 4.5 0 1 0 .01 0M8 1v4.5M8 10.5V15M1 8h4.5M10.5 8H15" />
      </button>
      <button
        type="button"
        class="quiet"
        title={texts.diagram.zoomOut}
        aria-label={texts.diagram.zoomOut}
        onClick={() => zoomBy(1 / CLOSER)}
      >
        <Sign d="M4 8h8" />
      </button>
      <button
        type="button"
        class="quiet"
        title={texts.diagram.zoomIn}
        aria-label={texts.diagram.zoomIn}
        onClick={() => zoomBy(CLOSER)}
      >
        <Sign d="M4 8h8M8 4v8" />
      </button>
      <button type="button" class="quiet" title={texts.diagram.fit} aria-label={texts.diagram.fit} onClick={seeAll}>
        <Sign d="M1.5 3v10M14.5 3v10M4 8h8M6 5.5 3.5 8 6 10.5M10 5.5 12.5 8 10 10.5" />
      </button>
    </>
  );
}
