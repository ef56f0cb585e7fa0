/** Prepares a text that follows Chinese: a space separates Latin letters, and nothing separates Chinese characters. */
export function spaced(text: string): string {
  return /^\p{Script=Han}/u.test(text) ? text : ` ${text}`;
}
