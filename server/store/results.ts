import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { replaceFile } from './replace-file.ts';

/** What was found in a file, and the stamp that it had. */
export interface StampedResult<T> {
  /** Differs once the file was replaced or written. */
  readonly stamp: string;
  /** Absent where nothing was found. */
  readonly result?: T;
}

/** Results of one kind for all files of a repository, in the index folder. A cache: it may be deleted at any time. */
export interface ResultStore<T> {
  /** The results by path; none if they were made otherwise (`madeBy` differs), or if the file is damaged. */
  read(madeBy: string): Promise<Map<string, StampedResult<T>>>;
  /** Replaces all results. A folder that cannot be written is no failure: the next process computes them again. */
  write(madeBy: string, results: ReadonlyMap<string, StampedResult<T>>): Promise<void>;
}

const SCHEMA = 1;
const checksum = (json: string): string => crc32(json).toString(36);

/**
 * Opens the results of one kind.
 * @param isResult whether a value is a result of this version; what is not is computed again
 */
export function resultStore<T>(folder: string, name: string, isResult: (value: unknown) => value is T): ResultStore<T> {
  const file = join(folder, `${name}.json`);
  return {
    async read(madeBy) {
      try {
        const [head = '', json = ''] = (await readFile(file, 'utf8')).split('\n', 2);
        const { schema, made, sum } = JSON.parse(head) as Partial<Record<'schema' | 'made' | 'sum', unknown>>;
        if (schema !== SCHEMA || made !== madeBy || sum !== checksum(json)) return new Map();
        const rows = JSON.parse(json) as readonly (readonly [string, string, unknown?])[];
        return new Map(
          rows.flatMap(([path, stamp, result]): [string, StampedResult<T>][] =>
            result === undefined ? [[path, { stamp }]] : isResult(result) ? [[path, { stamp, result }]] : [],
          ),
        );
      } catch {
        return new Map();
      }
    },
    async write(madeBy, results) {
      const rows = [...results].map(([path, { stamp, result }]) => (result === undefined ? [path, stamp] : [path, stamp, result]));
      const json = JSON.stringify(rows);
      const temporary = `${file}.${process.pid}.tmp`;
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(temporary, `${JSON.stringify({ schema: SCHEMA, made: madeBy, sum: checksum(json) })}\n${json}\n`);
        await replaceFile(temporary, file);
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}
