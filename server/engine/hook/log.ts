import { join } from 'node:path';
import { readBounded } from '../../text/read-file.ts';
import { appendBounded } from './files.ts';

const FILE = 'log.jsonl';
/** Some ten thousand answers. */
const MOST_BYTES = 2_000_000;

/** One answer of a hook, as the log keeps it: no text of the agent or the repository but paths and ids. */
export interface HookEntry {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** Name of the event. */
  readonly event: string;
  readonly tool: string;
  /** Repository-relative files that were asked about, at most ten. */
  readonly paths: readonly string[];
  /** Ids of the records that were shown. */
  readonly shown: readonly string[];
  /** Number of findings that were shown. */
  readonly findings: number;
  /** Whether a person was asked. */
  readonly stopped: boolean;
  /** Estimated tokens of what was said; 0 if nothing was. */
  readonly tokens: number;
  /** Milliseconds that the answer took, without the start of the process. */
  readonly took: number;
}

/** Appends an answer to the log in a folder. Never rejects. */
export const logAnswer = (folder: string, entry: HookEntry): Promise<void> =>
  appendBounded(join(folder, FILE), `${JSON.stringify(entry)}\n`, MOST_BYTES);

const isEntry = (value: unknown): value is HookEntry => {
  if (typeof value !== 'object' || value === null) return false;
  const entry: Partial<Record<keyof HookEntry, unknown>> = value;
  return (
    typeof entry.at === 'number' &&
    typeof entry.event === 'string' &&
    Array.isArray(entry.shown) &&
    Array.isArray(entry.paths) &&
    typeof entry.tokens === 'number' &&
    typeof entry.took === 'number'
  );
};

/** The answers in the log of a folder, oldest first; lines that are none are left out. */
export async function readAnswers(folder: string): Promise<readonly HookEntry[]> {
  const text = (await readBounded(join(folder, FILE), 2 * MOST_BYTES)) ?? '';
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isEntry(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}
