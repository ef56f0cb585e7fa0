/** Styles as plain attributes, for programs that support SVG 1.1 but neither style sheets nor CSS Color 4. */

const SVG = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number>>;

export function make(name: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS(SVG, name) as SVGElement;
  const { style = '', ...others } = attributes;
  for (const [key, value] of Object.entries(others)) made.setAttribute(key, String(value));
  // As an attribute it would be an inline style of the page, which its security policy forbids.
  if (style !== '') made.style.cssText = String(style);
  made.append(...children);
  return made;
}

interface Plain {
  colour: string;
  opacity: number;
}

const NOTHING: Plain = { colour: 'none', opacity: 0 };
const known = new Map<string, Plain>();
let brush: CanvasRenderingContext2D | null = null;

/** A computed colour in any notation, such as oklab(…), as #rrggbb and its opacity. */
export function plainColour(computed: string): Plain {
  if (computed === 'none' || computed === 'transparent') return NOTHING;
  const found = known.get(computed) ?? painted(computed);
  known.set(computed, found);
  return found;
}

function painted(colour: string): Plain {
  brush ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  });
  if (!brush) return NOTHING;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = brush.getImageData(0, 0, 1, 1).data;
  if (alpha === 0) return NOTHING;
  const digits = [red, green, blue].map((part) => part.toString(16).padStart(2, '0'));
  return { colour: `#${digits.join('')}`, opacity: rounded(alpha / 255) };
}

/** The fill and outline of a shape; null if it would be invisible. */
export function paintOf(style: CSSStyleDeclaration, opacity: number): Attributes | null {
  const fill = plainColour(style.fill);
  const stroke = plainColour(style.stroke);
  const width = Number.parseFloat(style.strokeWidth);
  const outlined = stroke.opacity * opacity > 0 && width > 0;
  if (fill.opacity * opacity === 0 && !outlined) return null;
  return {
    fill: fill.colour,
    ...opaque('fill-opacity', fill.opacity * Number(style.fillOpacity) * opacity),
    ...(outlined && {
      stroke: stroke.colour,
      'stroke-width': rounded(width),
      ...opaque('stroke-opacity', stroke.opacity * Number(style.strokeOpacity) * opacity),
      ...other(style, 'stroke-dasharray', 'none'),
      ...other(style, 'stroke-linejoin', 'miter'),
      ...other(style, 'stroke-linecap', 'butt'),
    }),
  };
}

/** Font attributes: the page's fonts are embedded in the picture, with a fallback for programs that cannot use them. */
export function typeOf(style: CSSStyleDeclaration): Attributes {
  return {
    'font-family': style.fontFamily.replaceAll('"', "'"),
    'font-size': rounded(Number.parseFloat(style.fontSize)),
    ...other(style, 'font-weight', '400'),
    ...other(style, 'font-style', 'normal'),
    ...(style.fontVariantNumeric === 'normal' ? {} : { style: `font-variant-numeric:${style.fontVariantNumeric}` }),
  };
}

const opaque = (name: string, value: number): Attributes => (value === 1 ? {} : { [name]: rounded(value) });

function other(style: CSSStyleDeclaration, name: string, usual: string): Attributes {
  const value = style.getPropertyValue(name);
  return value === usual ? {} : { [name]: value.replaceAll('px', '') };
}

/** Hundredths of a pixel are finer than the resolution of any printer. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Text as it is laid out on the page: SVG text at its positions, HTML text line by line. */

export interface Origin {
  x: number;
  y: number;
}

/** The position of a shape or a text, including all transformations. */
export function placeOf(element: SVGGraphicsElement, origin: Origin): string {
  const { a, b, c, d, e, f } = element.getScreenCTM() ?? new DOMMatrix();
  return `matrix(${[a, b, c, d, e - origin.x, f - origin.y].map((one) => Number(one.toFixed(4))).join(' ')})`;
}

/** A text of the drawing, whose parts keep their own font. */
export function textOf(element: SVGTextElement, opacity: number, origin: Origin): SVGElement[] {
  const made = copied(element, opacity);
  if (!made) return [];
  made.setAttribute('transform', placeOf(element, origin));
  // A space between two parts counts.
  made.setAttribute('xml:space', 'preserve');
  return [made];
}

const PLACES = ['x', 'y', 'dx'];

