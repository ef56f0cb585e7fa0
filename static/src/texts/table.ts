/** The words of the table dialog, loaded with its code, because most visits do not need them. */

import { table as en } from './en/table';
import { language } from './language';
import type { TableWords } from './shape';

export const table: TableWords = language === 'zh' ? await chinese() : en;

async function chinese(): Promise<TableWords> {
  try {
    return (await import('./zh/table')).table;
  } catch {
    // A dialog in English is better than none.
    return en;
  }
}
