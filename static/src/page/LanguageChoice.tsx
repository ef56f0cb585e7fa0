import { texts } from '../texts';
import { chooseLanguage, LANGUAGES } from '../texts/language';

/** Each by its own name, as whoever looks for it reads no other. */
const NAMES = {
  en: { short: 'EN', tag: 'en', name: 'English' },
  zh: { short: '中文', tag: 'zh-Hans', name: '简体中文' },
};

/** The languages of the page. */
export function LanguageChoice() {
  return (
    <fieldset class="choice languages">
      <legend class="visually-hidden">{texts.header.language}</legend>
      {LANGUAGES.map((one) => {
        const { short, tag, name } = NAMES[one];
        return (
          <label key={one} lang={tag} title={name}>
            <input
              type="radio"
              name="language"
              value={one}
              aria-label={name}
              checked={texts.lang === tag}
              onChange={() => chooseLanguage(one)}
            />
            <span>{short}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
