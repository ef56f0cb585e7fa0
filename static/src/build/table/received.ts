/** A file that came to the page: a network is opened, a table shown, and anything else named with what to do instead. */

import { incoming } from '../../state/incoming';
import { network, notice, noticeWay } from '../../state/store';
import { texts } from '../../texts';
import { faults } from '../../texts/faults';
import { table as words } from '../../texts/table';
import { type Foreign, foreign, HEAD } from './foreign';

/** Of a table; networks have a limit of their own. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;
const MEGA = 1024 * 1024;

/** What writes the numbers of a file as text, where it comes from. */
const COMMANDS: Partial<Record<Foreign, string>> = {
  npy: 'numpy.savetxt("x.csv", x, delimiter=",")',
  npz: 'numpy.savetxt("x.csv", x, delimiter=",")',
  torch: 'print(model.state_dict())',
  keras: 'print(layer.get_weights())',
  hdf5: 'print(layer.get_weights())',
  parquet: 'pandas.read_parquet("…").to_csv("x.csv", index=False)',
};

/** The same, said at the top of the page where it is nothing that can be used. */
export async function receive(file: File): Promise<void> {
  const why = await received(file);
  if (why === null) return;
  noticeWay.value = null;
  notice.value = network.value ? texts.share.notice.keeping(why) : why;
}

/** Why it can be neither opened nor shown; `null` where it is. */
export async function received(file: File): Promise<string | null> {
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  } catch {
    return faults.unreadableFile;
  }
  const kind = foreign(head);
  if (kind && !(kind === 'binary' && /\.json$/i.test(file.name))) {
    return words.isForeign(file.name, words.foreign[kind].replace('{command}', COMMANDS[kind] ?? ''));
  }
  if (/\.json$/i.test(file.name) || /^\s*[[{]/.test(new TextDecoder().decode(head.slice(0, 1000)))) {
    incoming.value = null;
    const { openFile } = await import('../../share/opening');
    await openFile(file);
    return null;
  }
  if (file.size > MAX_TABLE_BYTES) return words.faults.large(MAX_TABLE_BYTES / MEGA);
  incoming.value = { source: file };
  return null;
}
