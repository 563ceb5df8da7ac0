import { type LineChanges, lineChangesOf, type Repository, shallowEdges } from '../../git/index.ts';

/** When something was written into a document. */
export interface Written {
  readonly sha: string;
  /** First parent; `undefined` for a root commit. */
  readonly parent?: string;
  /** ISO day. */
  readonly date: string;
}

/** `uncommitted`: no commit has it. `shallow`: it is older than what the clone has. */
export type WhenWritten = Written | 'uncommitted' | 'shallow';

const WORD = /[\w/.-]/;

/** Whether a line holds a text that no letter or digit goes on from: `a.ts:12`, not `a.ts:123`. */
export function holds(line: string, needle: string): boolean {
  for (let at = line.indexOf(needle); at >= 0; at = line.indexOf(needle, at + 1)) {
    const [before, after] = [line[at - 1] ?? ' ', line.slice(at + needle.length, at + needle.length + 2)];
    if (!(WORD.test(before) && WORD.test(needle[0] ?? '')) && !/^(?:\w|[-–,/]\d)/.test(after)) return true;
  }
  return false;
}

/** Those of the needles that this commit brought into the document: it added a line with them, and removed none. */
const brought = ({ added, removed }: LineChanges, needles: Iterable<string>): string[] =>
  [...needles].filter((needle) => added.some((line) => holds(line, needle)) && !removed.some((line) => holds(line, needle)));

/**
 * When parts of a document were written: the newest commit that added a line with them and removed none. A later edit of the line, or a move within the
 * document, changes nothing. Needles with a line break are looked for by their last line.
 *
 * @throws as git does; the reason of `signal` when aborted.
 */
export async function whenWritten(
  repository: Repository,
  path: string,
  needles: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, WhenWritten>> {
  const edges = await shallowEdges(repository);
  const lineOf = (needle: string): string => needle.slice(needle.lastIndexOf('\n') + 1);
  const left = new Set(needles);
  const found = new Map<string, WhenWritten>();
  for await (const changes of lineChangesOf(repository, path, signal)) {
    if (left.size === 0) break;
    const { sha, parent, date } = changes;
    const byLine = new Map([...left].map((needle) => [needle, lineOf(needle)]));
    const here = new Set(brought(changes, new Set(byLine.values())));
    for (const [needle, line] of byLine) {
      if (!here.has(line)) continue;
      found.set(needle, edges.has(sha) ? 'shallow' : { sha, date, ...(parent === undefined ? {} : { parent }) });
      left.delete(needle);
    }
  }
  for (const needle of left) found.set(needle, 'uncommitted');
  return found;
}
