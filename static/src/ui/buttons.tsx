import type { ButtonHTMLAttributes } from 'preact';
import { texts } from '../texts';

const words = texts.share.notice;

/** An icon on a button, drawn on a grid of 16 by 16. */
export function Sign({ d }: { d: string }) {
  return (
    <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

interface ButtonProps {
  title: string;
  /** The name, if the title contains more than that. */
  label?: string;
  d: string;
  /** A disabled button does nothing and stays in place, so that the keyboard focus is not lost. */
  disabled?: boolean;
  pressed?: boolean;
  class?: string;
  onClick: () => void;
}

/** A button with an icon instead of words. */
export function SignButton({ title, label = title, d, disabled, pressed, class: more = '', onClick }: ButtonProps) {
  return (
    <button
      type="button"
      class={more ? `quiet ${more}` : 'quiet'}
      title={title}
      aria-label={label}
      aria-disabled={disabled}
      aria-pressed={pressed}
      onClick={() => disabled || onClick()}
    >
      <Sign d={d} />
    </button>
  );
}

/** A button that closes a message. */
export const Close = ({ onClose }: { onClose: () => void }) => (
  <SignButton title={words.close} d="M4 4l8 8M12 4l-8 8" onClick={onClose} />
);

type WordsProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'class'> & { class?: string };

const withWords =
  (kind: string) =>
  ({ class: more, ...rest }: WordsProps) => <button type="button" class={more ? `${kind} ${more}` : kind} {...rest} />;

/** A button that looks like a link, in a sentence or beneath one. */
export const LinkButton = withWords('link');

/** A button with words in a frame. */
export const PlainButton = withWords('plain');
