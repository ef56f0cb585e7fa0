import { useEffect, useState } from 'preact/hooks';
import { copied } from '../clipboard';
import { shared } from '../state/sharing';
import { view } from '../state/view';
import { texts } from '../texts';
import { addressWith } from './address';
import { type Packing, packing } from './packing';

const words = texts.share.link;

export function LinkPart() {
  const state = shared.value;
  const [made, setMade] = useState<Packing | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    let newest = true;
    setSaid('');
    if (state) void packing(state).then((packed) => newest && setMade(packed));
    return () => {
      newest = false;
    };
  }, [state]);
  if (!made) return <section aria-busy="true" />;
  if (!made.fits) {
    return (
      <section>
        <h3>{words.title}</h3>
        <p role="alert" class="message">
          {(made.why === 'numbers' ? words.tooMany : words.tooLong)(made.asked, made.allowed)}
        </p>
      </section>
    );
  }
  const copy = async () => {
    setSaid((await copied(addressWith(`${view.value}&s=${made.payload}`))) ? words.copied : words.failed);
  };
  return (
    <section>
      <h3>{words.title}</h3>
      <p>{words.says}</p>
      <p class="row">
        <button type="button" class="primary" onClick={() => void copy()}>
          {words.copy}
        </button>
        <span aria-live="polite">{said}</span>
      </p>
      <p class="state" title={words.stateTitle}>
        {words.state} <code>{made.hash}</code>
      </p>
    </section>
  );
}
