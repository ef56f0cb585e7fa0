/** The picture on the screen as a file: an SVG with its fonts, its name and its numbers in words, or a PNG of it. */

import { inWords } from '../maths/sentences';
import { samplesOf } from '../model/given';
import { isOfImages } from '../model/lookup';
import { asTable, sample, titleOfNetwork, trace, trainingStep } from '../state/store';
import { currentSentence } from '../state/telling';
import { view } from '../state/view';
import { ways } from '../texts/ways';
import { drawing } from './drawing';
import { make, plainColour } from './type';

const words = ways.picture;

/** Whether the screen shows the picture, and not its tables or another view. */
export const isPictured = (): boolean => trace.value !== null && view.value === 'diagram' && !asTable.value;

const ROOTS = { units: '.picture, .legend', maps: '.columns, .maps-key' };
/** Controls, text for screen readers, and transient elements. */
export const WITHOUT = '.visually-hidden, .flow, .hands';
/** With more parts, the description in words contains only this many numbers. */
const MOST_DESCRIBED = 100;

/** The picture as the text of an SVG file; `null` if none is on the screen. */
export async function svgOfPicture(): Promise<string | null> {
  if (!isPictured()) return null;
  const roots = rootsOfPicture();
  return svgOf({ roots, without: WITHOUT, title: titleOf(), description: describe(roots) });
}

interface Drawn {
  roots: readonly Element[];
  /** What is left out of it. */
  without: string;
  title: string;
  description: string;
}

/** Parts of the page as the text of an SVG file. */
export async function svgOf({ roots, without, title, description }: Drawn): Promise<string> {
  const { width, height, content } = drawing(roots, without);
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const svg = make('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' });
  const paper = plainColour(getComputedStyle(document.documentElement).backgroundColor).colour;
  svg.append(
    make('title', {}, title),
    make('desc', {}, description),
    make('rect', { ...size, fill: paper }),
    ...content,
  );
  const text = new XMLSerializer().serializeToString(svg);
  // As text: an element with rules would be an inline style of the page, which its security policy forbids.
  const styled = text.replace('</desc>', `</desc><style>${await facesIn(text)}</style>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${styled}\n`;
}

export function rootsOfPicture(): Element[] {
  const current = trace.peek();
  const roots = current && isOfImages(current) ? ROOTS.maps : ROOTS.units;
  return [...document.querySelectorAll(`.diagram :is(${roots})`)];
}

/** The network, the training step and the sample. */
export function titleOf(): string {
  const document = trace.peek()?.document;
  return words.titleOf(
    titleOfNetwork(document?.name ?? '') || words.unnamed,
    trainingStep.peek(),
    sample.peek() + 1,
    document ? samplesOf(document) : 1,
  );
}

/** The sentence of the step, and the name of every part with its number. */
function describe(roots: readonly Element[]): string {
  const named = roots
    .flatMap((root) => [...root.querySelectorAll('.node, .truth, .loss, .map-loss, .column > .range p, .column')])
    .map((part) => part.getAttribute('aria-label') ?? part.getAttribute('title') ?? '')
    .filter((text) => text !== '');
  const more = named.length - MOST_DESCRIBED;
  const parts = more > 0 ? [...named.slice(0, MOST_DESCRIBED), words.more(more)] : named;
  return [inWords(currentSentence()), ...parts].join('\n');
}

/** Does something while the page has its light colours; nothing of it is painted. */
export function inLightColours<Made>(make: () => Made): Made {
  const { style } = document.documentElement;
  const before = style.colorScheme;
  style.colorScheme = 'light';
  try {
    return make();
  } finally {
    style.colorScheme = before;
  }
}

/** Pixels per CSS pixel, and the maximum on one side, which every browser can paint. */
const DENSITY = 3;
const MOST_PIXELS = 8192;

export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const density = Math.min(DENSITY, MOST_PIXELS / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.naturalWidth * density);
  canvas.height = Math.round(image.naturalHeight * density);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((give) => canvas.toBlob(give, 'image/png'));
  if (!blob) throw new Error('the browser painted no picture');
  return blob;
}

/** Embeds the page's fonts in a picture, so that it looks the same where they are not installed. */

/** The style rules of the fonts that an SVG text uses, each with its file embedded. */
async function facesIn(svg: string): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const used = rules.filter(
    (rule): rule is CSSFontFaceRule =>
      rule instanceof CSSFontFaceRule && svg.includes(familyOf(rule.style.getPropertyValue('font-family'))),
  );
  return (await Promise.all(used.map(written))).join('');
}

const familyOf = (text: string): string => text.replaceAll(/["']/g, '').trim();

async function written({ style, parentStyleSheet }: CSSFontFaceRule): Promise<string> {
  const [, source = ''] = /url\(["']?([^"')]+)/.exec(style.getPropertyValue('src')) ?? [];
  const answer = await fetch(new URL(source, parentStyleSheet?.href ?? document.baseURI));
  if (!answer.ok) throw new Error(`the face ${source} is not to be had: ${answer.status}`);
  const weight = style.getPropertyValue('font-weight');
  const data = base64(new Uint8Array(await answer.arrayBuffer()));
  return `@font-face{font-family:'${familyOf(style.getPropertyValue('font-family'))}';${
    weight ? `font-weight:${weight};` : ''
  }src:url(data:font/woff2;base64,${data}) format('woff2')}`;
}

/** In pieces: the number of arguments of a function is limited. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}
