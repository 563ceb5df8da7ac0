import { objectsAt, type PathAt, type Repository, readObjects } from '../../git/index.ts';
import { memoise } from '../../text/memoise.ts';
import { orAborted } from '../../text/or-aborted.ts';
import { type WhenWritten, whenWritten } from './written.ts';

/** How much is done to follow the lines that documents cite. */
export const LINE_LIMITS = {
  /** Milliseconds for reading the log of one document. */
  document: 10_000,
  /** Milliseconds for all documents together. */
  all: 90_000,
  /** Bytes of a cited file. Larger ones are data. */
  bytes: 2_000_000,
} as const;

const MOST_DOCUMENTS = 2_000;
const MOST_TEXTS = 400;

/** A text of git as people see it; `undefined` for binary content. */
const readable = (text: string): string | undefined => (text.includes('\0') ? undefined : text);

/**
 * What commits say of the lines that documents cite: when a citation was written, and what the cited file held then. Kept by contents, which no later commit changes.
 * Never fetches.
 */
export class LineHistory {
  readonly #repository: Repository;
  readonly #written = memoise<ReadonlyMap<string, WhenWritten>>(MOST_DOCUMENTS);
  readonly #texts = new Map<string, string | undefined>();
  readonly #late = new Set<string>();
  #isShallow = false;
  #isPartial = false;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Sentences for people on what could not be followed. */
  get notices(): readonly string[] {
    const late = this.#late.size;
    const seconds = LINE_LIMITS.document / 1_000;
    return [
      ...(late > 0
        ? [
            `What ${late === 1 ? `${[...this.#late][0]} cites` : `${late} documents cite`} of lines was not followed, because git took more than ${seconds} seconds.`,
          ]
        : []),
      ...(this.#isShallow
        ? ['Some line references are older than this shallow clone and were not followed. Run "git fetch --unshallow" to get the commits.']
        : []),
      ...(this.#isPartial
        ? ['The clone is partial: the lines that documents cite were not followed, because their former contents may be missing.']
        : []),
    ];
  }

  /**
   * When parts of a document were written; empty where git could not say in time.
   * @param head the current HEAD
   */
  async written(head: string, path: string, needles: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, WhenWritten>> {
    if (this.#repository.partial) {
      this.#isPartial = true;
      return new Map();
    }
    const repository = { ...this.#repository, head };
    const [object = ''] = await objectsAt(repository, [{ sha: head, path }], signal);
    if (object === '') return new Map();
    const late = AbortSignal.timeout(LINE_LIMITS.document);
    try {
      const key = [path, object, ...needles].join('\0');
      // Not cancelled with the caller, because another one may wait for the same log.
      const run = this.#written(key, () => whenWritten(repository, path, needles, late));
      const when = await orAborted(run, signal);
      this.#late.delete(path);
      if ([...when.values()].includes('shallow')) this.#isShallow = true;
      return when;
    } catch (error) {
      signal?.throwIfAborted();
      if (!late.aborted) throw error;
      this.#late.add(path);
      return new Map();
    }
  }

  /** Objects of files in commits, in the order of the questions. */
  objects(places: readonly PathAt[], signal?: AbortSignal): Promise<readonly (string | undefined)[]> {
    return objectsAt(this.#repository, places, signal);
  }

  /** Texts of objects; those that are missing, binary or too large are left out. */
  async texts(objects: Iterable<string>, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(objects)];
    const missing = wanted.filter((object) => !this.#texts.has(object));
    const read = await readObjects(this.#repository, missing, LINE_LIMITS.bytes, signal);
    for (const object of missing) this.#texts.set(object, readable(read.get(object) ?? '\0'));
    const found = new Map(
      wanted.flatMap((object): [string, string][] => {
        const text = this.#texts.get(object);
        return text === undefined ? [] : [[object, text]];
      }),
    );
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_TEXTS) break;
      this.#texts.delete(oldest);
    }
    return found;
  }
}
