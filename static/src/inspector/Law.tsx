import type { JSX } from 'preact';
import { foreign, inPageWords } from '../service-words';

/** The rule that a number follows, as the service words it; its Unicode indices are set as real ones. */
export function Law({ of }: { of: string }) {
  return (
    <p class="law" lang={foreign(of)}>
      {inPageWords(of)
        .split(/(ᵀ|[ₖᵢ]|_new)/)
        .map((part) => INDICES[part] ?? part)}
    </p>
  );
}

const INDICES: Readonly<Record<string, JSX.Element>> = {
  ᵀ: <sup>T</sup>,
  ₖ: <sub>k</sub>,
  ᵢ: <sub>i</sub>,
  _new: <sub>new</sub>,
};
