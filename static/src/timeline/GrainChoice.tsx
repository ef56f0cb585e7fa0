import { setGrain } from '../state/moves';
import { grain } from '../state/store';
import { texts } from '../texts';
import { GRAINS } from './cursor';

export function GrainChoice() {
  return (
    <fieldset class="choice grain">
      <legend>{texts.timeline.grain}</legend>
      {GRAINS.map((one) => (
        <label key={one} title={texts.timeline.grainTitles[one]}>
          <input type="radio" name="grain" value={one} checked={grain.value === one} onChange={() => setGrain(one)} />
          <span>{texts.timeline.grains[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
