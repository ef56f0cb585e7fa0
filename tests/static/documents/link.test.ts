import { describe, expect, test } from 'vitest';
import { deflated, packed, stateHash, toBase64url, unpacked } from '@/documents/link';
import { MAX_LINK, MAX_LINK_NUMBERS, stateIn, Unreadable } from '@/documents/untrusted';
import { toJson } from '@/model/json';
import { MAX_WAY, written } from '@/model/shared-state';
import { IMAGE_SLUGS, recorded, SEQUENCE_SLUG } from '../recorded';
import { anyState, bitsOf } from './states';

const STATE = anyState(1);
/** Examples on samples with more than one axis. */
const DOCUMENTED = [SEQUENCE_SLUG, ...IMAGE_SLUGS] as const;

/** A link with any bytes, and with their correct hash. */
async function linkOf(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return `1.${toBase64url(await deflated(bytes))}.${stateHash(bytes)}`;
}

describe('a link', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'of random network %i gives the same state, every number to its last bit',
    async (seed) => {
      const state = anyState(seed);
      const back = await unpacked((await packed(state)).payload);
      expect(back).toEqual(state);
      expect(bitsOf(back)).toEqual(bitsOf(state));
    },
  );

  test.each(DOCUMENTED)('of %s gives its document as it is, with its windows and its channels', async (slug) => {
    const { document } = recorded(slug).trace;
    const state = { ...STATE, document, start: null, sample: 0, trail: ['conv_1.w[0,0,1]'] };
    const back = await unpacked((await packed(state)).payload);
    expect(back).toEqual(state);
    expect(bitsOf(back)).toEqual(bitsOf(state));
  });

  test('has only characters that need no escape in an address', async () => {
    expect((await packed(STATE)).payload).toMatch(/^1\.[A-Za-z0-9_-]+\.[0-9a-f]{16}$/);
  });

  test('is deterministic, and differs between states', async () => {
    const { hash } = await packed(STATE);
    expect((await packed(structuredClone(STATE))).hash).toBe(hash);
    const document = { ...STATE.document, x: (STATE.document.x ?? []).map((row) => [...(row as number[])]) };
    expect((await packed({ ...STATE, document: { ...document, seed: 1 } })).hash).not.toBe(hash);
    expect((await packed({ ...STATE, cursor: STATE.cursor + 1 })).hash).not.toBe(hash);
  });
});

describe('the start in a link', () => {
  const { document } = STATE;
  const back = (step: number, start: unknown) => stateIn({ document, step, start }).start;
  const layers = document.layers.map((layer) => ({ ...layer, b: [] }));

  test('is the document with its differences', () => {
    expect(back(5, { step: 1, document: { layers } })).toEqual({ step: 1, document: { ...document, layers } });
    const held = JSON.parse(
      toJson(written({ ...STATE, step: 5, start: { step: 1, document: { ...document, seed: 9 } } })),
    );
    expect(held.start).toEqual({ step: 1, document: { seed: 9 } });
  });

  test('is ignored if it is invalid, and the rest still opens', () => {
    const own = { layers };
    const wrong: [number, unknown][] = [
      [5, null],
      [5, 'start'],
      [5, { step: 1 }],
      [5, { document: own }],
      [5, { step: 5, document: own }],
      [1, { step: 1, document: own }],
      [5, { step: 0, document: own }],
      [5, { step: -1, document: own }],
      [5, { step: 1.5, document: own }],
      [5, { step: '1', document: own }],
      [5, { step: 1, document: [] }],
      [5, { step: 1, document: null }],
      [5, { step: 1, document: { layers: 'none' } }],
      [5, { step: 1, document: { format: 'tinyml-network/9' } }],
      [MAX_WAY + 2, { step: 1, document: own }],
    ];
    for (const [step, start] of wrong) expect(back(step, start), JSON.stringify(start)).toBeNull();
    expect(back(MAX_WAY + 1, { step: 1, document: own })).not.toBeNull();
  });
});

describe('a state hash', () => {
  test('is the beginning of the SHA-256 of the bytes', () => {
    expect(stateHash(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01cfea');
    expect(stateHash(new Uint8Array())).toBe('e3b0c44298fc1c14');
  });
});

describe('a damaged link', () => {
  const refused = async (payload: string, why: RegExp) => {
    const failure = await unpacked(payload).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unreadable);
    expect((failure as Error).message).toMatch(why);
  };

  test('that is truncated is reported as incomplete or damaged', async () => {
    const { payload } = await packed(STATE);
    for (let length = 0; length < payload.length; length += 7)
      await refused(payload.slice(0, length), /missing|damaged/);
  });

  test('with one changed character is damaged', async () => {
    const { payload } = await packed(STATE);
    for (let place = 2; place < payload.length; place += 11) {
      const other = payload[place] === 'a' ? 'b' : 'a';
      await refused(payload.slice(0, place) + other + payload.slice(place + 1), /missing|damaged/);
    }
  });

  test('of another version says so', () => refused('2.abc.0123456789abcdef', /another version .* version 1/));

  test('of a megabyte is not read', () => refused(`1.${'A'.repeat(MAX_LINK)}.0123456789abcdef`, /characters/));

  test('that unpacks to megabytes is stopped early', async () => {
    const bomb = await linkOf(' '.repeat(20 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(MAX_LINK);
    await refused(bomb, /more than 12 MB/);
  });

  test('with millions of numbers is refused before they are read', async () => {
    const holding = (count: number) =>
      linkOf(`{"document":{"layers":[],"y":[],"x":[${'0,'.repeat(count - 1)}0]},"step":1,"sample":0,"cursor":0}`);
    const link = await holding(5_900_000);
    expect(link.length).toBeLessThan(MAX_LINK);
    await refused(link, /more than 20,000 numbers, .* as a file/);
    expect((await unpacked(await holding(MAX_LINK_NUMBERS))).document.x).toHaveLength(MAX_LINK_NUMBERS);
    // Beside the three numbers of the state there is room for one more.
    await refused(await holding(MAX_LINK_NUMBERS + 2), /more than 20,000 numbers/);
  });

  test('with a correct hash of something else is not a network', async () => {
    await refused(await linkOf('[1, 2]'), /not a network document/);
    await refused(await linkOf('{"document": {"layers": 1}}'), /not a network document/);
    await refused(await linkOf('not json'), /not valid JSON/);
    await refused(await linkOf('{"document": {"__proto__": {"x": 1}}}'), /key “__proto__”/);
    await refused(await linkOf('{"document": {"x": [NaN]}}'), /no NaN/);
  });

  test('whose other fields are invalid opens the network in its initial state', async () => {
    const { document } = STATE;
    const rest = {
      step: '3',
      sample: 99,
      cursor: -1,
      grain: 'atom',
      trail: ['<img>', 7, 'loss'],
      notation: {},
      edges: 'auto ',
      nodes: null,
      example: [],
    };
    const state = await unpacked(await linkOf(JSON.stringify({ document: { ...document, x: [[0]] }, ...rest })));
    expect(state).toMatchObject({ step: 1, sample: 0, cursor: 0, grain: 'node', trail: ['loss'], notation: 'scalar' });
    expect(state.example).toBeNull();
  });
});
