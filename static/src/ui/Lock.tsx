/** The mark of a frozen parameter: a padlock, closed, or open for a parameter that can be frozen. */

import { computed } from '@preact/signals';
import { hasFrozenParts } from '../model/given';
import { trace } from '../state/store';
import { texts } from '../texts';

/** The closed padlock, 12 by 12, for drawings. */
export const LOCK = 'M2 5.5h8v5.5h-8zM3.75 5.5v-1.75a2.25 2.25 0 0 1 4.5 0v1.75';
const OPEN = 'M2 5.5h8v5.5h-8zM3.75 5.5v-2.5a2.25 2.25 0 0 1 4.25 -1';

export function Lock({ open = false }: { open?: boolean }) {
  return (
    <svg class={open ? 'lock open' : 'lock'} viewBox="0 0 12 12" aria-hidden="true">
      <path d={open ? OPEN : LOCK} />
    </svg>
  );
}

/** A lock with a name for screen readers. */
export function SpokenLock({ name }: { name: string }) {
  return (
    <span class="frozen" title={name}>
      <Lock />
      <span class="visually-hidden">{name}</span>
    </span>
  );
}

export const hasFrozen = computed(() => trace.value !== null && hasFrozenParts(trace.value));

/** The meaning of the lock, for the key of a picture that has one. */
export function LockKey() {
  if (!hasFrozen.value) return null;
  return (
    <span class="lock-key" title={texts.names.frozen}>
      <Lock /> {texts.build.fields.frozen}
    </span>
  );
}
