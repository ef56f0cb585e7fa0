/** The parts of a page's header that every page has: the views, the theme. */

import { readOnly } from '../state/store';
import { setTheme, THEMES, theme } from '../state/theme';
import { openView, VIEWS, type View, view } from '../state/view';
import { texts } from '../texts';
import { Choice } from '../ui/choices';

/** The views as links: the address contains the open view. */
export function Views({ of = VIEWS }: { of?: readonly View[] }) {
  return (
    <nav class="views" aria-label={texts.views.label}>
      {of.map((one) => (
        <a
          key={one}
          href={`#${one}`}
          title={texts.views.hints[one]}
          onClick={(event) => {
            if (!readOnly.value) return;
            event.preventDefault();
            openView(one);
          }}
          aria-current={view.value === one ? 'page' : undefined}
        >
          {texts.views.titles[one]}
        </a>
      ))}
    </nav>
  );
}

const SIGNS = {
  system: 'M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12',
  light:
    'M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M3 13l1.5-1.5M11.5 4.5 13 3',
  dark: 'M13 10A6 6 0 0 1 6 3a5.5 5.5 0 1 0 7 7z',
};

/** The colour theme. */
export function ThemeChoice() {
  return (
    <Choice
      name="theme"
      class="theme"
      untitled
      words={{ legend: texts.header.themeGroup, names: texts.header.theme, titles: texts.header.theme }}
      options={THEMES}
      chosen={theme.value}
      draw={(one) => (
        <>
          <svg class={`sign ${one}`} viewBox="0 0 16 16" aria-hidden="true">
            <path d={SIGNS[one]} />
          </svg>
          <span class="visually-hidden">{texts.header.theme[one]}</span>
        </>
      )}
      onChoose={setTheme}
    />
  );
}
