import { useFocusBack } from '../useFocusBack';
import { messageId, messages, refusedAt } from './trouble';
import { WayOut } from './WayOut';

/** What is wrong at one of these places, said beneath them, with what helps. */
export function Messages({ at, place }: { at: (where: string) => boolean; place?: 'picture' | 'inspector' }) {
  const focusBack = useFocusBack();
  const found = messages.value.filter(({ where }) => at(where));
  return (
    <div role="alert" class="messages" {...focusBack}>
      {found.map(({ where, text }) => (
        <p key={where + text} id={messageId(where, place)} class="message">
          {text} {where === refusedAt.value && <WayOut />}
        </p>
      ))}
    </div>
  );
}
