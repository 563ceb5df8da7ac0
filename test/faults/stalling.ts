import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * A fault for a process that is started with `--import` of this file: what `LINTEL_TEST_STALL` names never comes back. `optimize`, `mergeInsert` and
 * `toArrow` are calls into the database to tidy, to write and to read; `reader` is the decoding of a file that contains the word "endlessly", which blocks
 * the event loop.
 */
const never = (): Promise<never> => new Promise(() => undefined);

/** Whatever is called on it, until `execute`, which never ends. */
const endless = (): object => new Proxy({}, { get: (_, name) => (name === 'execute' ? never : endless) });

function stallDatabase(what: string): void {
  // As the product does before it loads the library.
  process.env.LANCE_CPU_THREADS = '4';
  const require = createRequire(import.meta.url);
  const library = dirname(require.resolve('@lancedb/lancedb'));
  const { LocalTable } = require(join(library, 'table.js')) as { LocalTable: { prototype: object } };
  const { QueryBase } = require(join(library, 'query.js')) as { QueryBase: { prototype: object } };
  const value = what === 'mergeInsert' ? endless : never;
  Object.defineProperty((what === 'toArrow' ? QueryBase : LocalTable).prototype, what, { value });
}

function stallReader(): void {
  const { decode } = TextDecoder.prototype;
  TextDecoder.prototype.decode = function (...bytes) {
    const text = decode.apply(this, bytes);
    while (text.includes('endlessly'));
    return text;
  };
}

const what = process.env.LINTEL_TEST_STALL ?? '';
if (what === 'reader') stallReader();
else stallDatabase(what);
