import { describe, expect, test } from 'vitest';
import { markup } from '@/maths/markup';
import { parseQuotient, parseSymbol, spoken } from '@/maths/symbol';
import { typesetSymbol } from '@/maths/typeset-leaf';
import { recorded, SLUGS } from '../recorded';

const bare = (text: string, inline = false): string =>
  markup(typesetSymbol(text, inline)).replace(/ (lspace|rspace|stretchy|mathvariant)="[^"]*"/g, '');

const read = (text: string): string => markup(typesetSymbol(text)).replace(/<[^>]+>/g, '');

describe('a symbol', () => {
  test('is parsed with all of its parts', () => {
    expect(parseSymbol('∂ℓ/∂w_12^(1,new)^[3]')).toEqual({
      derivative: true,
      base: 'w',
      sub: '12',
      alone: false,
      sup: '1,new',
      sample: 3,
    });
    expect(parseSymbol('w_10,2^(1)')?.sub).toBe('10,2');
    expect(parseSymbol('x_12,')).toMatchObject({ sub: '12', alone: true });
    expect(parseSymbol('a′′_1^(2)')?.base).toBe('a′′');
    expect(parseSymbol('_1')).toBeNull();
    expect(parseSymbol('w 1')).toBeNull();
  });

  test('has its subscripts and superscripts typeset', () => {
    expect(bare('x_1')).toBe('<msub><mi>x</mi><mn>1</mn></msub>');
    expect(bare('h_0^(1)')).toBe('<msubsup><mi>h</mi><mn>0</mn><mrow><mo>(</mo><mn>1</mn><mo>)</mo></mrow></msubsup>');
    expect(bare('ŷ_2')).toBe('<msub><mover><mi>y</mi><mo>ˆ</mo></mover><mn>2</mn></msub>');
    expect(bare('ℓ')).toBe('<mi>ℓ</mi>');
    expect(bare('x_12,')).toBe('<msub><mi>x</mi><mn>12</mn></msub>');
    expect(read('w_12^(1,new)')).toBe('w12(1,new)');
    expect(read('ŷ_2^[3]')).toBe('yˆ2[3]');
    expect(read('∂ℓ/∂w_12^(1)')).toBe('∂ℓ∂w12(1)');
    expect(read('v(γ)_1^(2)')).toBe('v(γ)1(2)');
    expect(read('σ²_1^(2)')).toBe('σ21(2)');
    expect(read('a′_1^(2)')).toBe('a′1(2)');
  });

  test('with a derivative is a fraction in a formula and a slash in a sentence', () => {
    expect(bare('∂ℓ/∂x_1')).toMatch(/^<mfrac><mrow><mi>∂<\/mi><mi>ℓ<\/mi><\/mrow><mrow><mi>∂<\/mi><msub>/);
    expect(bare('∂ℓ/∂x_1', true)).toContain('<mo>/</mo>');
  });

  test('is spoken in words', () => {
    expect(spoken('h_1^(1)')).toBe('h 1 of layer 1');
    expect(spoken('∂ℓ/∂w_12^(1)')).toBe('gradient of w 1 2 of layer 1');
    expect(spoken('h_12,^(1)')).toBe('h 12 of layer 1');
    expect(spoken('x_12')).toBe('x 1 2');
    expect(spoken('ŷ_10,')).toBe('y hat 10');
    expect(spoken('w_10,2^(1,new)')).toBe('w 10 2 of layer 1, updated');
    expect(spoken('x_1^[3]')).toBe('x 1 in sample 3');
  });

  test('may be a constant, a setting, or the state of a layer or an optimizer', () => {
    for (const text of [
      'γ_1^(2)',
      'β_1^(2)',
      'x̂_3^(1)^[2]',
      'μ_1^(1)',
      'σ²_1^(1)',
      'r_1^(1)^[2]',
      'β₁',
      'β₂',
      'ε',
      'λ',
    ]) {
      expect(parseSymbol(text), text).not.toBeNull();
    }
    for (const text of [
      'v_12^(1)',
      'm_12^(1,new)',
      's_1^(1)',
      't(w)^(1)',
      'v(γ)_1^(2)',
      'α',
      'δ',
      'N',
      'M',
      'H^(1)',
      'X',
    ]) {
      expect(parseSymbol(text), text).not.toBeNull();
    }
    expect(bare('x̂_3')).toBe('<msub><mover><mi>x</mi><mo>ˆ</mo></mover><mn>3</mn></msub>');
    expect(bare('β₁')).toBe('<msub><mi>β</mi><mn>1</mn></msub>');
    expect(bare('σ²_1')).toBe('<msub><msup><mi>σ</mi><mn>2</mn></msup><mn>1</mn></msub>');
    expect(bare('v(γ)_1')).toBe('<msub><mrow><mi>v</mi><mo>(</mo><mi>γ</mi><mo>)</mo></mrow><mn>1</mn></msub>');
    expect(spoken('σ²_1^(1)')).toBe('sigma squared 1 of layer 1');
    expect(spoken('v(γ)_1^(2)')).toBe('v of gamma 1 of layer 2');
    expect(spoken('x̂_3')).toBe('x hat 3');
    expect(spoken('η_0')).toBe('initial learning rate');
  });

  test('may be the derivative of one number with respect to another', () => {
    expect(parseQuotient('∂ŷ_2/∂w_12^(1)')).toMatchObject({
      above: { base: 'ŷ', sub: '2' },
      below: { base: 'w', sub: '12' },
    });
    expect(parseQuotient('ŷ_2')).toBeNull();
    expect(bare('∂ŷ_2/∂x_1')).toMatch(/^<mfrac><mrow><mi>∂<\/mi><msub><mover>/);
    expect(spoken('∂ŷ_2/∂w_12^(1)')).toBe('derivative of y hat 2 with respect to w 1 2 of layer 1');
  });

  test('is parsed wherever the service uses one', () => {
    for (const slug of SLUGS) {
      const { trace, explanations } = recorded(slug);
      const labels = [...(trace.nodes ?? []), ...(trace.edges ?? [])].map(({ label }) => label ?? 'x_1');
      for (const label of [...labels, ...explanations.map(({ symbol }) => symbol)]) {
        expect(parseSymbol(label), label).not.toBeNull();
      }
    }
  });
});
