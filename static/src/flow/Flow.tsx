import { useEffect, useState } from 'preact/hooks';
import { isKnown, keepFlow, refused, retry, shown, type Told, toGradients } from '../state/flow';
import { sayTrouble } from '../state/trouble';
import { texts } from '../texts';
import { Bars } from './Bars';
import { FlowSentence } from './FlowSentence';
import { Notes } from './Notes';
import { Reading } from './Reading';
import { FAR, type Verdict, verdictOf } from './verdict';
import './flow.css';

const words = texts.flow;

/** How large the gradient is at each layer, what that comes to, and which units stop it. */
export function Flow() {
  useEffect(keepFlow, []);
  if (!isKnown.value) {
    return (
      <p class="flow-aside">
        {words.notReached}{' '}
        <button type="button" class="link" onClick={toGradients}>
          {words.goThere}
        </button>
      </p>
    );
  }
  return (
    <>
      <Trouble />
      {shown.value ? <Strip of={shown.value} /> : !refused.value && <p class="flow-aside">{words.working}</p>}
    </>
  );
}

function Strip({ of }: { of: Told }) {
  // By its name: under a pointer at rest an edit changes the numbers, not which layer is looked at.
  const [pointed, setPointed] = useState<string | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const row = of.flow.rows.find(({ layer }) => layer === (pointed ?? focused)) ?? null;
  const healthy = of.flow.rows.every(({ dead, saturated }) => dead.length + saturated.length === 0);
  return (
    <div class="flow-told">
      <p class="flow-verdict">
        <FlowSentence of={verdictSentence(verdictOf(of.flow))} />
      </p>
      <Bars of={of} onPoint={setPointed} onFocus={setFocused} />
      <p class="flow-reading">
        <Reading of={row} />
        {healthy && <span>{words.healthy}</span>}
      </p>
      <Notes of={of} />
    </div>
  );
}

function verdictSentence(verdict: Verdict) {
  const said = words.verdict;
  if (verdict.kind === 'stopped') return said.stopped(verdict.layer);
  if (!('times' in verdict)) return said[verdict.kind];
  return said[verdict.kind]({ value: verdict.times, ref: null }, { value: FAR, ref: null });
}

function Trouble() {
  const trouble = refused.value;
  return (
    <div role="alert">
      {trouble && (
        <p class="message">
          {sayTrouble(trouble)}{' '}
          <button type="button" class="link" onClick={retry}>
            {texts.problems.retry}
          </button>
        </p>
      )}
    </div>
  );
}
