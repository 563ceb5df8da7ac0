import { setTimeout as sleep } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Connection, Table } from '@lancedb/lancedb';
import { EngineError, messageOf } from '../../model/errors.ts';
import { isConflict } from '../failure.ts';
import { oneOf, quote } from '../filter.ts';
import { loadNative, type Native } from '../native.ts';
import { hashOf, PART_BYTES } from './manifest.ts';
import type { PublishedPlace } from './place.ts';

/** Tables of a place. Another layout gets other names, so that versions of Lintel that do not know it are not disturbed. */
const PARTS = 'lintel_parts_1';
const SNAPSHOTS = 'lintel_snapshots_1';

/** A request that takes longer is given up and made again. Without them, LanceDB waits for minutes. */
const REQUEST_LIMITS = { timeout: '60s', connect_timeout: '10s', client_max_retries: '3', client_retry_timeout: '60' };
/** Hashes per condition. */
const HASHES_AT_ONCE = 500;
const ATTEMPTS = 5;
const PAUSE_MS = 100;
/** A part is stored packed where that saves so much of it. */
const WORTH_PACKING = 0.9;

/** A published index, without the list of its files. */
export interface SnapshotRow {
  readonly id: string;
  readonly repository: string;
  readonly commit: string;
  readonly madeFrom: string;
  /** Version of the index folder, and the model that made the vectors: who has others cannot use it. */
  readonly schema: number;
  readonly fingerprint: string;
  /** When it was published, ISO 8601. */
  readonly publishedAt: string;
}

const ROW_COLUMNS = ['id', 'repository', 'commit', 'madeFrom', 'schema', 'fingerprint', 'publishedAt'] as const;

/**
 * A place where indexes are published: two tables, of parts of files by their hashes, and of snapshots, which name the parts. Rows are only added, and a
 * snapshot after all its parts, so that whoever reads sees whole snapshots, and publishers do not disturb each other: LanceDB adds rows by conditional writes.
 * Methods reject with `published-unreachable`, `published-damaged`, or the signal's reason.
 */
export interface PublishedDatabase {
  readonly place: PublishedPlace;
  /** Snapshots of a repository, newest first; of all without a name. */
  snapshots(repository?: string): Promise<SnapshotRow[]>;
  /** The list of files of a snapshot, as it was written. */
  manifestOf(id: string): Promise<string>;
  addSnapshot(row: SnapshotRow, manifest: string): Promise<void>;
  /** Those of the hashes whose parts are there. */
  present(hashes: readonly string[]): Promise<Set<string>>;
  /** Adds parts; together they should have at most some ten megabytes. */
  addParts(parts: readonly Uint8Array[]): Promise<void>;
  /** Parts by hash, each checked. */
  parts(hashes: readonly string[]): Promise<Map<string, Buffer>>;
  close(): void;
}

const schemas = ({ arrow: { Binary, Bool, Field, Int32, Schema, Utf8 } }: Native) => {
  const text = (name: string) => new Field(name, new Utf8(), false);
  return {
    [PARTS]: new Schema([text('hash'), new Field('packed', new Bool(), false), new Field('data', new Binary(), false)]),
    [SNAPSHOTS]: new Schema([
      ...ROW_COLUMNS.map((name) => (name === 'schema' ? new Field(name, new Int32(), false) : text(name))),
      text('manifest'),
    ]),
  };
};

const REFUSED = /\b40[13]\b|access ?denied|forbidden|permission denied|unauthorized|invalidaccesskey|signaturedoesnotmatch|credential/i;

/** What to tell people about a failure of a place; the messages of LanceDB are long, and hold addresses with parameters. */
function translate(error: unknown, { shown, host }: PublishedPlace): Error {
  if (error instanceof EngineError || (error instanceof DOMException && error.name === 'AbortError')) return error;
  const message = messageOf(error);
  if (REFUSED.test(message)) {
    const todo = host === undefined ? 'Change its permissions.' : 'Check the credentials in the environment, and what they allow.';
    return new EngineError('published-unreachable', `${shown} refuses access. ${todo}`, { cause: error });
  }
  const [line = ''] = message.replace(/https?:\/\/\S+/g, '').split('\n');
  const why = line.replace(/\s+/g, ' ').slice(0, 160);
  return new EngineError('published-unreachable', `${shown} cannot be read or written: ${why}. Check the address and the connection.`, {
    cause: error,
  });
}

