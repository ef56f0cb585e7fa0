import { h, type VNode } from 'preact';
import type { MathElement, MathNode } from '../maths/markup';
import { typesetNumber, typesetSymbol } from '../maths/typeset-leaf';
import { memo } from './memo';

/** MathML data as elements of the page; `decorate` may add properties to an element, such as a link's. */
export type Decorate = (element: MathElement) => Record<string, unknown>;

export function MathML({ of, decorate, ...rest }: { of: MathElement; decorate?: Decorate; class?: string }) {
  return <math {...rest}>{render(of, decorate)}</math>;
}

function render(node: MathNode, decorate: Decorate | undefined): VNode | string {
  if (typeof node === 'string') return node;
  const children = node.children.map((child) => render(child, decorate));
  return h(node.tag, { ...node.attributes, ...decorate?.(node) }, ...children);
}

export const SymbolMath = memo(({ of }: { of: string }) => <MathML of={typesetSymbol(of, true)} />);
export const NumberMath = memo(({ value }: { value: number }) => <MathML of={typesetNumber(value)} />);
