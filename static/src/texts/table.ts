/** The words of the dialog of tables, which come with its code: most visits do without them. */

import { table as en } from './en/table';
import { language } from './language';
import type { TableWords } from './shape';

export const table: TableWords = language === 'zh' ? await chinese() : en;

async function chinese(): Promise<TableWords> {
  try {
    return (await import('./zh/table')).table;
  } catch {
    // Without its words a dialog in English is better than none.
    return en;
  }
}
