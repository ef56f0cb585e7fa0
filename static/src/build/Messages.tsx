import { Told } from '../page/Told';
import { messageId, messages } from './trouble';

/** What is wrong at one of these places, said beneath them. */
export function Messages({ at }: { at: (where: string) => boolean }) {
  return (
    <div role="alert" class="messages">
      {messages.value
        .filter(({ where }) => at(where))
        .map(({ where, text }) => (
          <p key={where + text} id={messageId(where)} class="message">
            <Told text={text} />
          </p>
        ))}
    </div>
  );
}
