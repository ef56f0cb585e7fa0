/** Compresses the files of the page once, when it is built, instead of for every visitor. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

/** A form is written only if it saves this part of a file: fonts are compressed already, and tiny files grow. */
const WORTH = 0.05;

const FORMS: readonly { ending: string; compress: (content: Buffer) => Promise<Buffer> }[] = [
  {
    ending: '.br',
    compress: (content) =>
      promisify(brotliCompress)(content, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      }),
  },
  { ending: '.gz', compress: (content) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }) },
];

/** The compressed forms of a file, by the ending that its name gets. */
export async function forms(content: Buffer): Promise<Map<string, Buffer>> {
  const made = await Promise.all(FORMS.map(async ({ ending, compress }) => [ending, await compress(content)] as const));
  return new Map(made.filter(([, form]) => form.length <= content.length * (1 - WORTH)));
}

/** Writes `name.br` and `name.gz` beside every file of the page; app/page_files.py sends them. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler({ dir = '' }, bundle) {
        const write = async (file: (typeof bundle)[string]) => {
          const made = await forms(Buffer.from(file.type === 'chunk' ? file.code : file.source));
          await Promise.all([...made].map(([ending, form]) => writeFile(join(dir, file.fileName + ending), form)));
        };
        await Promise.all(Object.values(bundle).map(write));
      },
    },
  };
}
