import { createHash } from 'node:crypto';
import { whyGivenUp } from '../../code/given-up.ts';
import { documentName, SourceFile } from '../../code/source-file.ts';
import { isSource } from '../../code/sources.ts';
import {
  findingsOfIdentifiers,
  type GovernedFindings,
  governed,
  type IdentifierDecision,
  type IdentifierKnowledge,
  isQuietPath,
  isUnread,
} from '../../identifiers/index.ts';
import type { Finding } from '../../model/finding.ts';
import { resultStore, type StampedResult } from '../../store/results.ts';
import { memoiseByText } from '../../text/memoise.ts';
import { turnTaker } from '../../text/yielding.ts';
import { tellsTeamsOrDatabases } from '../../workspace/teams-and-databases.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { View } from '../view.ts';
import { decisionsOnDisk, indexedDecisions, isMigration, type RepositoryFacts, readFacts } from './knowledge.ts';
import { programStamp } from './program-stamp.ts';
import { beginningOf, isCut, MOST_BYTES, type Unread, unreadNotices } from './unread.ts';

/** Open files whose findings are kept. */
const MOST_OPEN = 30;
const FILES_AT_ONCE = 20;

/** What was found in one file, as the repository judges it. */
export interface IdentifierResult {
  readonly findings: readonly Finding[];
  readonly allowed: readonly { readonly finding: Finding; readonly reason: string; readonly link?: string }[];
  /** Why the file was not looked at, or not to its end. */
  readonly unread?: Unread;
}

/** What was found in all files. */
export interface IdentifierScan {
  /** By path, of the files in which something was found or that were not read. */
  readonly results: ReadonlyMap<string, IdentifierResult>;
  /** Number of files that were looked at, now or before. */
  readonly files: number;
  /** Number of files that were read now: the others have not changed. */
  readonly read: number;
}

const NOTHING: IdentifierResult = { findings: [], allowed: [] };

const isResult = (value: unknown): value is IdentifierResult =>
  typeof value === 'object' && value !== null && 'findings' in value && Array.isArray(value.findings) && 'allowed' in value;

const resultOf = ({ findings, allowed }: GovernedFindings): IdentifierResult => ({
  findings,
  allowed: allowed.map(({ finding, allowed: { reason, link } }) => ({ finding, reason, ...(link === undefined ? {} : { link }) })),
});

/** The findings in one file, as the repository judges them. */
export async function judgeFile(source: SourceFile, knowledge: IdentifierKnowledge): Promise<IdentifierResult> {
  if (isUnread(source)) return { ...NOTHING, unread: 'long-line' };
  const found = await findingsOfIdentifiers(source, knowledge);
  const result = found.length === 0 ? NOTHING : resultOf(governed(source, found, knowledge));
  const grammar = source.language?.grammar?.name;
  if (grammar !== undefined && whyGivenUp(grammar, source.text) !== undefined) return { ...result, unread: 'hard-text' };
  return isCut(source.path, source.text) ? { ...result, unread: 'long-text' } : result;
}

/** Whether a file says something of identifiers elsewhere: who the teams are, which database is used, what is generated, what becomes of tables. */
export const tellsOfIdentifiers = (path: string): boolean =>
  tellsTeamsOrDatabases(path) || isMigration(path) || path === '.gitattributes' || path.endsWith('/.gitattributes');

/** Schemas and policies in files that hold no code: JSON Schema, access lists, CloudFormation, dialects of SQL. */
const DATA = /\.(?:json|template|ddl|psql|pgsql|tfvars)$/i;

/** Whether the identifiers in a file are looked at. */
export const isLookedAt = (path: string): boolean => (isSource(path) || DATA.test(path)) && !isQuietPath(path);

export interface IdentifiersOptions {
  readonly workspace: () => Workspace;
  readonly indexFolder: string;
  /** Called when the notices changed. */
  readonly onNotices?: () => void;
}

/** The knowledge about one state of the repository, and what tells it from others. */
interface Known {
  readonly knowledge: IdentifierKnowledge;
  readonly facts: RepositoryFacts;
  readonly fingerprint: string;
}

/** What the identifiers of a repository look like: knows what the repository says of them, and keeps what was found by file. */
export class Identifiers {
  readonly #options: IdentifiersOptions;
  readonly #store: ReturnType<typeof resultStore<IdentifierResult>>;
  #facts: { readonly of: Workspace; readonly read: Promise<RepositoryFacts> } | undefined;
  #indexed: { readonly of: View; readonly decisions: readonly IdentifierDecision[] } | undefined;
  #known: { readonly of: RepositoryFacts; readonly decisions: readonly IdentifierDecision[]; readonly known: Known } | undefined;
  #results: { readonly madeBy: string; readonly byPath: Map<string, StampedResult<IdentifierResult>> } | undefined;
  #open = this.#forOpenFiles();

  constructor(options: IdentifiersOptions) {
    this.#options = options;
    this.#store = resultStore(options.indexFolder, 'identifiers', isResult);
  }

