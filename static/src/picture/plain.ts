/** Styles as plain attributes, for programs that know SVG 1.1 and neither the page's style sheets nor CSS Color 4. */

const SVG = 'http://www.w3.org/2000/svg';

export type Attributes = Readonly<Record<string, string | number>>;

export function make(name: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
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

/** A computed colour of whatever form, such as oklab(…), as #rrggbb and its opacity. */
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

/** How a shape is filled and outlined; null where nothing of it would be seen. */
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

/** Type: the page's own faces go with the picture; behind them is what a program has that can show none. */
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

/** Hundredths of a pixel are finer than any printer. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
