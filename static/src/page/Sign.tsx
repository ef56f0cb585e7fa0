import { texts } from '../texts';

const words = texts.share.notice;

/** A small drawing on a button, drawn in a field of 16 by 16. */
export function Sign({ d }: { d: string }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

/** A button that puts a message away. */
export function Close({ onClose }: { onClose: () => void }) {
  return (
    <button type="button" class="quiet" aria-label={words.close} title={words.close} onClick={onClose}>
      <Sign d="M4 4l8 8M12 4l-8 8" />
    </button>
  );
}
