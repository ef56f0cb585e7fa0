import { computed } from '@preact/signals';
import { hasFrozenParts } from './frozen';
import { Lock } from './Lock';
import { trace } from './state/store';
import { texts } from './texts';

export const hasFrozen = computed(() => trace.value !== null && hasFrozenParts(trace.value));

/** What a lock means, in the key of a picture that has one. */
export function LockKey() {
  if (!hasFrozen.value) return null;
  return (
    <span class="lock-key" title={texts.names.frozen}>
      <Lock /> {texts.build.fields.frozen}
    </span>
  );
}
