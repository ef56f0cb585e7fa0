import { Sign } from '../page/Sign';
import { comparing, inSteps, pinned, toggleComparing } from '../state/compare';
import { texts } from '../texts';
import './pinned.css';

const words = texts.compare;

/** Says that a moment is pinned, and shows or hides what differs from it. */
export function PinMark() {
  if (!pinned.value) return null;
  return (
    <button
      type="button"
      class="quiet pin-mark"
      aria-pressed={comparing.value}
      title={inSteps.value ? words.pinnedTitleAt(pinned.value.step) : words.pinnedTitle}
      onClick={toggleComparing}
    >
      <Sign d="M8 2.5 12.5 8 8 13.5 3.5 8z" />
      <span>{words.pinned}</span>
    </button>
  );
}
