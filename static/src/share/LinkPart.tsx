import { useEffect, useState } from 'preact/hooks';
import { copied } from '../clipboard';
import { shared, way } from '../state/sharing';
import { trainingStep } from '../state/store';
import { view } from '../state/view';
import { ways } from '../texts/ways';
import { addressWith } from './address';
import { type Packing, packing } from './packing';

const words = ways.link;

export function LinkPart() {
  const base = shared.value;
  const [wanted, setWanted] = useState(base?.start != null);
  const start = wanted ? way.value : null;
  const [made, setMade] = useState<Packing | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    let newest = true;
    setSaid('');
    if (base) void packing({ ...base, start }).then((packed) => newest && setMade(packed));
    return () => {
      newest = false;
    };
  }, [base, start]);
  const copy = async (payload: string) => {
    setSaid((await copied(addressWith(`${view.value}&s=${payload}`))) ? words.copied : words.failed);
  };
  // While it is made it has its room, so that what stands beneath does not move.
  const link = made?.fits === false ? null : made;
  return (
    <section aria-busy={made === null}>
      <h3>{words.title}</h3>
      {made?.fits !== false && <p>{words.says}</p>}
      <Way wanted={wanted} onWanted={setWanted} />
      {made?.fits === false ? (
        <p role="alert" class="message">
          {(made.why === 'numbers' ? words.tooMany : words.tooLong)(made.asked, made.allowed)}
        </p>
      ) : (
        <>
          <p class="row">
            <button type="button" class="primary" aria-disabled={!link} onClick={() => link && void copy(link.payload)}>
              {words.copy}
            </button>
            <span aria-live="polite">{said}</span>
          </p>
          <p class={link ? 'state' : 'state waiting'}>{words.ending(link?.hash ?? '0'.repeat(16))}</p>
        </>
      )}
    </section>
  );
}

/** Whether the link leads back to the training steps before. */
function Way({ wanted, onWanted }: { wanted: boolean; onWanted: (wanted: boolean) => void }) {
  const [{ value: found }, { value: step }] = [way, trainingStep];
  if (!found) return step > 1 ? <p>{words.noWay(step)}</p> : null;
  return (
    <>
      <p>
        <label class="way" title={words.wayTitle}>
          <input type="checkbox" checked={wanted} onChange={(event) => onWanted(event.currentTarget.checked)} />
          {words.way(found.step)}
        </label>
      </p>
      <p>{wanted ? words.hasWay(step, found.step) : words.noWay(step)}</p>
    </>
  );
}
