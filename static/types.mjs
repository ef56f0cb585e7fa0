/**
 * Writes src/api/schema.d.ts from the service's OpenAPI schema: from a file given, or else asked of the service itself.
 * With --check nothing is written; a file that is not what it would be made now is an error.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here('src/api/schema.d.ts');
const args = process.argv.slice(2);
const file = args.find((arg) => !arg.startsWith('--'));

function fromService() {
  const own = here('../.venv/bin/python');
  const python = process.env.PYTHON ?? (existsSync(own) ? own : 'python3');
  return execFileSync(python, ['-m', 'app.print_openapi'], { cwd: here('..'), encoding: 'utf8', maxBuffer: 1 << 26 });
}

const { openapi, info, components } = JSON.parse(file ? readFileSync(file, 'utf8') : fromService());
// The page needs the shapes of requests and answers; the routes that it calls are in client.ts, in words.
const types = astToString(await openapiTS({ openapi, info, paths: {}, components }));
const made = `// Made by \`npm run types\` from the service's OpenAPI schema. Do not edit.\n\n${types}`;

if (!args.includes('--check')) {
  writeFileSync(target, made);
} else if (!existsSync(target) || readFileSync(target, 'utf8') !== made) {
  console.error('static/src/api/schema.d.ts is out of date: run `python3 dev.py types` and commit it.');
  process.exitCode = 1;
}
