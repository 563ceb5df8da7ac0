import type { SourceFile } from '../code/source-file.ts';
import { judgeReferences, type LineFacts } from '../decisions/index.ts';
import { headOf } from '../git/index.ts';
import { LINE_LIMITS, LineHistory } from '../history/lines/line-history.ts';
import type { LineLink } from '../model/answer.ts';
import { withoutBom } from '../text/byte-order-mark.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { View } from './view.ts';

/** Gives the judge of line references what git, the work tree and the index know. Keeps what commits say for as long as the repository is open. */
export class CitedLineFacts {
  #history: { readonly root: string; readonly of: LineHistory } | undefined;
  /** Milliseconds of git in this run over all documents. */
  #spent = 0;
  #unfollowed = 0;
  readonly #onNotices: () => void;

  constructor(onNotices: () => void) {
    this.#onNotices = onNotices;
  }

  /** Sentences for people on what was not followed. */
  get notices(): readonly string[] {
    const count = this.#unfollowed;
    return [
      ...(this.#history?.of.notices ?? []),
      ...(count > 0
        ? [
            `The lines that ${count} more document${count === 1 ? ' cites' : 's cite'} were not followed, because git took more than ${LINE_LIMITS.all / 1_000} seconds for the others. Check their folders alone.`,
          ]
        : []),
    ];
  }

  /** Call it before all documents are judged: the time that git may take begins anew. */
  beginRun(): void {
    this.#spent = 0;
    this.#unfollowed = 0;
  }

  /** `undefined` outside of git. */
  of({ root, files, repository }: Workspace, { register, recordCommits, code }: View): LineFacts | undefined {
    if (!repository || repository.bare) return undefined;
    if (this.#history?.root !== root) this.#history = { root, of: new LineHistory(repository) };
    const history = this.#history.of;
    const { tree, home } = register;
    return {
      tree,
      ...(home === undefined ? {} : { home }),
      renamed: (path) => recordCommits.history.renamed(path, (now) => tree.has(now)),
      formerPaths: (path) => recordCommits.history.formerPaths(path),
      pathsWith: (name, most) => code.pathsWith(name, most),
      read: async (path) => {
        const text = await files.read(path, LINE_LIMITS.bytes);
        return text === undefined || text.includes('\0') ? undefined : withoutBom(text);
      },
      objects: (places, signal) => history.objects(places, signal),
      texts: (objects, signal) => history.texts(objects, signal),
      written: async (path, needles, signal) => {
        if (this.#spent > LINE_LIMITS.all) {
          this.#unfollowed++;
          return new Map();
        }
        const before = history.notices.length;
        const since = performance.now();
        const when = await history.written(await headOf(repository), path, needles, signal);
        this.#spent += performance.now() - since;
        if (history.notices.length !== before) this.#onNotices();
        return when;
      },
    };
  }

  /** The references to lines in a document of prose, with the place where those lines are now. */
  async linksIn(workspace: Workspace, view: View, { path, text, lines: index }: SourceFile, signal?: AbortSignal): Promise<LineLink[]> {
    const facts = isDocument(view, path) ? this.of(workspace, view) : undefined;
    if (!facts) return [];
    const judged = await judgeReferences(path, text, facts, signal);
    return judged.flatMap(({ reference: { start, end }, now, state }) =>
      now ? [{ span: index.span(start, end), path: now.path, lines: now.lines, moved: state === 'moved' }] : [],
    );
  }
}

const isDocument = ({ documentIndex }: View, path: string): boolean =>
  ['decision', 'guide'].includes(documentIndex.get(path)?.head.kind ?? '');
