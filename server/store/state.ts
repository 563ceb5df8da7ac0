import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { translate } from './failure.ts';
import { appendLine, readLines, removeLog } from './logs/lines.ts';
import { replaceFile } from './replace-file.ts';

/** Version of the layout of the index folder. An index with another one is rebuilt. */
export const INDEX_SCHEMA = 5;

const fileState = z.object({
  /** Bytes; -1 while a run is changing the file's rows, so that an interrupted run is not mistaken for a finished one. */
  size: z.number(),
  /** Time of the last change of content, name or permissions, in milliseconds since 1970. */
  mtimeMs: z.number(),
  /** Of the content. */
  hash: z.string(),
  kind: z.enum(['decision', 'specification', 'guide', 'commit', 'test']),
  format: z.string(),
  /** Ids of the other documents that the file holds; absent if it holds none. */
  parts: z.array(z.string()).optional(),
  /** Stamps of the other files that its documents were read from; a missing file has the stamp of an empty one. */
  reads: z.record(z.string(), z.string()).optional(),
});

const testState = z.object({
  /** Differs once the file was replaced or written; empty while a run is changing its rows. */
  stamp: z.string(),
  /** What runs it. */
  framework: z.string(),
  /** Tags that `lintel.yaml` gives it. */
  tags: z.array(z.string()).optional(),
});

const indexState = z.object({
  schema: z.number(),
  /** Of the embedder that made the vectors. */
  fingerprint: z.string(),
  /** HEAD up to which commits are indexed; empty outside git and before the first commit. */
  head: z.string(),
  /** The indexed state of each file, by repository-relative path. */
  files: z.record(z.string(), fileState),
  /** The indexed state of each file of end-to-end tests, by repository-relative path. */
  tests: z.record(z.string(), testState).optional(),
  commitsIndexed: z.number(),
  /** Files of the facts of these commits, in the folder of the table. Absent in an index of an earlier version, whose next run writes them. */
  commitFacts: z.array(z.string().regex(/^commits-[0-9a-f]{16}\.facts$/)).optional(),
  /** When the last complete run ended, ISO 8601; empty during the first run. */
  finishedAt: z.string(),
  /** True from before the first change to commits until the end of the run. If it is found later, the run was interrupted. */
  open: z.boolean().optional(),
  /** Folder of the table within the index folder. Absent: `lance`, where the first build puts it. */
  database: z
    .string()
    .regex(/^lance(-[0-9a-f]+)?$/)
    .optional(),
  /** True if upkeep of the table stalled. It is then left out until the index is rebuilt. */
  withoutUpkeep: z.boolean().optional(),
  /** What determines the commits to read, besides HEAD: `Workspace.log`. */
  log: z.string().optional(),
  /** Limits under which the files were read: `Workspace.reading`. */
  reading: z.string().optional(),
  /** Sentences to show to the user about what is limited and why. */
  notices: z.array(z.string()),
});

export type FileState = Readonly<z.infer<typeof fileState>>;
export type TestState = Readonly<z.infer<typeof testState>>;
/** Content of `index.json` in the index folder: what the indexer knows about the index besides its rows. */
export type IndexState = Readonly<z.infer<typeof indexState>>;

const stateChange = z.object({
  /** Everything but files and tests, as it is now. */
  rest: indexState.omit({ files: true, tests: true }),
  /** What is new of files and tests; `null` where one is gone. */
  files: z.record(z.string(), fileState.nullable()),
  tests: z.record(z.string(), testState.nullable()),
});

/** What changed since a state was written. */
export type StateChange = Readonly<z.infer<typeof stateChange>>;

export type StateRead =
  | { readonly status: 'present'; readonly state: IndexState }
  | { readonly status: 'absent' }
  | { readonly status: 'older'; readonly schema: number }
  | { readonly status: 'newer'; readonly schema: number }
  | { readonly status: 'damaged'; readonly reason: string };

