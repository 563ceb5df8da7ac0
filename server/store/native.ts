import { createRequire } from 'node:module';
import type * as Lance from '@lancedb/lancedb';
import type * as Arrow from 'apache-arrow';
import { EngineError } from '../model/errors.ts';

/** LanceDB, and the instance of Arrow that it uses. LanceDB rejects tables made by another instance. */
export interface Native {
  readonly lance: typeof Lance;
  readonly arrow: typeof Arrow;
}

let loaded: Native | undefined;

/**
 * Loads both packages as CommonJS, as LanceDB itself does: an `import` would load the ECMAScript build of Arrow, which is another instance. The bundle
 * has its own `require`, whose calls the bundler resolves; from source, one must be created.
 */
function load(): Native {
  if (typeof require === 'function') return { lance: require('@lancedb/lancedb'), arrow: require('apache-arrow') };
  const fromHere = createRequire(import.meta.url);
  return { lance: fromHere('@lancedb/lancedb'), arrow: fromHere('apache-arrow') };
}

/**
 * Loads LanceDB's native library on first use, which takes about 100 ms.
 * Rejects with `platform-unsupported` if there is none for this platform, such as Intel Macs.
 */
export async function loadNative(): Promise<Native> {
  if (loaded) return loaded;
  // Set before the library starts: its deprecation warnings go to stderr, which editors show to the user.
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
