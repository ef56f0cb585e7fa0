import { describe, expect, test } from 'vitest';
import { addressOf, asksForNetwork, VIEWS, viewOf } from '@/state/view';

test('the address contains the open view', () => {
  for (const view of VIEWS) expect(viewOf(`#${view}`)).toBe(view);
});

test('an address without a known view opens the diagram', () => {
  for (const hash of ['', '#', '#nowhere', '#Check', 'check', '#checks', '#diagram?']) {
    expect(viewOf(hash)).toBe('diagram');
  }
});

test('an address at the end of a sentence or in brackets opens its view', () => {
  for (const hash of ['#check.', '#check)', '#check/', '#check).']) expect(viewOf(hash)).toBe('check');
});

test('the view is followed by the content of a link, or the id of a stored network', () => {
  expect(addressOf('#check&s=1.abc.0123456789abcdef')).toEqual({
    view: 'check',
    lecture: false,
    shared: '1.abc.0123456789abcdef',
    stored: null,
  });
  expect(addressOf('#diagram&n=a-b_C1')).toEqual({ view: 'diagram', lecture: false, shared: null, stored: 'a-b_C1' });
  expect(addressOf('#n=a')).toEqual({ view: 'diagram', lecture: false, shared: null, stored: 'a' });
  expect(addressOf('#check')).toEqual({ view: 'check', lecture: false, shared: null, stored: null });
});

test('the address contains the lecture mode, beside anything else', () => {
  expect(addressOf('#diagram&lecture')).toEqual({ view: 'diagram', lecture: true, shared: null, stored: null });
  expect(addressOf('#diagram&lecture.')).toMatchObject({ lecture: true, shared: null });
  const shared = '1.abc.0123456789abcdef';
  expect(addressOf(`#matrices&lecture&s=${shared}`)).toEqual({ view: 'matrices', lecture: true, shared, stored: null });
  expect(asksForNetwork('#diagram&lecture')).toBe(false);
});

describe('a link that was rewritten by another program', () => {
  const PAYLOAD = '1.hZDBasMw-_EER3Dx9.0123456789abcdef';
  const LINK = `#check&s=${PAYLOAD}`;
  const AS_SENT = { view: 'check', lecture: false, shared: PAYLOAD, stored: null };
  const middle = LINK.indexOf('EER');
  const broken = (by: string) => `${LINK.slice(0, middle)}${by}${LINK.slice(middle)}`;
  const encoded = `#${encodeURIComponent(LINK.slice(1))}`;

  test.each([
    ['percent-encoded', encoded],
    ['percent-encoded twice', `#${encodeURIComponent(encoded.slice(1))}`],
    ['percent-encoded in small letters', encoded.replaceAll('%3D', '%3d')],
    ['with &amp;', LINK.replace('&', '&amp;')],
    ['with &#38; and &#x3D;', LINK.replace('&', '&#38;').replace('=', '&#x3D;')],
    ['with &amp; percent-encoded', LINK.replace('&', '%26amp%3B')],
    ['in quoted-printable', LINK.replace('s=', 's=3D')],
    ['in quoted-printable over two lines', broken('=\n').replace('s=', 's=3D')],
    ['at the end of a sentence', `${LINK}.`],
    ['in brackets', `${LINK})`],
    ['in brackets at the end of a sentence', `${LINK}).`],
    ['in angle brackets', `${LINK}>`],
    ['in angle brackets, percent-encoded', `${LINK}%3E`],
    ['in quotation marks', `${LINK}”`],
    ['in typographic quotation marks, percent-encoded', `${LINK}%E2%80%9D`],
    ['in bold', `${LINK}**`],
    ['in italics', `${LINK}_`],
    ['with a blank', broken(' ')],
    ['with a blank, percent-encoded', broken('%20')],
    ['with a line break and the mark of a quotation', broken('\r\n> ')],
    ['with a line break, percent-encoded', broken('%0D%0A')],
    ['with a no-break space, percent-encoded', broken('%C2%A0')],
    ['with a zero-width space', broken('\u200b')],
    ['with a soft hyphen', broken('\u00ad')],
    ['without its key', `#check&${PAYLOAD}`],
    ['with a click tracker of a network', `${LINK}&fbclid=IwAR0`],
  ])('%s is the same link', (_, hash) => {
    expect(addressOf(hash)).toEqual(AS_SENT);
  });

  test.each([
    ['#diagram&amp;n=a-b_C1', 'a-b_C1'],
    ['#diagram%26n%3Da-b_C1', 'a-b_C1'],
    ['#diagram&n=a-b_C1).', 'a-b_C1'],
    ['#diagram&n=3Da-b_C1', '3Da-b_C1'],
  ])('to a stored network, %s, is the same link', (hash, stored) => {
    expect(addressOf(hash)).toEqual({ view: 'diagram', lecture: false, shared: null, stored });
  });

  test('without its network still requests one, so that nothing else opens instead', () => {
    for (const hash of ['#diagram&', '#diagram&s', '#diagram&s=', '#diagram%26s%3D', '#check&amp;x'])
      expect(asksForNetwork(hash), hash).toBe(true);
    for (const hash of ['', '#', '#check', '#nowhere', '#diagram?']) expect(asksForNetwork(hash), hash).toBe(false);
  });

  test('that is invalid is unchanged, so that the error is reported', () => {
    expect(addressOf('#diagram&s=1.abc.0123').shared).toBe('1.abc.0123');
    expect(addressOf('#diagram&s=12').shared).toBe('12');
  });
});
