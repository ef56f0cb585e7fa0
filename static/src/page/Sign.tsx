/** A small drawing on a button, drawn in a field of 16 by 16. */
export function Sign({ d }: { d: string }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
