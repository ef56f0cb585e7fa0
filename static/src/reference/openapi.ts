/** The service's description of its calls (OpenAPI), as the reference shows it. */

export interface Schema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  prefixItems?: Schema[];
  additionalProperties?: Schema | boolean;
  oneOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  maxLength?: number;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

export interface OpenApi {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

interface Described {
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content & { description: string }>;
}

export interface Operation {
  /** Its place in the address of the reference. */
  id: string;
  method: string;
  path: string;
  group: string;
  description: string;
  parameters: Parameter[];
  body: { type: string; schema: Schema } | null;
  answers: { status: string; description: string; schema: Schema | null }[];
}

/** Every call, in the service's order. */
export function operations({ paths }: OpenApi): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      id: `${method}${path.replaceAll(/[^a-z]+/g, '-').replace(/-$/, '')}`,
      method: method.toUpperCase(),
      path,
      group: described.tags?.[0] ?? '',
      description: described.description ?? described.summary,
      parameters: described.parameters ?? [],
      body: content(described.requestBody),
      answers: Object.entries(described.responses)
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([status, answer]) => ({
          status,
          description: answer.description,
          schema: content(answer)?.schema ?? null,
        })),
    })),
  );
}

function content(of: Content | undefined): { type: string; schema: Schema } | null {
  const [first] = Object.entries(of?.content ?? {});
  return first?.[1].schema ? { type: first[0], schema: first[1].schema } : null;
}

/** The calls that have every word in their method, address or description. */
export function matching(all: readonly Operation[], text: string): Operation[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ method, path, description }) => {
    const searched = `${method} ${path} ${description}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}

export const nameOf = (schema: Schema): string | undefined => schema.$ref?.split('/').at(-1);

/** The schema itself where a name stands for it. */
export function resolved(schema: Schema, { components }: OpenApi): Schema {
  const name = nameOf(schema);
  return name === undefined ? schema : (components.schemas[name] ?? {});
}

const choices = (schema: Schema): Schema[] | undefined => schema.oneOf ?? schema.anyOf;

/** A type in a line: `"pass" | "layer"`, `integer ≥ 1`, `NetworkDocument[]`. */
export function typeText(schema: Schema): string {
  const name = nameOf(schema);
  if (name !== undefined) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const several = choices(schema);
  if (several) return several.map(typeText).join(' | ');
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeText).join(', ')}]`;
  if (schema.type === 'array') {
    const items = schema.items ? typeText(schema.items) : 'any';
    return items.includes(' ') ? `(${items})[]` : `${items}[]`;
  }
  return `${schema.type ?? 'any'}${bounds(schema)}`;
}

function bounds({ minimum, exclusiveMinimum, maximum, maxLength }: Schema): string {
  const parts = [
    minimum === undefined ? '' : ` ≥ ${minimum}`,
    exclusiveMinimum === undefined ? '' : ` > ${exclusiveMinimum}`,
    maximum === undefined ? '' : ` ≤ ${maximum}`,
    maxLength === undefined ? '' : ` ≤ ${maxLength} characters`,
  ];
  return parts.join('');
}

/** The objects that a schema consists of, by name: those of its alternatives and of the entries of its lists. */
export function objectsIn(schema: Schema, api: OpenApi, name = nameOf(schema) ?? ''): [string, Schema][] {
  const whole = resolved(schema, api);
  const several = choices(whole) ?? (whole.items ? [whole.items] : whole.prefixItems);
  if (several) return several.flatMap((one) => objectsIn(one, api));
  return whole.properties ? [[name, whole]] : [];
}

/** A body to start from: the required fields only, with the given document where a call takes one. */
export function sample(schema: Schema, api: OpenApi, document: unknown): unknown {
  if (nameOf(schema) === 'NetworkDocument' && document !== undefined) return document;
  const whole = resolved(schema, api);
  if (whole.examples) return whole.examples[0];
  if (whole.const !== undefined) return whole.const;
  if (whole.default !== undefined) return whole.default;
  if (whole.enum) return whole.enum[0];
  const [first] = choices(whole) ?? [];
  if (first) return sample(first, api, document);
  if (whole.properties) {
    const fields = Object.entries(whole.properties).filter(([name]) => whole.required?.includes(name));
    return Object.fromEntries(fields.map(([name, field]) => [name, sample(field, api, document)]));
  }
  if (whole.items) return [sample(whole.items, api, document)];
  const plain: Record<string, unknown> = {
    string: '',
    integer: whole.minimum ?? 0,
    number: 0,
    boolean: false,
    array: [],
  };
  return whole.type === 'object' ? {} : (plain[whole.type ?? ''] ?? null);
}
