/** The names of the choices on the page. Links contain some of them, and the texts have words for each. */

/** A number shown on an edge of the picture. */
export type Quantity = 'weight' | 'product' | 'gradient' | 'next';

/** What the edges show; `auto` follows the step. */
export type EdgeMode = 'auto' | Quantity;
export const EDGE_MODES: readonly EdgeMode[] = ['auto', 'weight', 'product', 'gradient', 'next'];

/** Whether the picture or its table shows products. */
export const showsProducts = (edges: EdgeMode, asTable: boolean): boolean => asTable || edges === 'product';

/** What the nodes show; `value` and `gradient` show a single number, in the circle. */
export type NodeMode = 'both' | 'value' | 'gradient';
export const NODE_MODES: readonly NodeMode[] = ['both', 'value', 'gradient'];

/** Which equations of the Matrices view are shown, and what the cells of a large matrix show. */
export const LAWS = ['all', 'forward', 'weights', 'inputs', 'update'] as const;
export type LawChoice = (typeof LAWS)[number];
export const CELLS = ['colours', 'numbers'] as const;
export type Cells = (typeof CELLS)[number];

/** Which rows of the gradient check are shown. */
export type Filter = 'all' | 'worst' | 'differs' | 'kink' | 'undecided';
export const FILTERS: readonly Filter[] = ['all', 'worst', 'differs', 'kink', 'undecided'];
