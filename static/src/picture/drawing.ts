/** Redraws parts of the page as shapes, texts and images: an SVG that does not need the page. */

import { type Attributes, lettersOf, make, type Origin, paintOf, placeOf, plainColour, rounded, textOf } from './type';

interface Drawing {
  width: number;
  height: number;
  content: SVGElement[];
}

/** The margin around the drawing, in CSS pixels. */
const MARGIN = 12;

/** Draws the roots one after the other, clipped to their content; elements that match `without` are omitted. */
export function drawing(roots: readonly Element[], without: string): Drawing {
  const around = spanned(roots.map((root) => root.getBoundingClientRect()));
  const walk = new Walk({ x: around.left, y: around.top }, without);
  for (const root of roots) walk.add(root, 1);
  const found = walk.bounds ?? new DOMRect();
  const [left, top] = [Math.max(around.left, found.left - MARGIN), Math.max(around.top, found.top - MARGIN)];
  const [right, bottom] = [
    Math.min(around.right, found.right + MARGIN),
    Math.min(around.bottom, found.bottom + MARGIN),
  ];
  const shift = `translate(${rounded(around.left - left)} ${rounded(around.top - top)})`;
  return { width: right - left, height: bottom - top, content: [make('g', { transform: shift }, ...walk.drawn)] };
}

function spanned(boxes: readonly DOMRect[]): DOMRect {
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const right = Math.max(...boxes.map((box) => box.right));
  return new DOMRect(left, top, right - left, Math.max(...boxes.map((box) => box.bottom)) - top);
}

class Walk {
  readonly drawn: SVGElement[] = [];
  bounds: DOMRect | null = null;

  constructor(
    readonly origin: Origin,
    readonly without: string,
  ) {}

  /** In document order, which is the painting order: later elements are in front. */
  add(element: Element, around: number): void {
    if (element.matches(this.without) || element.localName === 'title') return;
    const style = getComputedStyle(element);
    const opacity = around * Number(style.opacity);
    if (style.display === 'none' || opacity === 0) return;
    if (style.visibility === 'visible') this.keep(element, ownOf(element, style, opacity, this.origin));
    // The content of these elements has been drawn with them.
    if (element instanceof SVGTextElement || element instanceof HTMLSelectElement) return;
    for (const child of element.childNodes) {
      if (child instanceof Element) this.add(child, opacity);
      else if (child instanceof Text && style.visibility === 'visible' && !(element instanceof SVGElement))
        this.keep(element, lettersOf(child, style, opacity, this.origin), child);
    }
  }

  private keep(element: Element, shapes: readonly SVGElement[], text?: Text): void {
    if (shapes.length === 0) return;
    this.drawn.push(...shapes);
    const box = text ? boxOfText(text) : element.getBoundingClientRect();
    this.bounds = this.bounds ? spanned([this.bounds, box]) : box;
  }
}

function boxOfText(text: Text): DOMRect {
  const range = document.createRange();
  range.selectNodeContents(text);
  return range.getBoundingClientRect();
}

function ownOf(element: Element, style: CSSStyleDeclaration, opacity: number, origin: Origin): SVGElement[] {
  if (element instanceof SVGTextElement) return textOf(element, opacity, origin);
  if (element instanceof SVGGeometryElement) return shapeOf(element, style, opacity, origin);
  if (element instanceof HTMLCanvasElement) return pictureOf(element, style, opacity, origin);
  if (!(element instanceof HTMLElement)) return [];
  const box = boxOf(element, style, opacity, origin);
  return element instanceof HTMLSelectElement ? [...box, ...lettersOf(element, style, opacity, origin)] : box;
}

const GEOMETRY = ['d', 'cx', 'cy', 'r', 'rx', 'ry', 'x', 'y', 'width', 'height', 'x1', 'y1', 'x2', 'y2', 'points'];

function shapeOf(element: SVGGeometryElement, style: CSSStyleDeclaration, opacity: number, origin: Origin) {
  const paint = paintOf(style, opacity);
  if (!paint) return [];
  const places = [...GEOMETRY, 'pathLength'].flatMap((name) => {
    const value = element.getAttribute(name);
    return value === null ? [] : [[name, value] as const];
  });
  return [make(element.localName, { ...Object.fromEntries(places), ...paint, transform: placeOf(element, origin) })];
}

function pictureOf(canvas: HTMLCanvasElement, style: CSSStyleDeclaration, opacity: number, origin: Origin) {
  if (canvas.width === 0 || canvas.height === 0) return [];
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return [
    make('image', {
      x: rounded(left - origin.x),
      y: rounded(top - origin.y),
      width: rounded(width),
      height: rounded(height),
      preserveAspectRatio: 'none',
      href: canvas.toDataURL('image/png'),
      opacity,
      // Cells keep sharp edges at every size.
      'image-rendering': style.imageRendering,
    }),
  ];
}

/** Boxes of the page as shapes: backgrounds, borders, rings and frames. */

