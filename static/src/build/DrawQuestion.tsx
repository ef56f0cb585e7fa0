import { useEffect, useRef } from 'preact/hooks';
import { network } from '../state/store';
import { texts } from '../texts';
import { asked, drawAllTheSame, keepWeights, type Place } from './drawing';

const words = texts.build.drawing;

interface Props {
  at?: number | undefined;
  onDone?: () => void;
}

/** Asks, where it is pressed, before weights go that no seed gives. Escape keeps them, and so does the button at hand. */
export function DrawQuestion({ at, onDone }: Props) {
  const keep = useRef<HTMLButtonElement>(null);
  const question = asked.value?.at === at ? asked.value : null;
  const open = question !== null;
  useEffect(() => {
    if (open) keep.current?.focus();
  }, [open]);
  if (!question) return null;
  const answer = (does: () => void) => () => {
    does();
    onDone?.();
  };
  const id = idOf(at);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be named by the paragraph that it holds.
    <div
      class="draw-question"
      role="group"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        answer(keepWeights)();
      }}
    >
      <p id={id}>
        {at === undefined
          ? words.question(network.value?.seed ?? 0)
          : words.questionOf(network.value?.layers[at]?.name ?? texts.build.layers.fresh)}
      </p>
      <button ref={keep} type="button" class="plain" onClick={answer(keepWeights)}>
        {words.keep}
      </button>
      <button type="button" class="plain" onClick={answer(drawAllTheSame)}>
        {words.yes}
      </button>
    </div>
  );
}

const idOf = (at: Place): string => `draw-question-${at ?? 'all'}`;
