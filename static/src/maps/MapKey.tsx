import { hasFrozen, LockKey } from '../LockKey';
import { texts } from '../texts';

const words = texts.maps.key;

/** What the colours mean, in words. */
export function MapKey() {
  return (
    <ul class="maps-key">
      <li>
        <i class="swatch both" /> {words.both}
      </li>
      <li>
        <i class="swatch one-sign" /> {words.one}
      </li>
      <li>
        <i class="swatch none" /> {words.none}
      </li>
      {hasFrozen.value && (
        <li>
          <LockKey />
        </li>
      )}
    </ul>
  );
}
