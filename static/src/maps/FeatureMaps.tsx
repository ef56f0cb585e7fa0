import { useEffect, useRef } from 'preact/hooks';
import { palette } from '../heat/palette';
import { later } from '../page/Later';
import { inPageWords } from '../service-words';
import { keepTold } from '../state/maps';
import { asTable, pieces, trace } from '../state/store';
import { texts } from '../texts';
import { useRoom } from '../useMeasured';
import { CloseUp } from './CloseUp';
import { ColumnView } from './ColumnView';
import { betweenColumns, large } from './layout';
import { MapControls } from './MapControls';
import { MapKey } from './MapKey';
import { frame, layout, space, type } from './view';
import './maps.css';
import './close-up.css';
import './afar.css';

const ImageTables = later(() => import('../tables/ImageTables').then(({ ImageTables }) => ImageTables));

/** A network that works on images: as maps, or told in tables. */
export function FeatureMaps() {
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
      {table ? <ImageTables /> : <Maps />}
    </div>
  );
}

/** A column of maps for each layer, and below a close-up of what is looked at. */
function Maps() {
  const room = useRef<HTMLDivElement>(null);
  useEffect(keepTold, []);
  useRoom(room, (found) => {
    frame.value = found;
  });
  const colours = palette.value;
  const working = new Set(pieces.value.map(({ stage }) => stage.layer));
  const label = texts.maps.label(inPageWords(trace.value?.document.name ?? ''));
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
