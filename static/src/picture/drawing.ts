/** What parts of the page show, drawn once more as shapes, type and pictures: an SVG that needs no page. */

import { boxOf } from './boxes';
import { make, paintOf, rounded } from './plain';
import { lettersOf, type Origin, placeOf, textOf } from './type';

export interface Drawing {
  width: number;
  height: number;
  content: SVGElement[];
}

/** Around what is drawn, in CSS pixels. */
const MARGIN = 12;

/** Draws the roots one after the other, cut to what is in them; what matches `without` is left out. */
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

  /** In the order of the document, which is that of painting: what lies in front comes later. */
  add(element: Element, around: number): void {
    if (element.matches(this.without) || element.localName === 'title') return;
    const style = getComputedStyle(element);
    const opacity = around * Number(style.opacity);
    if (style.display === 'none' || opacity === 0) return;
    if (style.visibility === 'visible') this.keep(element, ownOf(element, style, opacity, this.origin));
    // Of these, what is in them has been drawn with them.
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
      // Cells keep their edges, at every size.
      style: `image-rendering:${style.imageRendering}`,
    }),
  ];
}