  /** Sentences for people on the files that were not looked at, as of the last look at all files. */
  get notices(): readonly string[] {
    return unreadNotices(
      unreadIn([...(this.#results?.byPath ?? [])].flatMap(([path, { result }]) => (result ? [[path, result] as const] : []))),
    );
  }

  /** Call it when a file changed that says who the teams are, which database is used, what is generated, or which files there are. */
  forget(): void {
    this.#facts = undefined;
  }

  /**
   * The findings in one file with the text of the editor. Works without an index, and then knows no decisions.
   * @param view the index, if there is one
   */
  async ofFile(path: string, text: string, view: View | undefined): Promise<IdentifierResult> {
    if (!isLookedAt(path)) return NOTHING;
    const { knowledge, facts } = await this.#knownOf(this.#decisionsOf(view));
    return facts.isDeclaredGenerated(path) ? NOTHING : this.#open(path, beginningOf(path, text), knowledge);
  }

  /** The findings in all files, with the decisions of the index. */
  async ofAll(view: View, signal?: AbortSignal): Promise<IdentifierScan> {
    return this.#scan(await this.#knownOf(this.#decisionsOf(view), signal), undefined, signal);
  }

  /** The knowledge as the files on disk have it, whatever the index knows. */
  async onDisk(
    signal?: AbortSignal,
  ): Promise<{ readonly knowledge: IdentifierKnowledge; readonly scan: (isWanted: (path: string) => boolean) => Promise<IdentifierScan> }> {
    const known = await this.#knownOf(await decisionsOnDisk(this.#options.workspace(), signal), signal);
    return { knowledge: known.knowledge, scan: (isWanted) => this.#scan(known, isWanted, signal) };
  }

  /** One list for each view: findings are compared by it. */
  #decisionsOf(view: View | undefined): readonly IdentifierDecision[] {
    if (view === undefined) return NO_DECISIONS;
    if (this.#indexed?.of !== view) this.#indexed = { of: view, decisions: indexedDecisions(view) };
    return this.#indexed.decisions;
  }

  async #knownOf(decisions: readonly IdentifierDecision[], signal?: AbortSignal): Promise<Known> {
    const workspace = this.#options.workspace();
    if (this.#facts?.of !== workspace) {
      const read = readFacts(workspace);
      this.#facts = { of: workspace, read };
      read.catch(() => this.forget());
    }
    const facts = await this.#facts.read;
    signal?.throwIfAborted();
    if (this.#known?.of === facts && this.#known.decisions === decisions) return this.#known.known;
    const { teams, allowed, engineOf, existed, migrations, newMigrations, isOvertaken, overtakes } = facts;
    const knowledge: IdentifierKnowledge = { teams, allowed, engineOf, decisions, existed, migrations, isOvertaken };
    const { identifiers } = workspace.loaded.config;
    const said = JSON.stringify([await programStamp(), teams, decisions, facts.signs, newMigrations, [...overtakes], identifiers]);
    const known = { knowledge, facts, fingerprint: createHash('sha256').update(said).digest('hex') };
    // What open files say depends on all that, so it is found again.
    this.#known = { of: facts, decisions, known };
    this.#open = this.#forOpenFiles();
    return known;
  }

  #forOpenFiles(): (path: string, text: string, knowledge: IdentifierKnowledge) => Promise<IdentifierResult> {
    let now: IdentifierKnowledge | undefined;
    const found = memoiseByText(MOST_OPEN, (path, text) => {
      const document = documentName(this.#options.workspace().root, path);
      return now ? judgeFile(new SourceFile(path, text, document), now) : Promise.resolve(NOTHING);
    });
    return (path, text, knowledge) => {
      now = knowledge;
      return found(path, text);
    };
  }

  async #scan(
    { knowledge, facts, fingerprint }: Known,
    isWanted: ((path: string) => boolean) | undefined,
    signal?: AbortSignal,
  ): Promise<IdentifierScan> {
    const { files } = this.#options.workspace();
    if (this.#results?.madeBy !== fingerprint) this.#results = { madeBy: fingerprint, byPath: await this.#store.read(fingerprint) };
    const before = this.#results.byPath;
    const told = this.notices.join();
    const listed = (await files.list(signal)).files;
    const paths = listed.filter((path) => isLookedAt(path) && !facts.isDeclaredGenerated(path) && (isWanted?.(path) ?? true));
    const after = new Map<string, StampedResult<IdentifierResult>>();
    const takeTurn = turnTaker();
    let read = 0;
    for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
      const some = paths.slice(at, at + FILES_AT_ONCE);
      const stamps = await Promise.all(some.map((path) => files.stamp(path)));
      const stale = some.filter((path, index) => stamps[index] === '' || before.get(path)?.stamp !== stamps[index]);
      const texts = await files.readMany(stale, MOST_BYTES);
      for (const [index, path] of some.entries()) {
        const stamp = stamps[index] ?? '';
        const known = before.get(path);
        if (stamp !== '' && known?.stamp === stamp) {
          after.set(path, known);
          continue;
        }
        const whole = texts[stale.indexOf(path)];
        if (whole === undefined) continue;
        const text = beginningOf(path, whole);
        await takeTurn();
        signal?.throwIfAborted();
        read += 1;
        const result = await judgeFile(new SourceFile(path, text), knowledge);
        const isEmpty = result.findings.length + result.allowed.length === 0 && result.unread === undefined;
        after.set(path, isEmpty ? { stamp } : { stamp, result });
      }
    }
    // A scan of some files keeps what is known of the others.
    const all = isWanted === undefined ? after : new Map([...before, ...after]);
    this.#results = { madeBy: fingerprint, byPath: all };
    if (told !== this.notices.join()) this.#options.onNotices?.();
    if (read > 0 || (isWanted === undefined && all.size !== before.size)) await this.#store.write(fingerprint, all);
    const results = new Map<string, IdentifierResult>();
    for (const path of paths) {
      const result = after.get(path)?.result;
      if (result !== undefined) results.set(path, result);
    }
    return { results, files: after.size, read };
  }
}

/** The files that were not read, by path. */
export function unreadIn(results: Iterable<readonly [string, IdentifierResult]>): ReadonlyMap<string, Unread> {
  const unread = new Map<string, Unread>();
  for (const [path, { unread: why }] of results) if (why !== undefined) unread.set(path, why);
  return unread;
}

const NO_DECISIONS: readonly IdentifierDecision[] = [];
