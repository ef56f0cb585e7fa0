import { Choice } from '../page/Choice';
import { Fewer } from '../page/Fewer';
import { LectureButton } from '../page/Folds';
import { OtherSample } from '../page/OtherSample';
import { SampleChoice } from '../page/SampleChoice';
import { TableToggle } from '../page/TableToggle';
import { fromAfar } from '../state/frame';
import { canZoom, FACES, faceChoice, SCALES, scale, setFace, setScale, zoomBy } from '../state/maps';
import { asTable } from '../state/store';
import { lecture } from '../state/view';
import { texts } from '../texts';
import { complete } from './view';
import './controls.css';

const words = texts.maps;

/** How the maps are shown: what, on which scale, how large, and of which sample. */
export function MapControls() {
  return (
    <div class="map-controls">
      <Choice name="maps-face" words={words.face} options={FACES} chosen={faceChoice.value} onChoose={setFace} />
      {!asTable.value && (
        <Choice name="maps-scale" words={words.scale} options={SCALES} chosen={scale.value} onChoose={setScale} />
      )}
      {asTable.value && <OtherSample />}
      <SampleChoice />
      <span class="map-zoom">
        {fromAfar.value && !asTable.value && !complete.value && <Fewer onClick={() => zoomBy(1)} />}
        <TableToggle />
        {!asTable.value && (
          <>
            <Zoom by={-1} sign="M3 8h10" title={words.zoomOut} />
            <Zoom by={1} sign="M8 3v10M3 8h10" title={words.zoomIn} />
          </>
        )}
        {lecture.value && <LectureButton />}
      </span>
    </div>
  );
}

function Zoom({ by, sign, title }: { by: 1 | -1; sign: string; title: string }) {
  return (
    <button
      type="button"
      class="quiet"
      title={title}
      aria-label={title}
      aria-disabled={!canZoom(by)}
      onClick={() => zoomBy(by)}
    >
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={sign} />
      </svg>
    </button>
  );
}
