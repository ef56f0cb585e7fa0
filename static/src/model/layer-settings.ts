/** Which fields a form has: read from the catalog, so that a new kind of layer, loss or optimizer needs no new form. */

import type { Catalog } from '../api/types';

/** A layer of any kind: its settings by name. */
export type Settings = Record<string, unknown> & { type: string; name?: string | null };

/** A kind of loss or optimizer, or of layer. */
export type Kind = Catalog['optimizers'][number];
export type LayerKind = Catalog['layers'][number];

export const layerKind = (catalog: Pick<Catalog, 'layers'> | null, type: string | undefined): LayerKind | undefined =>
  catalog?.layers.find((kind) => kind.type === type);

/** The fields of a layer that hold numbers, which are drawn or accumulated rather than chosen. */
export const numbersOf = (catalog: Pick<Catalog, 'layers'> | null, type: string | undefined): readonly string[] =>
  layerKind(catalog, type)?.numbers.map(({ name }) => name) ?? [];

/** Whether the targets of a loss may be classes. */
export const takesClasses = (catalog: Catalog | null, loss: string | undefined): boolean =>
  catalog?.losses.find(({ type }) => type === loss)?.takes_classes ?? false;

/** Whether a loss compares the outputs with targets. */
export const takesTargets = (catalog: Catalog | null, loss: string | undefined): boolean =>
  catalog?.losses.find(({ type }) => type === loss)?.takes_targets ?? true;

type Parameter = Kind['parameters'][number];

export interface Limits {
  least: number;
  most: number;
  /** The limit itself is not allowed. */
  openBelow: boolean;
  openAbove: boolean;
}

export interface Field extends Limits {
  name: string;
  /** `sides` is one number for both sides of a window, or one for each; `pair` is two numbers. */
  kind: 'integer' | 'number' | 'boolean' | 'choice' | 'sides' | 'pair';
  required: boolean;
  /** It may be omitted, and then has another meaning than any number. */
  optional: boolean;
  choices: readonly string[];
  usual: unknown;
}

interface Schema {
  type?: string;
  const?: unknown;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  default?: unknown;
}

/** Fields that are not settings: the name and the locks are edited elsewhere. */
const OTHERS: readonly string[] = ['name', 'state', 'frozen'];

/** The parameters of a kind of layer that can be frozen. */
export function freezable(kind: Kind | undefined): readonly string[] {
  const frozen = kind?.parameters.find(({ name }) => name === 'frozen')?.schema as Schema | undefined;
  return frozen?.items?.enum ?? [];
}

/** The settings of a kind; numbers are edited in their matrix. */
export function fieldsOf(kind: Kind | LayerKind | undefined): Field[] {
  const others = [...OTHERS, ...(kind && 'numbers' in kind ? kind.numbers.map(({ name }) => name) : [])];
  return (kind?.parameters ?? []).filter(({ name }) => !others.includes(name)).flatMap(fieldOf);
}

function fieldOf({ name, required, schema }: Parameter): Field[] {
  const whole = schema as Schema;
  const inner = whole.anyOf?.find(({ type }) => type !== 'null') ?? whole;
  const kind = kindOf(inner);
  if (!kind) return [];
  const optional = whole.anyOf?.some(({ type }) => type === 'null') ?? false;
  const numbers = kind === 'pair' ? inner.items : kind === 'sides' ? inner.oneOf?.[0] : inner;
  return [{ name, kind, required, optional, choices: inner.enum ?? [], usual: whole.default, ...limits(numbers) }];
}

function kindOf({ type, const: only, enum: choices, oneOf, maxItems }: Schema): Field['kind'] | null {
  if (only !== undefined) return null;
  if (choices) return 'choice';
  if (oneOf?.some((one) => one.type === 'integer') && oneOf.some((one) => one.maxItems === 2)) return 'sides';
  if (type === 'array' && maxItems === 2) return 'pair';
  return type === 'integer' || type === 'number' || type === 'boolean' ? type : null;
}

function limits(schema: Schema = {}): Limits {
  return {
    least: schema.minimum ?? schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY,
    most: schema.maximum ?? schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY,
    openBelow: schema.exclusiveMinimum !== undefined,
    openAbove: schema.exclusiveMaximum !== undefined,
  };
}

/** The initial value of a required setting. */
const STARTS: Readonly<Record<string, number>> = {
  n_filter: 2,
  n_filters: 2,
  h_filter: 2,
  w_filter: 2,
  size: 2,
  stride: 2,
  probability: 0.5,
  lr: 0.1,
};

/** A new layer, loss or optimizer of a kind. `width` is the number of outputs, if the kind has that setting. */
export function fresh(kind: Kind, width = 2): { type: string } & Record<string, unknown> {
  const required = fieldsOf(kind).filter((field) => field.required);
  const settings = required.map(({ name, least }) => [name, name === 'output_dim' ? width : (STARTS[name] ?? least)]);
  return { type: kind.type, ...Object.fromEntries(settings) };
}
