/** Boxes of the page as shapes: grounds, borders, rings and frames. */

import { type Attributes, make, plainColour, rounded } from './plain';
import type { Origin } from './type';

export function boxOf(element: Element, style: CSSStyleDeclaration, opacity: number, origin: Origin): SVGElement[] {
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

/** What is not computed is hatched. */
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

/** Shadows without blur are rings around a box, the last of them the farthest behind. */
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
