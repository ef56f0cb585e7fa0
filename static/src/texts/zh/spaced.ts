/** Between Chinese and Latin letters stands a space, between Chinese and Chinese none: what follows on Chinese, with it. */
export function spaced(text: string): string {
  return /^\p{Script=Han}/u.test(text) ? text : ` ${text}`;
}
