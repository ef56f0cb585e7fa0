import { OtherSample } from '../page/OtherSample';
import { SampleChoice } from '../page/SampleChoice';
import { TableToggle } from '../page/TableToggle';
import { asTable } from '../state/store';
import { texts } from '../texts';
import { isClose, lookAtSelected, seeAll, selectedSubject } from './closing';
import { zoomBy } from './zoom';

const CLOSER = 1.3;

/** Which row of the batch is shown, and how: as a table, or as a picture to look at closely. */
export function Controls() {
  return (
    <div class="diagram-controls">
      <OtherSample />
      <SampleChoice />
      <TableToggle />
      {!asTable.value && <Zoom />}
    </div>
  );
}

function Zoom() {
  const close = isClose.value;
  const closer = close ? texts.diagram.closeBack : texts.diagram.close;
  return (
    <>
      {/* Its room is kept while nothing is selected: the others stay where they are. */}
      <button
        type="button"
        class={selectedSubject.value === null ? 'quiet absent' : 'quiet'}
        title={closer}
        aria-label={texts.diagram.close}
        aria-pressed={close}
        onClick={lookAtSelected}
      >
        <Sign d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3M8 5.5a2.5 2.5 0 1 0 .01 0" />
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
        <Sign d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />
      </button>
    </>
  );
}

function Sign({ d }: { d: string }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
