/** Writes THIRD-PARTY.txt: the licences of the packages and fonts that the page contains. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rollup } from 'vite';
import { FACES } from './fonts.ts';

const FILE = 'THIRD-PARTY.txt';
const ABOUT = `The page of Backprop Explorer contains the fonts and packages below, each under its own licence. The fonts are subsets.
Backprop Explorer itself is under the MIT licence.
`;
const LICENCE = /^(licen[cs]e|copying|ofl)(\.(md|txt))?$/i;
/** The bundler adds a few functions. */
const HELPERS: readonly [RegExp, string][] = [
  [/^\0vite\//, 'vite'],
  [/^\0rolldown\//, 'rolldown'],
];
/** Vite's licence is followed by those of what it contains itself, none of which is in the page. */
const OTHERS = '\n# Licenses of bundled dependencies';

/** The package of a module, or undefined for one of the page. */
export function packageOf(id: string): string | undefined {
  const helper = HELPERS.find(([pattern]) => pattern.test(id));
  return helper?.[1] ?? id.replaceAll('\\', '/').match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
}

/** The licence of a package. Throws an Error if it has none. */
export function licenceOf(name: string, modules: string): string {
  const folder = join(modules, name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => LICENCE.test(one));
  if (file === undefined) throw new Error(`${name} has no licence file; add one, or use another package.`);
  const [text = ''] = readFileSync(join(folder, file), 'utf8').replaceAll('\r', '').split(OTHERS);
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n\n${text.trim()}\n`;
}

/** Plugins for the page, for its workers, which are bundled before it, and for a page that is built after it. */
export function licences(root: string): { page: Plugin; worker: Plugin; later: Plugin } {
  const modules = join(root, 'node_modules');
  const names = new Set(FACES.map(({ from }) => from.split('/').slice(0, 2).join('/')));
  const plugin = (write: (this: Rollup.PluginContext, folder: string) => void): Plugin => ({
    name: 'licences',
    generateBundle({ dir = '' }, bundle) {
      for (const file of Object.values(bundle)) {
        for (const id of file.type === 'chunk' ? Object.keys(file.modules) : []) {
          const name = packageOf(id);
          if (name !== undefined) names.add(name);
        }
      }
      write.call(this, dir);
    },
  });
  return {
    worker: plugin(() => undefined),
    page: plugin(function () {
      const each = [...names].sort().map((name) => licenceOf(name, modules));
      this.emitFile({ type: 'asset', fileName: FILE, source: [ABOUT, ...each].join('\n\n') });
    }),
    later: plugin(function (folder) {
      const written = readFileSync(join(folder, FILE), 'utf8');
      const lacking = [...names].filter((name) => !written.includes(`\n${name} `));
      if (lacking.length) this.error(`${FILE} lacks ${lacking.join(', ')}, which this page contains.`);
    }),
  };
}