function copied(element: SVGTextContentElement, opacity: number): SVGElement | null {
  const style = getComputedStyle(element);
  const paint = paintOf(style, opacity);
  if (!paint) return null;
  const places = PLACES.flatMap((name) => {
    const value = element.getAttribute(name);
    return value === null ? [] : [[name, value] as const];
  });
  const children = [...element.childNodes].flatMap((child): (Node | string)[] => {
    if (child instanceof Text) return [child.data];
    return child instanceof SVGTSpanElement ? [copied(child, opacity) ?? ''] : [];
  });
  const behind: Attributes = style.paintOrder.startsWith('stroke') ? { 'paint-order': 'stroke' } : {};
  const anchor: Attributes = style.textAnchor === 'start' ? {} : { 'text-anchor': style.textAnchor };
  return make(
    element.localName,
    {
      ...Object.fromEntries(places),
      ...lowered(element, style),
      ...raised(element, style),
      ...typeOf(style),
      ...anchor,
      ...paint,
      ...behind,
    },
    ...children,
  );
}

/** The baseline shift for text that is not on the alphabetic baseline: many programs support no other baseline. */
function lowered(element: Element, style: CSSStyleDeclaration): Attributes {
  if (style.dominantBaseline !== 'central' || !(element instanceof SVGTextElement)) return {};
  const { up, down } = extentOf(style);
  return { y: rounded(Number(element.getAttribute('y') ?? 0) + (up - down) / 2) };
}

/** An exponent is raised by a fraction of its size; plain SVG uses pixels. */
function raised(element: Element, style: CSSStyleDeclaration): Attributes {
  const dy = element.getAttribute('dy');
  if (dy === null) return {};
  const share = dy.endsWith('em') ? Number.parseFloat(style.fontSize) : 1;
  return { dy: rounded(Number.parseFloat(dy) * share) };
}

/** The lines of a text of the page, or the chosen option of a menu. */
export function lettersOf(
  of: Text | HTMLSelectElement,
  style: CSSStyleDeclaration,
  opacity: number,
  origin: Origin,
): SVGElement[] {
  const ink = plainColour(style.color);
  if (ink.opacity === 0) return [];
  const { up, down } = extentOf(style);
  const fill: Attributes = {
    fill: ink.colour,
    ...(ink.opacity * opacity === 1 ? {} : { 'fill-opacity': rounded(ink.opacity * opacity) }),
  };
  return (of instanceof Text ? linesOf(of) : [chosenOf(of, style)]).map(({ text, box }) => {
    const baseline = box.top + (box.height - up - down) / 2 + up;
    const place = { x: rounded(box.left - origin.x), y: rounded(baseline - origin.y) };
    return make('text', { ...place, ...typeOf(style), ...fill, 'xml:space': 'preserve' }, text);
  });
}

interface Line {
  text: string;
  box: DOMRect;
}

function linesOf(node: Text): Line[] {
  const range = document.createRange();
  const lines: Line[] = [];
  let start = 0;
  const boxOf = (from: number, to: number) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return range.getBoundingClientRect();
  };
  let top: number | null = null;
  for (let end = 0; end < node.length; end++) {
    const box = boxOf(end, end + 1);
    if (box.width === 0) continue;
    if (top !== null && Math.abs(box.top - top) > box.height / 2) {
      lines.push({ text: node.data.slice(start, end), box: boxOf(start, end) });
      start = end;
    }
    top = box.top;
  }
  if (top !== null) lines.push({ text: node.data.slice(start), box: boxOf(start, node.length) });
  return lines.map(({ text, box }) => ({ text: text.replace(/\s+/g, ' ').trim(), box })).filter(({ text }) => text);
}

function chosenOf(menu: HTMLSelectElement, style: CSSStyleDeclaration): Line {
  const { left, top, width, height } = menu.getBoundingClientRect();
  const inner = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.borderLeftWidth);
  return { text: menu.selectedOptions[0]?.text ?? '', box: new DOMRect(left + inner, top, width - inner, height) };
}

const context = globalThis.document?.createElement('canvas').getContext('2d') ?? null;

/** The ascent and descent of a font. */
function extentOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): { up: number; down: number } {
  if (!context) return { up: 0, down: 0 };
  context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText('x');
  return { up, down };
}
