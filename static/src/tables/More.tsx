/** What a table leaves out, and where it is. */
export function More({ told, way, go }: { told: string; way: string; go: () => void }) {
  return (
    <p class="more">
      {told}{' '}
      <button type="button" class="link" onClick={go}>
        {way}
      </button>
    </p>
  );
}
