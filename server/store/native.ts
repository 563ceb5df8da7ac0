import { createRequire } from 'node:module';
import type * as Lance from '@lancedb/lancedb';
import type * as Arrow from 'apache-arrow';
import { EngineError } from '../model/errors.ts';

/** LanceDB and the very instance of Arrow that it uses: it does not recognise tables made by another one. */
export interface Native {
  readonly lance: typeof Lance;
  readonly arrow: typeof Arrow;
}

let loaded: Native | undefined;

/**
 * Both packages as CommonJS, because LanceDB is: an `import` of Arrow would bring its other, ECMAScript build. A bundle has a `require` of its own,
 * whose calls the bundler follows; a module that runs from source must make one.
 */
function load(): Native {
  if (typeof require === 'function') return { lance: require('@lancedb/lancedb'), arrow: require('apache-arrow') };
  const fromHere = createRequire(import.meta.url);
  return { lance: fromHere('@lancedb/lancedb'), arrow: fromHere('apache-arrow') };
}

/**
 * Loads LanceDB's native library on first use, about 100 ms.
 * Rejects with `platform-unsupported` where there is none for this platform (there is none for Intel Macs).
 */
export async function loadNative(): Promise<Native> {
  if (loaded) return loaded;
  // Must be set before the library starts: it writes deprecation warnings to stderr, which a language server's client shows.
  process.env.LANCEDB_LOG ??= 'error';
  try {
    loaded = load();
    return loaded;
  } catch (cause) {
    throw new EngineError(
      'platform-unsupported',
      `Lintel cannot keep an index on this computer: its database has no native library for ${process.platform}-${process.arch} in this installation. ` +
        'Supported are Linux (x64, arm64), Windows (x64, arm64) and macOS on Apple silicon; install the package made for your platform.',
      { cause },
    );
  }
}
