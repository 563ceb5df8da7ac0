import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * A fault for a process that is started with `--import` of this file. A step is what changes the disk: a call into the file system, or a call of the
 * database that writes.
 * - `LINTEL_TEST_COPIES`, with the index folder as `LINTEL_TEST_FOLDER`: before each step, and at the end, the index folder is copied into that
 *   folder, by the number of the step, if it is not as it was. It is what a process leaves that is killed there. Not while the database writes, which
 *   would tear the copy.
 * - `LINTEL_TEST_DIE`: it dies before the step of that number.
 */
const { LINTEL_TEST_COPIES: copies = '', LINTEL_TEST_FOLDER: folder = '', LINTEL_TEST_DIE: last = '' } = process.env;
let steps = 0;
let writing = 0;
let copied = '';

/** Differs where anything in the index folder does. */
function stampOfFolder(): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    hash.update(path).update(entry.isFile() ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}

function step(): void {
  if (String(steps) === last) process.kill(process.pid, 'SIGKILL');
  if (copies !== '' && writing === 0 && stampOfFolder() !== copied) {
    copied = stampOfFolder();
    cpSync(folder, join(copies, String(steps).padStart(3, '0')), { recursive: true });
  }
  steps += 1;
}

type Method = (...args: unknown[]) => unknown;

/** Makes these functions of an object steps. */
function stepBefore(object: object, names: readonly string[], call: (run: () => unknown, args: readonly unknown[]) => unknown): void {
  for (const name of names) {
    const original = Reflect.get(object, name) as Method;
    const value: Method = function (this: unknown, ...args) {
      return call(() => Reflect.apply(original, this, args), args);
    };
    Object.defineProperty(object, name, { value });
  }
}

const onDisk = (run: () => unknown): unknown => {
  step();
  return run();
};
const inDatabase = async (run: () => unknown): Promise<unknown> => {
  step();
  writing += 1;
  try {
    return await run();
  } finally {
    writing -= 1;
  }
};

const handle = await promises.open(import.meta.filename);
stepBefore(Object.getPrototypeOf(handle) as object, ['writeFile', 'sync'], onDisk);
await handle.close();
stepBefore(promises, ['mkdir', 'rename', 'rm', 'writeFile', 'appendFile'], onDisk);
stepBefore(promises, ['open'], (run, [, flags]) => (flags === 'r' || flags === undefined ? run() : onDisk(run)));
syncBuiltinESMExports();

// As the product does before it loads the library.
process.env.LANCE_CPU_THREADS = '4';
const require = createRequire(import.meta.url);
const library = dirname(require.resolve('@lancedb/lancedb'));
const { LocalTable } = require(join(library, 'table.js')) as { LocalTable: { prototype: object } };
const { MergeInsertBuilder } = require(join(library, 'merge.js')) as { MergeInsertBuilder: { prototype: object } };
stepBefore(LocalTable.prototype, ['add', 'createIndex', 'delete', 'optimize'], inDatabase);
stepBefore(MergeInsertBuilder.prototype, ['execute'], inDatabase);

process.on('exit', step);