/**
 * `index.json` is the state of the index that everybody reads, and its `database` says where its table is: replacing it switches to another table.
 * `next.json` is the state of an index that is being built beside it; only writers look at it.
 */
export type StateName = 'index.json' | 'next.json';

/** Beside a state, what changed since it was written, so that a large one is not written whole for every save. */
const logOf = (name: StateName): string => name.replace('.json', '.log');

const SUM = /,"sum":"([0-9a-f]{8})"\}$/;
const sumOf = (json: string): string => crc32(json).toString(16).padStart(8, '0');

/** JSON of a state, with its checksum as the last field: a flipped bit may leave JSON valid, and would be believed. */
export function encodeState(state: IndexState): string {
  const json = JSON.stringify(state);
  return `${json.slice(0, -1)},"sum":"${sumOf(json)}"}`;
}

/** False if the text is not what was written. A state of an earlier version has no checksum. */
function isAsWritten(text: string): boolean {
  const sum = SUM.exec(text);
  return !sum || sumOf(`${text.slice(0, sum.index)}}`) === sum[1];
}

/** A copy with some entries replaced and others removed. A path may be called `__proto__`. */
function changed<T>(entries: Readonly<Record<string, T>> | undefined, news: Readonly<Record<string, T | null>>): Record<string, T> {
  const out: Record<string, T> = Object.assign(Object.create(null), entries);
  for (const [path, entry] of Object.entries(news)) {
    if (entry === null) delete out[path];
    else out[path] = entry;
  }
  return out;
}

const applied = (state: IndexState, { rest, files, tests }: StateChange): IndexState => ({
  ...rest,
  files: changed(state.files, files),
  ...(state.tests || Object.keys(tests).length > 0 ? { tests: changed(state.tests, tests) } : {}),
});

/** A state with what its log says, and how much of that there is. */
interface Followed {
  readonly read: StateRead;
  readonly bytes: number;
}

/** @param from bytes of the log that the state contains already */
async function follow(folder: string, name: StateName, state: IndexState, sum: string, from = 0): Promise<Followed> {
  const damaged: Followed = { read: { status: 'damaged', reason: `${logOf(name)} is not what was written` }, bytes: 0 };
  const log = await readLines(folder, logOf(name), sum, from);
  if (log === undefined) return { read: { status: 'present', state }, bytes: 0 };
  if (log === 'damaged') return damaged;
  let now = state;
  for (const value of log.values) {
    const change = stateChange.safeParse(value);
    if (!change.success) return damaged;
    now = applied(now, change.data);
  }
  return { read: { status: 'present', state: now }, bytes: log.bytes };
}

const stampOf = async (path: string): Promise<string> => {
  const found = await stat(path).catch(() => undefined);
  return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : '';
};

interface Read extends Followed {
  /** Checksum of the file without its log; empty for one of an earlier version. */
  readonly sum: string;
}

/** Reads a state and its log, once more where a writer replaced it meanwhile: without its log it would be an old state. */
async function readWhole(folder: string, name: StateName): Promise<Read> {
  for (;;) {
    const stamp = await stampOf(join(folder, name));
    const { read, sum } = await readFileOfState(folder, name);
    const followed = read.status === 'present' && sum !== '' ? await follow(folder, name, read.state, sum) : { read, bytes: 0 };
    if ((await stampOf(join(folder, name))) === stamp) return { ...followed, sum };
  }
}

/** Reads a state. An invalid file is `damaged`, not an error. */
export const readState = async (folder: string, name: StateName = 'index.json'): Promise<StateRead> => (await readWhole(folder, name)).read;

async function readFileOfState(folder: string, name: StateName): Promise<{ readonly read: StateRead; readonly sum: string }> {
  try {
    const text = await readFile(join(folder, name), 'utf8');
    return { read: parseState(text), sum: SUM.exec(text)?.[1] ?? '' };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { read: { status: 'absent' }, sum: '' };
    return { read: { status: 'damaged', reason: `index.json cannot be read (${code ?? String(error)})` }, sum: '' };
  }
}

