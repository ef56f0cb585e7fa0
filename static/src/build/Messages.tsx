import type { ComponentChildren } from 'preact';
import { Told } from '../page/Told';
import { trace } from '../state/store';
import { texts } from '../texts';
import { goBack } from './act';
import { messageId, messages, refused } from './trouble';

interface Props {
  at: (where: string) => boolean;
  /** What one can do about it, beside going back; without it nothing is offered. */
  children?: ComponentChildren;
  /** Whether the way back is offered from what the service refused. */
  back?: boolean;
  /** Said here a second time, as it can be put right here, too. */
  echo?: boolean;
}

/** What is wrong at one of these places, said beneath them, with the ways out. */
export function Messages({ at, children, back = false, echo = false }: Props) {
  const found = (echo ? refused : messages).value.filter(({ where }) => at(where));
  const stuck = refused.value.some(({ where }) => at(where));
  return (
    <div role="alert" class="messages">
      {found.map(({ where, text }) => (
        <p key={where + text} id={echo ? undefined : messageId(where)} class="message">
          <Told text={text} />
        </p>
      ))}
      {back && stuck && (
        <p class="ways-out">
          {children}
          {trace.value && (
            <button type="button" class="link" onClick={goBack}>
              {texts.build.back}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
