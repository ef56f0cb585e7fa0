import { el, type MathElement, mo, row, withAttributes } from '../maths/markup';
import { texts } from '../texts';

/** Writes under each factor of the chain rule what it is: upstream or local. */
export function labelled(element: MathElement): MathElement {
  const role = element.attributes['data-role'];
  if (role === 'upstream' || role === 'local') {
    const braced = el('munder', row(...element.children), mo('⏟', { stretchy: 'true' }));
    const name = withAttributes(el('mtext', texts.inspector.factors[role]), { class: 'role-name' });
    return { ...el('munder', braced, name), attributes: element.attributes };
  }
  return {
    ...element,
    children: element.children.map((child) => (typeof child === 'string' ? child : labelled(child))),
  };
}
