import { symbolOf } from '../maths/names';
import { Close } from '../page/Sign';
import { Told } from '../page/Told';
import type { Sentence } from '../say';
import { trace } from '../state/store';
import { goOnWithTheNew } from '../state/training';
import { type Note, note } from '../state/walking';
import { texts } from '../texts';
import { SentenceText } from '../timeline/SentenceText';

const words = texts.training.notes;
export const NOTE = 'training-note';

/** Why one is not where one wanted to be, and what can be done. */
export function StepNote() {
  const { value } = note;
  return (
    <div role="alert" id={NOTE} class="training-note">
      {value && (
        <p>
          <span>
            <NoteText of={value} />
            {(value.kind === 'differs' || value.kind === 'strays') && (
              <>
                {' '}
                <button type="button" class="link" onClick={() => void goOnWithTheNew()}>
                  {words.goOn}
                </button>
              </>
            )}
          </span>
          <Close onClose={close} />
        </p>
      )}
    </div>
  );
}

function NoteText({ of }: { of: Note }) {
  switch (of.kind) {
    case 'stopped':
      return <SentenceText of={words.stopped(of.step, named(of.where))} />;
    case 'differs':
      return <>{words.differs(of.step)}</>;
    case 'strays':
      return <>{words.strays(of.first, of.step)}</>;
    case 'begins':
      return <>{of.origin === 'link' ? words.link(of.step) : words.edited(of.step)}</>;
    case 'unknown':
      return <>{words.unknown(of.text, of.least, of.most)}</>;
    case 'refused':
      return <Told text={words.refused(of.detail)} />;
    case 'running':
      return <>{words.running}</>;
    case 'gone':
      return <>{words.gone(of.step)}</>;
  }
}

const named = (ref: string): Sentence => (trace.value ? [{ symbol: symbolOf(trace.value, ref), ref }] : [ref]);

function close(): void {
  note.value = null;
}
