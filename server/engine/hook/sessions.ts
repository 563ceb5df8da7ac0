import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readJson, replacePrivately } from './files.ts';

const FILE = 'sessions.json';
const MOST_BYTES = 4_000_000;
/** Sessions that are remembered, those used last. */
const MOST_SESSIONS = 50;
/** What one session is remembered to have seen, the newest. */
const MOST_SEEN = 2_000;
/** A session that was not heard of for so long is over: three days, in milliseconds. */
const LIFETIME = 3 * 24 * 3_600_000;

interface Session {
  readonly last: number;
  readonly seen: readonly string[];
}

/** Whether something is a session as this file writes it. */
const isSession = (value: unknown): value is Session =>
  typeof value === 'object' &&
  value !== null &&
  'last' in value &&
  typeof value.last === 'number' &&
  'seen' in value &&
  Array.isArray(value.seen) &&
  value.seen.every((one) => typeof one === 'string');

/** What agents were told in their sessions, so that nothing is said twice. */
export interface SessionMemory {
  /** Those of some keys that the session was not told yet. */
  unseen(session: string, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Notes that the session was told something. */
  tell(session: string, keys: readonly string[]): Promise<void>;
  /** Forgets what a session was told: its context was cleared or shortened. */
  forget(session: string): Promise<void>;
}

/**
 * Keeps what sessions were told in a file of the folder, by hashes of their ids. What another process notes in the same moment may be lost, and is said
 * twice then.
 * @param now milliseconds since 1970
 */
export function sessionMemory(folder: string, now: () => number): SessionMemory {
  const path = join(folder, FILE);
  const nameOf = (session: string): string => createHash('sha256').update(session).digest('hex').slice(0, 16);
  const read = async (): Promise<Map<string, Session>> => {
    const value = await readJson(path, MOST_BYTES);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(entries.filter((entry): entry is [string, Session] => isSession(entry[1]) && now() - entry[1].last < LIFETIME));
  };
  const write = async (sessions: Map<string, Session>): Promise<void> => {
    const kept = [...sessions].sort(([, a], [, b]) => b.last - a.last).slice(0, MOST_SESSIONS);
    await replacePrivately(path, JSON.stringify(Object.fromEntries(kept)));
  };
  return {
    async unseen(session, keys) {
      const seen = new Set(session === '' ? [] : (await read()).get(nameOf(session))?.seen);
      return new Set(keys.filter((key) => !seen.has(key)));
    },
    async tell(session, keys) {
      if (session === '' || keys.length === 0) return;
      const sessions = await read();
      const seen = new Set([...(sessions.get(nameOf(session))?.seen ?? []), ...keys]);
      sessions.set(nameOf(session), { last: now(), seen: [...seen].slice(-MOST_SEEN) });
      await write(sessions);
    },
    async forget(session) {
      if (session === '') return;
      const sessions = await read();
      if (sessions.delete(nameOf(session))) await write(sessions);
    },
  };
}
