import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lawParts } from '@/maths/law';
import { markup } from '@/maths/markup';

const { laws }: { laws: string[] } = JSON.parse(
  readFileSync(new URL('../recorded/words.json', import.meta.url), 'utf8'),
);

const set = (law: string): string =>
  lawParts(law)
    .map((part) => (part.kind === 'text' ? part.text : `[${read(markup(part.math))}]`))
    .join('')
    .replaceAll('\u200b', ' ');
/** A fraction with its slash, a root with its sign, scripts with theirs. */
const read = (text: string): string =>
  text
    .replaceAll('<mfrac>', '{')
    .replaceAll('</mfrac>', '}')
    .replaceAll('<msqrt>', '√{')
    .replaceAll('</msqrt>', '}')
    .replaceAll(/<mspace[^>]*>/g, ' ')
    .replaceAll(/<[^>]+>/g, '');

describe('a law', () => {
  test('is prose and formulas', () => {
    expect(set('Law 1: ∂ℓ/∂w = Xᵀ∇')).toBe('Law 1: [∂ℓ/∂w] [=XT∇]');
    expect(set('h = z where z > 0, else αz')).toBe('[h] [=z] where [z>0], else [αz]');
    expect(set('Ŷ = Xw + b')).toBe('[Yˆ] [=Xw] [+b]');
    expect(set('法则二，用于常数 1：Σₖ ∇ₖ bₖ')).toBe('法则二，用于常数 1：[∑k ∇k bk]');
  });

  test('has real fractions, roots and powers', () => {
    const [last] = lawParts('σ(z) = 1 / (1 + e^(−z))').slice(-1);
    expect(last?.kind === 'math' && markup(last.math)).toContain('<mfrac><mn>1</mn>');
    expect(set('σ(z) = 1 / (1 + e^(−z))')).toBe('[σ(z)] [={11+e−z}]');
    expect(set('x̂ = (x − μ) / √(σ² + ε)')).toBe('[xˆ] [={x−μ√{σ2+ε}}]');
    expect(set('AdamW: w_new = w − ηλw − η · m_new / (1 − β₁^t) / (√(s_new / (1 − β₂^t)) + ε)')).toBe(
      'AdamW: [wnew] [=w] [−ηλw] [−η·{mnew(1−β1t)(√{{snew1−β2t}}+ε)}]',
    );
    expect(set('h = z Φ(z) = z · ½(1 + erf(z / √2))')).toBe('[h] [=z Φ(z)] [=z·½(1+erf({z√{2}}))]');
  });

  test('keeps every sign that the service wrote', () => {
    const signs = (text: string): string => (text.match(/[\p{L}\p{N}=+−·<>|½∇]/gu) ?? []).sort().join('');
    const plain = (law: string): string =>
      law
        .normalize('NFD')
        .replaceAll('\u0302', '')
        .replaceAll('ₖ', 'k')
        .replaceAll('ᵢ', 'i')
        .replaceAll('ᵀ', 'T')
        .replaceAll(/[₁₂²]/g, (digit) => ({ '₁': '1', '₂': '2', '²': '2' })[digit] ?? '')
        .replaceAll(/[/√^ˆΣ∑]/g, '');
    expect(laws.length).toBeGreaterThan(60);
    for (const law of laws) expect(signs(plain(set(law))), law).toBe(signs(plain(law)));
  });
});
