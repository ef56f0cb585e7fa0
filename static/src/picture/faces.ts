/** The page's faces within a picture, so that it looks the same where they are not installed. */

/** The style rules of the faces that a text of SVG uses, each with its file in it. */
export async function facesIn(svg: string): Promise<string> {
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

/** By parts: a function takes so many arguments and no more. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000)
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return btoa(text);
}
