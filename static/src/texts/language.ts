/** Which language the page speaks: the one that was chosen here, or else the first known one that the visitor reads. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'backprop-explorer.language';

export const language: Language = remembered() ?? preferred();

/** The page is loaded anew in the language: its address, and what it leaves for its reload, bring all of it back. */
export function chooseLanguage(chosen: Language): void {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Storage may be forbidden; then the page goes on in the language of the browser.
  }
  location.reload();
}

function remembered(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return LANGUAGES.find((one) => one === kept);
  } catch {
    return undefined;
  }
}

function preferred(): Language {
  // Outside a browser, as in tests, there is no visitor.
  const read = typeof document === 'undefined' ? [] : navigator.languages;
  return languageFor(read);
}

/** Tags such as "zh-Hant-TW" count by their language alone. */
export function languageFor(read: readonly string[]): Language {
  const known = read.map((tag) => LANGUAGES.find((one) => one === tag.toLowerCase().split('-')[0]));
  return known.find((one) => one !== undefined) ?? 'en';
}
