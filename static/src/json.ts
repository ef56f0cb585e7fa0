/** JSON that keeps every float64: JSON.stringify would write −0 as 0. */
export function toJson(value: unknown): string {
  return hasMinusZero(value) ? written(value) : JSON.stringify(value);
}

const kept = new WeakMap<object, string>();

/** Of a document, which is never changed but only replaced: written once, however often it is asked about. */
export function documentJson(document: object): string {
  const text = kept.get(document) ?? toJson(document);
  kept.set(document, text);
  return text;
}

function hasMinusZero(value: unknown): boolean {
  if (typeof value === 'number') return Object.is(value, -0);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMinusZero);
}

function written(value: unknown): string {
  if (Object.is(value, -0)) return '-0.0';
  if (Array.isArray(value))
    return `[${value.map((entry) => (entry === undefined ? 'null' : written(entry))).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${written(entry)}`).join(',')}}`;
}