/** Reads a state from its text. */
export function parseState(text: string): StateRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { status: 'damaged', reason: 'index.json is not JSON' };
  }
  // Check the version first, because the fields of another version may have any shape.
  const version = z.object({ schema: z.number() }).safeParse(value);
  if (!version.success) return { status: 'damaged', reason: 'index.json has no schema version' };
  const { schema } = version.data;
  if (schema < INDEX_SCHEMA) return { status: 'older', schema };
  if (schema > INDEX_SCHEMA) return { status: 'newer', schema };
  if (!isAsWritten(text)) return { status: 'damaged', reason: 'index.json is not what was written' };
  const state = indexState.safeParse(value);
  if (!state.success) return { status: 'damaged', reason: `index.json has a wrong field (${state.error.issues[0]?.path.join('.')})` };
  return { status: 'present', state: state.data };
}

/**
 * Writes the state atomically (temporary file, fsync, rename), so that a reader or a crash never sees half of it.
 * Rejects with `disk-full` or `index-read-only`.
 * @returns where changes are appended
 */
export async function writeState(folder: string, state: IndexState, name: StateName = 'index.json'): Promise<StatePosition> {
  const text = encodeState(state);
  const target = join(folder, name);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await replaceFile(temporary, target);
    await removeLog(folder, logOf(name));
    return { sum: SUM.exec(text)?.[1] ?? '', whole: Buffer.byteLength(text), log: 0 };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw translate(error, folder);
  }
}

/** How a state is on disk. */
export interface StatePosition {
  readonly sum: string;
  /** Bytes of the file without its log. */
  readonly whole: number;
  /** Bytes of its log. */
  readonly log: number;
}

/** How the state that was read last is on disk; `undefined` where nothing can be appended to it. Needs the writer's lock. */
export async function positionOf(folder: string, name: StateName): Promise<StatePosition | undefined> {
  const { read, sum, bytes } = await readWhole(folder, name);
  const found = await stat(join(folder, name)).catch(() => undefined);
  return read.status === 'present' && sum !== '' && found ? { sum, whole: found.size, log: bytes } : undefined;
}

/** Appends to the log of a state. Needs the writer's lock. Rejects with `disk-full` or `index-read-only`. */
export async function appendState(folder: string, name: StateName, position: StatePosition, change: StateChange): Promise<StatePosition> {
  return { ...position, log: await appendLine(folder, logOf(name), position.sum, position.log, change) };
}

/**
 * Returns a reader that parses the file again only after a write. Every request reads the state, and one of a thousand files takes a millisecond to
 * parse. Every write is a rename, so it changes the inode.
 */
export function stateReader(folder: string): () => Promise<StateRead> {
  const name = 'index.json';
  let known: (Read & { readonly stamp: string; readonly logStamp: string }) | undefined;
  return async () => {
    const [stamp, logStamp] = await Promise.all([stampOf(join(folder, name)), stampOf(join(folder, logOf(name)))]);
    if (known && stamp !== '' && known.stamp === stamp) {
      if (known.logStamp === logStamp) return known.read;
      if (known.read.status === 'present' && known.sum !== '') {
        const followed = await follow(folder, name, known.read.state, known.sum, known.bytes);
        // A log that is gone or shorter belongs to a state that was replaced.
        if (followed.bytes >= known.bytes && followed.bytes > 0 && (await stampOf(join(folder, name))) === stamp) {
          known = { ...known, ...followed, logStamp };
          return followed.read;
        }
      }
    }
    known = { ...(await readWhole(folder, name)), stamp, logStamp };
    return known.read;
  };
}

/** Deletes a state. Without `index.json` the next run builds the index from nothing. */
export async function deleteState(folder: string, name: StateName = 'index.json'): Promise<void> {
  await rm(join(folder, name), { recursive: true, force: true });
  await removeLog(folder, logOf(name));
}
