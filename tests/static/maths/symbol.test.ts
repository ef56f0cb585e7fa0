import { describe, expect, test } from 'vitest';
import { markup } from '@/maths/markup';
import { parseSymbol, spoken } from '@/maths/symbol';
import { typesetSymbol } from '@/maths/typeset-symbol';
import { recorded, SLUGS } from '../recorded';

const bare = (text: string, inline = false): string =>
  markup(typesetSymbol(text, inline)).replace(/ (lspace|rspace|stretchy|mathvariant)="[^"]*"/g, '');

describe('a symbol', () => {
  test('is read with everything that it says', () => {
    expect(parseSymbol('∂ℓ/∂w_12^(1,new)^[3]')).toEqual({
      derivative: true,
      base: 'w',
      sub: '12',
      sup: '1,new',
      sample: 3,
    });
    expect(parseSymbol('w_10,2^(1)')?.sub).toBe('10,2');
    expect(parseSymbol('a′′_1^(2)')?.base).toBe('a′′');
    expect(parseSymbol('q_1')).toBeNull();
  });

  test('has its subscripts and superscripts typeset', () => {
    expect(bare('x_1')).toBe('<msub><mi>x</mi><mn>1</mn></msub>');
    expect(bare('h_0^(1)')).toBe('<msubsup><mi>h</mi><mn>0</mn><mrow><mo>(</mo><mn>1</mn><mo>)</mo></mrow></msubsup>');
    expect(bare('ŷ_2')).toBe('<msub><mover><mi>y</mi><mo>ˆ</mo></mover><mn>2</mn></msub>');
    expect(bare('ℓ')).toBe('<mi>ℓ</mi>');
  });

  test('with a derivative is a fraction in a formula and a slash in a sentence', () => {
    expect(bare('∂ℓ/∂x_1')).toMatch(/^<mfrac><mrow><mi>∂<\/mi><mi>ℓ<\/mi><\/mrow><mrow><mi>∂<\/mi><msub>/);
    expect(bare('∂ℓ/∂x_1', true)).toContain('<mo>/</mo>');
  });

  test('is spoken in words', () => {
    expect(spoken('h_1^(1)')).toBe('h 1 of layer 1');
    expect(spoken('∂ℓ/∂w_12^(1)')).toBe('gradient of w 1 2 of layer 1');
    expect(spoken('w_10,2^(1,new)')).toBe('w 10 2 of layer 1, updated');
    expect(spoken('x_1^[3]')).toBe('x 1 in sample 3');
  });

  test('is understood wherever the service uses one', () => {
    for (const slug of SLUGS) {
      const { trace, explanations } = recorded(slug);
      const labels = [...(trace.nodes ?? []), ...(trace.edges ?? [])].map(({ label }) => label ?? 'x_1');
      for (const label of [...labels, ...explanations.map(({ symbol }) => symbol)]) {
        expect(parseSymbol(label), label).not.toBeNull();
      }
    }
  });
});
