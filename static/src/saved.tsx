/** A saved web page: the explorer with the answers for one network, which the service has written into it. */

import { render } from 'preact';
import { answerBy } from './api/client';
import { answering, readAnswers } from './api/stored';
import type { SharedState } from './model/shared-state';
import { Reader } from './page/Reader';
import { licences, openReading } from './state/reading';
import { apply } from './state/theme';
import { report } from './state/tracing';
import { texts } from './texts';
import './styles/fonts.css';
import './styles/colours.css';
import './styles/base.css';
import './styles/fields.css';
import './styles/forced.css';
import './page/notice.css';
import './page/page.css';
import './page/tablets.css';
import './page/narrow.css';
import './page/folds.css';
import './page/paper.css';

declare global {
  /** The answers that the page was saved with, as text. */
  var saved: string;
}

const answers = readAnswers(globalThis.saved);
answerBy(answering(answers));
licences.value = answers.get('licences') as string;
apply();
document.documentElement.lang = texts.lang;
void openReading(answers.get('opening') as SharedState).catch(report);
render(<Reader note={texts.header.saved} />, document.getElementById('app') as HTMLElement);
