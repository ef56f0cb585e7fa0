import { render } from 'preact';
import { App } from './page/App';
import { start } from './state/starting';
import { apply } from './state/theme';
import { texts } from './texts';
import './styles/fonts.css';
import './styles/colours.css';
import './styles/base.css';
import './styles/fields.css';
import './page/page.css';
import './page/tablets.css';
import './page/narrow.css';
import './page/folds.css';
import './page/paper.css';

/** Forced colours are rare: only then their style sheet is loaded. */
const forced = matchMedia('(forced-colors: active)');
const style = () => forced.matches && void import('./styles/forced.css');

apply();
style();
forced.addEventListener('change', style);
document.documentElement.lang = texts.lang;
const app = document.getElementById('app') as HTMLElement;
if (location.pathname.startsWith('/embed/')) {
  void import('./page/Reader').then(({ showFrame }) => showFrame(app));
} else {
  // The code of a class is for the whole session, and needs no network.
  void start().then(async () => {
    if (new URLSearchParams(location.search).has('class')) await (await import('./state/classCode')).enterByLink();
  });
  render(<App />, app);
}
