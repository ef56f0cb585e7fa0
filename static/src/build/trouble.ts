import { computed } from '@preact/signals';
import { drafts, trouble } from '../state/store';
import { texts } from '../texts';
import { messagesOf } from './messages';

/** What the service refused. */
export const refused = computed(() => messagesOf(trouble.value));

/** Everything that is wrong right now, the server's word and the page's own together. */
export const messages = computed(() => [
  ...Object.entries(drafts.value).map(([where, text]) => ({ where, text: texts.problems.notANumber(text) })),
  ...refused.value,
]);

export const messageId = (where: string): string => `message${where.replaceAll('/', '-')}`;