function boxOf(element: Element, style: CSSStyleDeclaration, opacity: number, origin: Origin): SVGElement[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return [];
  const box = { x: left - origin.x, y: top - origin.y, width, height };
  const round = radius(style, width);
  return [...groundOf(style, box, round, opacity), ...bordersOf(style, box, round, opacity), ...ringsOf(style, box)];
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const rect = (box: Box, attributes: Attributes): SVGElement =>
  make('rect', {
    x: rounded(box.x),
    y: rounded(box.y),
    width: rounded(box.width),
    height: rounded(box.height),
    ...attributes,
  });

const wider = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

function radius({ borderTopLeftRadius }: CSSStyleDeclaration, width: number): Attributes {
  const value = Number.parseFloat(borderTopLeftRadius) * (borderTopLeftRadius.endsWith('%') ? width / 100 : 1);
  return value > 0 ? { rx: rounded(value) } : {};
}

const GRADIENT = /^(repeating-)?linear-gradient\(/;
const COLOUR = /(?:rgba?|color|oklab|oklch)\([^)]*\)|#[0-9a-f]{3,8}/gi;
let made = 0;

function groundOf(style: CSSStyleDeclaration, box: Box, round: Attributes, opacity: number): SVGElement[] {
  const ground = plainColour(style.backgroundColor);
  const plain =
    ground.opacity === 0
      ? []
      : [rect(box, { ...round, fill: ground.colour, 'fill-opacity': rounded(ground.opacity * opacity) })];
  const kind = GRADIENT.exec(style.backgroundImage);
  const inks = [...style.backgroundImage.matchAll(COLOUR)]
    .map(([text]) => plainColour(text))
    .filter((ink) => ink.opacity > 0);
  if (!kind || inks.length === 0) return plain;
  made += 1;
  const id = `ground-${made}`;
  const defined = kind[1]
    ? hatch(id, inks[0]?.colour ?? '')
    : blend(
        id,
        inks.map(({ colour }) => colour),
      );
  return [...plain, defined, rect(box, { ...round, fill: `url(#${id})` })];
}

/** Numbers that are not computed yet are hatched. */
const hatch = (id: string, ink: string): SVGElement =>
  make(
    'pattern',
    { id, width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
    make('path', { d: 'M0 8L8 0M-1 1L1 -1M7 9L9 7', stroke: ink, 'stroke-width': 1, fill: 'none' }),
  );

const blend = (id: string, inks: readonly string[]): SVGElement =>
  make(
    'linearGradient',
    { id },
    ...inks.map((ink, place) => make('stop', { offset: place / Math.max(1, inks.length - 1), 'stop-color': ink })),
  );

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const;

function bordersOf(style: CSSStyleDeclaration, box: Box, round: Attributes, opacity: number): SVGElement[] {
  const sides = SIDES.map((side) => ({
    width: style[`border${side}Style`] === 'none' ? 0 : Number.parseFloat(style[`border${side}Width`]),
    ink: plainColour(style[`border${side}Color`]),
    dashed: style[`border${side}Style`] === 'dashed',
  }));
  const [first] = sides;
  const seen = ({ width, ink }: (typeof sides)[number]) => width > 0 && ink.opacity > 0;
  const strokeOf = ({ width, ink, dashed }: (typeof sides)[number]): Attributes => ({
    fill: 'none',
    stroke: ink.colour,
    'stroke-opacity': rounded(ink.opacity * opacity),
    'stroke-width': width,
    ...(dashed && { 'stroke-dasharray': `${2 * width} ${2 * width}` }),
  });
  if (first && sides.every((side) => seen(side) && side.width === first.width))
    return [rect(wider(box, -first.width / 2), { ...round, ...strokeOf(first) })];
  const { x, y, width, height } = box;
  const ends = [
    [x, y, x + width, y],
    [x + width, y, x + width, y + height],
    [x, y + height, x + width, y + height],
    [x, y, x, y + height],
  ].map((line) => line.map(rounded));
  return sides.flatMap((side, place) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ends[place] ?? [];
    return seen(side) ? [make('line', { x1, y1, x2, y2, ...strokeOf(side) })] : [];
  });
}

/** Shadows without blur are rings around a box, the last of them behind the others. */
function ringsOf(
  { boxShadow, outlineStyle, outlineWidth, outlineOffset, outlineColor }: CSSStyleDeclaration,
  box: Box,
) {
  const shadows = boxShadow === 'none' ? [] : boxShadow.split(/,(?![^(]*\))/);
  const rings = shadows.reverse().flatMap((shadow) => {
    const [colour] = shadow.match(COLOUR) ?? [];
    const [across = 0, down = 0, blur = 0, spread = 0] = (shadow.replace(COLOUR, '').match(/-?[\d.]+px/g) ?? []).map(
      Number.parseFloat,
    );
    if (!colour || across || down || blur || spread <= 0) return [];
    const ink = plainColour(colour);
    const stroke = { fill: 'none', stroke: ink.colour, 'stroke-opacity': ink.opacity, 'stroke-width': spread };
    return [rect(wider(box, spread / 2), stroke)];
  });
  if (outlineStyle === 'none' || outlineStyle === 'auto') return rings;
  const width = Number.parseFloat(outlineWidth);
  const dashes: Attributes = outlineStyle === 'dashed' ? { 'stroke-dasharray': `${2 * width} ${2 * width}` } : {};
  const at = wider(box, Number.parseFloat(outlineOffset) + width / 2);
  const ink = plainColour(outlineColor);
  return [...rings, rect(at, { fill: 'none', stroke: ink.colour, 'stroke-width': width, ...dashes })];
}