/** Opens a place. Nothing is written there before something is published. */
export async function openPublished(place: PublishedPlace, signal?: AbortSignal): Promise<PublishedDatabase> {
  const native = await loadNative();
  const { lance } = native;
  const aborted =
    signal && new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  aborted?.catch(() => undefined);
  /** Native work cannot be interrupted: a cancelled call stops waiting for it. */
  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    for (let time = 1; ; time++) {
      signal?.throwIfAborted();
      try {
        return await (aborted ? Promise.race([work(), aborted]) : work());
      } catch (error) {
        signal?.throwIfAborted();
        if (!isConflict(error) || time === ATTEMPTS) throw translate(error, place);
        await sleep(PAUSE_MS * time);
      }
    }
  };
  const apiKey = process.env.LANCEDB_API_KEY;
  const connection: Connection = await attempt(() =>
    place.managed
      ? lance.connect(place.uri, apiKey ? { apiKey } : {})
      : lance.connect(place.uri, { readConsistencyInterval: 0, ...(place.host ? { storageOptions: REQUEST_LIMITS } : {}) }),
  );
  const opened = new Map<string, Table>();

  const toRead = async (name: keyof ReturnType<typeof schemas>): Promise<Table | undefined> => {
    const known = opened.get(name);
    if (known) return known;
    if (!(await attempt(() => connection.tableNames())).includes(name)) return undefined;
    const table = await attempt(() => connection.openTable(name));
    opened.set(name, table);
    return table;
  };

  const toWrite = async (name: keyof ReturnType<typeof schemas>): Promise<Table> => {
    const known = await toRead(name);
    if (known) return known;
    const table = await attempt(() => connection.createEmptyTable(name, schemas(native)[name], { mode: 'create', existOk: true }));
    opened.set(name, table);
    return table;
  };

  return {
    place,

    async snapshots(repository) {
      const table = await toRead(SNAPSHOTS);
      if (!table) return [];
      const found = await attempt(() => {
        const query = table.query().select([...ROW_COLUMNS]);
        return (repository === undefined ? query : query.where(`repository = ${quote(repository)}`)).toArrow();
      });
      const rows = [...found].map((row) => Object.fromEntries(ROW_COLUMNS.map((name) => [name, row?.[name]])) as unknown as SnapshotRow);
      return rows.sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : a.publishedAt > b.publishedAt ? -1 : a.id < b.id ? -1 : 1));
    },

    async manifestOf(id) {
      const table = await toRead(SNAPSHOTS);
      const found =
        table &&
        (await attempt(() =>
          table
            .query()
            .where(`id = ${quote(id)}`)
            .select(['manifest'])
            .limit(1)
            .toArrow(),
        ));
      const text: unknown = found?.get(0)?.manifest;
      if (typeof text !== 'string') throw new EngineError('published-damaged', `The published index ${id} is no longer at ${place.shown}.`);
      return text;
    },

    async addSnapshot(row, manifest) {
      const table = await toWrite(SNAPSHOTS);
      const rows = native.lance.makeArrowTable([{ ...row, manifest }], { schema: schemas(native)[SNAPSHOTS] });
      await attempt(() => table.add(rows));
    },

    async present(hashes) {
      const table = await toRead(PARTS);
      const found = new Set<string>();
      for (let at = 0; table && at < hashes.length; at += HASHES_AT_ONCE) {
        const some = hashes.slice(at, at + HASHES_AT_ONCE);
        const rows = await attempt(() => table.query().where(oneOf('hash', some)).select(['hash']).toArrow());
        for (const row of rows) found.add(String(row?.hash));
      }
      return found;
    },

    async addParts(parts) {
      if (parts.length === 0) return;
      const table = await toWrite(PARTS);
      const rows = parts.map((part) => {
        const small = deflateRawSync(part, { level: 1 });
        const packed = small.length < part.length * WORTH_PACKING;
        return { hash: hashOf(part), packed, data: packed ? small : part };
      });
      await attempt(() => table.add(native.lance.makeArrowTable(rows, { schema: schemas(native)[PARTS] })));
    },

    async parts(hashes) {
      const table = await toRead(PARTS);
      const found = new Map<string, Buffer>();
      if (!table) return found;
      const rows = await attempt(() => table.query().where(oneOf('hash', hashes)).select(['hash', 'packed', 'data']).toArrow());
      for (const row of rows) {
        const hash = String(row?.hash);
        const data = unpacked(row?.data as Uint8Array, row?.packed === true);
        // The same part may have been added by two publishers, and one of them may be damaged.
        if (data && hashOf(data) === hash) found.set(hash, data);
      }
      return found;
    },

    close() {
      for (const table of opened.values()) table.close();
      connection.close();
    },
  };
}

/** A part as it was; `undefined` where it cannot be unpacked or would be larger than a part is. */
function unpacked(data: Uint8Array, packed: boolean): Buffer | undefined {
  if (!packed) return Buffer.from(data);
  try {
    return inflateRawSync(data, { maxOutputLength: PART_BYTES });
  } catch {
    return undefined;
  }
}
