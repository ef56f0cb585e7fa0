/** Connects the views: a view that shows a part of another one receives it here. */

import { Unreachable } from '../api/client';
import { Anatomy } from '../diagram/Legend';
import { FlowStrip } from '../flow/FlowStrip';
import { report } from '../state/tracing';
import { later } from '../ui/Later';

const ImageTables = later(() => import('../tables/ImageTables').then(({ ImageTables }) => ImageTables));
const FeatureMaps = later(() => import('../maps/FeatureMaps').then(({ FeatureMaps }) => FeatureMaps));

/** Replaces the units: the same numbers in tables. */
export const Tables = later(() => import('../tables/Tables').then(({ Tables }) => Tables));

/** A network on images, as maps or in tables. */
export const Maps = () => <FeatureMaps Tables={ImageTables} />;

/** Beneath the picture: the gradient flow, and beside it the meaning of the signs at a unit. */
export const Foot = () => <FlowStrip Beside={Anatomy} />;

/** Opens a file; the code for it is loaded with the first one. */
export async function openFile(file: File): Promise<void> {
  const { receive } = await import('../build/table/reader').catch(() => ({ receive: null }));
  if (receive) await receive(file);
  else report(new Unreachable());
}
