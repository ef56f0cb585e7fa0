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
  /** `sides` is one number for both sides of a window, or one for each; `pair` is two, `list` one for each output. */
  kind: 'integer' | 'number' | 'boolean' | 'choice' | 'sides' | 'pair' | 'list' | 'variants';
  required: boolean;
  /** It may be omitted, and then has another meaning than any number. */
  optional: boolean;
  choices: readonly string[];
  usual: unknown;
  variants: readonly Variant[];
}

/** One form of a setting that is an object: the fields that it has, beside its `type` if it has one. */
export interface Variant {
  name: string;
  type: string | null;
  fields: readonly Field[];
}

interface Schema {
  type?: string;
  const?: unknown;
  enum?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
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

/** The settings of a kind, or of data; numbers are edited in their matrix. */
export function fieldsOf(kind: Pick<Kind, 'parameters'> | LayerKind | undefined): Field[] {
  const others = [...OTHERS, ...(kind && 'numbers' in kind ? kind.numbers.map(({ name }) => name) : [])];
  return (kind?.parameters ?? []).filter(({ name }) => !others.includes(name)).flatMap(fieldOf);
}

/** The field of a setting; none for what a form cannot edit. */
export function fieldOf({ name, required, schema }: Parameter): Field[] {
  const whole = schema as Schema;
  const inner = whole.anyOf?.find(({ type }) => type !== 'null') ?? whole;
  const kind = kindOf(inner);
  if (!kind) return [];
  const optional = whole.anyOf?.some(({ type }) => type === 'null') ?? false;
  const variants = kind === 'variants' ? objects(inner).map(variantOf) : [];
  const numbers = kind === 'pair' || kind === 'list' ? inner.items : kind === 'sides' ? inner.oneOf?.[0] : inner;
  return [
    { name, kind, required, optional, choices: inner.enum ?? [], usual: whole.default, variants, ...limits(numbers) },
  ];
}

const objects = ({ oneOf = [] }: Schema): Schema[] => oneOf.filter(({ properties }) => properties);

function variantOf({ properties = {}, required = [] }: Schema): Variant {
  const fields = Object.entries(properties).flatMap(([name, schema]) =>
    fieldOf({ name, required: required.includes(name), schema } as Parameter),
  );
  const type = (properties.type?.const as string | undefined) ?? null;
  return { name: type ?? fields[0]?.name ?? '', type, fields };
}

/** The form that a value has; null if it is left out. */
export function variantIn({ variants }: Field, value: unknown): Variant | null {
  if (typeof value !== 'object' || value === null) return null;
  const has = value as Record<string, unknown>;
  return variants.find(({ name, type }) => (type === null ? name in has : has.type === type)) ?? null;
}

/** A value of a form, with what each required field starts with. */
export const begun = ({ type, fields }: Variant): Record<string, unknown> => ({
  ...(type === null ? {} : { type }),
  ...Object.fromEntries(
    fields.filter(({ required }) => required).map(({ name, least }) => [name, STARTS[name] ?? Math.max(least, 0)]),
  ),
});

function kindOf(schema: Schema): Field['kind'] | null {
  const { type, const: only, enum: choices, oneOf, maxItems, items } = schema;
  if (only !== undefined) return null;
  if (objects(schema).length) return 'variants';
  if (choices) return 'choice';
  if (oneOf?.some((one) => one.type === 'integer') && oneOf.some((one) => one.maxItems === 2)) return 'sides';
  if (type === 'array' && maxItems === 2) return 'pair';
  if (type === 'array' && items?.type === 'number') return 'list';
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
  norm: 1,
  value: 1,
  every: 10,
  over: 10,
};

/** A new layer, loss or optimizer of a kind. `width` is the number of outputs, if the kind has that setting. */
export function fresh(kind: Kind, width = 2): { type: string } & Record<string, unknown> {
  const required = fieldsOf(kind).filter((field) => field.required);
  const settings = required.map(({ name, least }) => [name, name === 'output_dim' ? width : (STARTS[name] ?? least)]);
  return { type: kind.type, ...Object.fromEntries(settings) };
}
