import { setTheme, THEMES, theme } from '../state/theme';
import { texts } from '../texts';

const words = texts.header;

const SIGNS = {
  system: 'M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12',
  light:
    'M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6M8 1v2M8 13v2M1 8h2M13 8h2M3 3l1.5 1.5M11.5 11.5 13 13M3 13l1.5-1.5M11.5 4.5 13 3',
  dark: 'M13 10A6 6 0 0 1 6 3a5.5 5.5 0 1 0 7 7z',
};

/** The colours of the page. */
export function ThemeChoice() {
  return (
    <fieldset class="choice theme">
      <legend class="visually-hidden">{words.themeGroup}</legend>
      {THEMES.map((one) => (
        <label key={one} title={words.theme[one]}>
          <input type="radio" name="theme" value={one} checked={theme.value === one} onChange={() => setTheme(one)} />
          <span>
            <svg class={`sign ${one}`} viewBox="0 0 16 16" aria-hidden="true">
              <path d={SIGNS[one]} />
            </svg>
            <span class="visually-hidden">{words.theme[one]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
