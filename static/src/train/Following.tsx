/** Beside the views of one training step, while a training runs: which step they show, and how to follow it. */

import { effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { trace, trainingStep } from '../state/store';
import { train } from '../texts/train';
import { LinkButton } from '../ui/buttons';
import { current, openStep, reached } from './state';
import './train.css';

const words = train.following;
/** Milliseconds from one step to the next that is shown: numbers that change faster cannot be read. */
const EVERY = 250;

const following = signal(false);

export function Following() {
  const { value: run } = current;
  useEffect(() => keepFollowing(), []);
  if (run?.state !== 'running') return null;
  return (
    <section class="following" aria-label={words.title}>
      <span>
        {words.running(run.number, reached(run))} {words.shown(trainingStep.value)}
      </span>
      {!following.value && (
        <LinkButton title={words.openTitle} onClick={() => void openStep(run, reached(run))}>
          {words.open}
        </LinkButton>
      )}
      <LinkButton
        title={words.followTitle}
        aria-pressed={following.value}
        onClick={() => {
          following.value = !following.value;
        }}
      >
        {words.follow}
      </LinkButton>
    </section>
  );
}

/** Opens the newest step again and again, until one leaves what it has opened. */
export function keepFollowing(): () => void {
  let opened: string | null = null;
  let busy = false;
  let since = Number.NEGATIVE_INFINITY;
  return effect(() => {
    const { value: run } = current;
    if (!following.value) opened = null;
    if (!following.value || busy || run?.state !== 'running' || performance.now() - since < EVERY) return;
    const shown = trace.peek()?.hash ?? null;
    if (opened !== null && opened !== shown) {
      following.value = false;
      return;
    }
    busy = true;
    since = performance.now();
    void openStep(run, reached(run), opened !== null).finally(() => {
      busy = false;
      opened = trace.peek()?.hash ?? null;
    });
  });
}
