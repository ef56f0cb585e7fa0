/** Told by shape: a crossed box for what is dead, a curve that has gone flat for what is saturated. */
const PATHS = { dead: 'M2.5 2.5h11v11h-11zM5.5 5.5l5 5M10.5 5.5l-5 5', saturated: 'M1.5 13c5 0 3.5-9.5 7-9.5h6' };

export function Sign({ kind }: { kind: keyof typeof PATHS }) {
  return (
    <svg class={`flow-sign flow-${kind}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[kind]} />
    </svg>
  );
}
