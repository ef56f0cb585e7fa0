import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { canZoom, FACES, faceChoice, keepCloseUp, SCALES, scale, setFace, setScale, zoomBy } from '../state/maps';
import { asTable, pieces, titleOfNetwork, trace } from '../state/store';
import { fromAfar, lecture } from '../state/view';
import { texts } from '../texts';
import { SignButton } from '../ui/buttons';
import { Choice } from '../ui/choices';
import { palette } from '../ui/heat';
import { hasFrozen, LockKey } from '../ui/Lock';
import { Fewer, LectureButton, TableToggle } from '../ui/PictureTools';
import { OtherSample, SampleChoice } from '../ui/SamplePick';
import { useRoom } from '../ui/useMeasured';
import { CloseUp } from './CloseUp';
import { ColumnView } from './ColumnView';
import { betweenColumns, large } from './layout';
import { complete, frame, layout, space, type } from './view';
import './maps.css';
import './close-up.css';
import './afar.css';
import './controls.css';

const words = texts.maps;

/** A network that works on images, as maps or as tables. */
export function FeatureMaps({ Tables }: { Tables: FunctionComponent }) {
  const table = asTable.value;
  return (
    <div
      class={table ? 'feature-maps as-tables' : 'feature-maps'}
      style={{
        '--between': `${betweenColumns(space.value)}px`,
        '--type': `${type.value}px`,
        '--large': large(type.value),
      }}
    >
      <MapControls />
      {table ? <Tables /> : <Maps />}
    </div>
  );
}

/** A column of maps for each layer, and below them the close-up. */
function Maps() {
  const room = useRef<HTMLDivElement>(null);
  useEffect(keepCloseUp, []);
  useRoom(room, (found) => {
    frame.value = found;
  });
  const colours = palette.value;
  const working = new Set(pieces.value.map(({ stage }) => stage.layer));
  const label = texts.maps.label(titleOfNetwork(trace.value?.document.name ?? ''));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard. */}
      <section class="columns" ref={room} tabIndex={0} aria-label={label}>
        {layout.value.map((placed) => (
          <ColumnView
            key={placed.column.id}
            placed={placed}
            palette={colours}
            current={placed.column.layer !== null && working.has(placed.column.layer.name)}
          />
        ))}
      </section>
      <MapKey />
      <CloseUp />
    </>
  );
}

/** How the maps are shown: which numbers, on which scale, how large, and of which sample. */
function MapControls() {
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
            <SignButton title={words.zoomOut} d="M3 8h10" disabled={!canZoom(-1)} onClick={() => zoomBy(-1)} />
            <SignButton title={words.zoomIn} d="M8 3v10M3 8h10" disabled={!canZoom(1)} onClick={() => zoomBy(1)} />
          </>
        )}
        {lecture.value && <LectureButton />}
      </span>
    </div>
  );
}

/** The meaning of the colours, in words.key. */
function MapKey() {
  return (
    <ul class="maps-key">
      <li>
        <i class="swatch both" /> {words.key.both}
      </li>
      <li>
        <i class="swatch one-sign" /> {words.key.one}
      </li>
      <li>
        <i class="swatch none" /> {words.key.none}
      </li>
      {hasFrozen.value && (
        <li>
          <LockKey />
        </li>
      )}
    </ul>
  );
}
