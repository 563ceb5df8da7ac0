import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type * as Lance from '@lancedb/lancedb';
import type * as Arrow from 'apache-arrow';
import { EngineError } from '../model/errors.ts';

/** LanceDB, and the instance of Arrow that it uses. LanceDB rejects tables made by another instance. */
export interface Native {
  readonly lance: typeof Lance;
  readonly arrow: typeof Arrow;
}

let loaded: Native | undefined;

/** Cores that LanceDB leaves to reading and writing, unless it is told how many threads to compute with. */
const CORES_FOR_FILES = 2;
/** Threads for computing on a small machine. The figures are in docs/decisions/0023-compute-with-at-least-four-threads.md. */
const LEAST_THREADS = 4;

/**
 * Value of `LANCE_CPU_THREADS` for a machine: what the user set if LanceDB can work with it, else LanceDB's own choice, but at least four.
 *
 * LanceDB 0.31 (lance 8.0.0) computes in a pool of `cores - 2` threads, at least one. While it writes a full-text index, one task blocks a thread of the
 * pool until its output is taken, and taking it needs another thread. With up to three cores there is none, and it waits for ever without an error
 * (github.com/lance-format/lance/pull/7423; the same of vector queries in github.com/lance-format/lance/issues/7642).
 * It also panics if the variable is not a number.
 */
export function computeThreads(asked: string | undefined, cores: number): string {
  const wanted = /^\d{1,4}$/.test(asked ?? '') ? Number(asked) : 0;
  return String(wanted >= 2 ? wanted : Math.max(LEAST_THREADS, cores - CORES_FOR_FILES));
}

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
  process.env.LANCE_CPU_THREADS = computeThreads(process.env.LANCE_CPU_THREADS, availableParallelism());
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
