/** The language of the page: the chosen one, or the first supported language of the browser. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'backprop-explorer.language';

export const language: Language = given() ?? remembered() ?? preferred();

/** Reloads the page in a language: the address and the state saved before the reload restore everything. */
export function chooseLanguage(chosen: Language): void {
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Storage may be forbidden; then the page uses the language of the browser.
  }
  location.reload();
}

/** A saved page, and a frame whose address names one, have one language. */
function given(): Language | undefined {
  const framed = globalThis.location?.pathname.startsWith('/embed/') ? location.search : '';
  const named = globalThis.document?.documentElement.dataset.language ?? new URLSearchParams(framed).get('language');
  return LANGUAGES.find((one) => one === named);
}

function remembered(): Language | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return LANGUAGES.find((one) => one === stored);
  } catch {
    return undefined;
  }
}

function preferred(): Language {
  // Outside a browser, as in tests, there is no browser language.
  const read = typeof document === 'undefined' ? [] : navigator.languages;
  return languageFor(read);
}

/** Of a tag such as "zh-Hant-TW" only the language counts. */
export function languageFor(read: readonly string[]): Language {
  const known = read.map((tag) => LANGUAGES.find((one) => one === tag.toLowerCase().split('-')[0]));
  return known.find((one) => one !== undefined) ?? 'en';
}
