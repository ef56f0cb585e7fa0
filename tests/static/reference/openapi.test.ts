import { describe, expect, it } from 'vitest';
import { callOf, command, laidOut, missing } from '@/reference/call';
import { matching, type OpenApi, objectsIn, operations, type Schema, sample, typeText } from '@/reference/openapi';

const api: OpenApi = {
  info: { title: 'API', version: '1', description: '' },
  paths: {
    '/api/networks/{id}/step': {
      post: {
        summary: 'Step',
        description: 'Move the `cursor`.',
        tags: ['networks'],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'sample', in: 'query', schema: { type: 'integer', default: 0 } },
          { name: 'if-match', in: 'header', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } } },
        responses: { '422': { description: 'Refused.' }, '200': { description: 'Done.' } },
      },
    },
    '/api/catalog': { get: { summary: 'Catalog', responses: { '200': { description: 'All.' } } } },
  },
  components: {
    schemas: {
      NetworkDocument: { type: 'object', properties: { layers: { type: 'array' } } },
      Body: {
        type: 'object',
        required: ['document', 'by', 'steps', 'wishes', 'inner', 'ref'],
        properties: {
          document: { oneOf: [{ $ref: '#/components/schemas/NetworkDocument' }, { type: 'string' }] },
          by: { type: 'string', enum: ['pass', 'layer'] },
          steps: { type: 'integer', minimum: 1, maximum: 9 },
          wishes: { type: 'array', items: { type: 'string', maxLength: 8 } },
          inner: { $ref: '#/components/schemas/Inner' },
          ref: { type: 'string', examples: ['loss'] },
          left: { type: 'boolean' },
        },
      },
      Inner: { type: 'object', required: ['kind'], properties: { kind: { type: 'string', const: 'it' } } },
    },
  },
};
const [step, catalog] = operations(api) as [ReturnType<typeof operations>[0], ReturnType<typeof operations>[0]];
const body = step.body?.schema as Schema;

describe('the calls of a description', () => {
  it('come in its order, with an address of their own', () => {
    expect(operations(api).map(({ id, method, path, group }) => [id, method, path, group])).toEqual([
      ['post-api-networks-id-step', 'POST', '/api/networks/{id}/step', 'networks'],
      ['get-api-catalog', 'GET', '/api/catalog', ''],
    ]);
    expect(step.answers.map(({ status }) => status)).toEqual(['200', '422']);
    expect(catalog.body).toBeNull();
  });

  it('are found by all words of a search', () => {
    expect(matching(operations(api), 'cursor POST')).toEqual([step]);
    expect(matching(operations(api), 'cursor get')).toEqual([]);
    expect(matching(operations(api), ' ')).toHaveLength(2);
  });

  it('have a body to start from with the required fields only', () => {
    expect(sample(body, api, { layers: [] })).toEqual({
      document: { layers: [] },
      by: 'pass',
      steps: 1,
      wishes: [''],
      inner: { kind: 'it' },
      ref: 'loss',
    });
  });

  it('name their types in a line', () => {
    const types = Object.values(api.components.schemas.Body?.properties ?? {}).map(typeText);
    expect(types).toEqual([
      'NetworkDocument | string',
      '"pass" | "layer"',
      'integer ≥ 1 ≤ 9',
      '(string ≤ 8 characters)[]',
      'Inner',
      'string',
      'boolean',
    ]);
  });

  it('find the objects within alternatives and lists', () => {
    const several = { oneOf: [{ type: 'array', items: body }, { $ref: '#/components/schemas/Inner' }] };
    expect(objectsIn(several, api).map(([name]) => name)).toEqual(['Body', 'Inner']);
    expect(objectsIn({ type: 'string' }, api)).toEqual([]);
  });
});

describe('a call', () => {
  it('has its parameters where they belong, and none that is empty', () => {
    const call = callOf(step, { id: 'a/b', 'if-match': '"1"', sample: '' }, '{}');
    expect(call).toEqual({
      method: 'POST',
      url: '/api/networks/a%2Fb/step',
      headers: { 'Content-Type': 'application/json', 'if-match': '"1"' },
      body: '{}',
    });
    expect(callOf(step, { id: 'a', sample: '2' }, '').url).toBe('/api/networks/a/step?sample=2');
    expect(missing(step, { sample: '2' })).toEqual(['id']);
  });

  it('is a command that a shell reads as it is', () => {
    expect(command(callOf(step, { id: 'a' }, `{"name": "it's"}`), 'http://localhost:8000')).toBe(
      [
        "curl -s -X POST 'http://localhost:8000/api/networks/a/step'",
        "-H 'Content-Type: application/json'",
        String.raw`-d '{"name": "it'\''s"}'`,
      ].join(' \\\n  '),
    );
    expect(command(callOf(catalog, {}, ''), 'http://localhost')).toBe("curl -s 'http://localhost/api/catalog'");
  });
});

describe('JSON laid out for reading', () => {
  it('keeps every digit', () => {
    const text = '{"a":-0.0,"b":1e400,"c":[0.10,12345678901234567890],"d":"x, {y}: \\"z\\"","e":[],"f":{}}';
    expect(laidOut(text).replaceAll(/(?<=[,:]) |\n\s*/g, '')).toBe(text.replace('x, {y}: ', 'x,{y}:'));
    expect(laidOut('[]')).toBe('[]');
    expect(laidOut('null')).toBe('null');
  });

  it('breaks what does not fit a line, and no number', () => {
    const row = `[${Array(12).fill('0.123456').join(',')}]`;
    const lines = laidOut(`{"rows":[[1,2],[3,4]],"wide":[${row},${row}]}`).split('\n');
    expect(lines).toContain('  "rows": [[1, 2], [3, 4]],');
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
  });
});
