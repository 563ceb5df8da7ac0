import { workingTreeChanges } from '../../git/index.ts';
import {
  type IdentifierDecision,
  type IdentifierKnowledge,
  identifierDecision,
  overtaken,
  overtakenBy,
  type RecordText,
} from '../../identifiers/index.ts';
import { createMatcher } from '../../knowledge/discovery/globs.ts';
import type { IdentifierSettings } from '../../knowledge/discovery/identifier-settings.ts';
import { splitPassages } from '../../knowledge/passages.ts';
import { readFileDocument } from '../../knowledge/read.ts';
import type { DocumentHead } from '../../model/document.ts';
import { isInForce } from '../../register/in-force.ts';
import { resolveSupersession } from '../../register/successors.ts';
import { readGeneratedPaths } from '../../workspace/attributes.ts';
import { type Databases, readDatabases, readTeams } from '../../workspace/teams-and-databases.ts';
import { treeOf } from '../../workspace/tree.ts';
import { discoverDocuments, type Workspace } from '../../workspace/workspace.ts';
import type { View } from '../view.ts';

/** What the files of a repository say about its identifiers, without its decisions. */
export interface RepositoryFacts extends Required<Omit<IdentifierKnowledge, 'decisions'>> {
  /** What the files say of databases; with the configuration, it decides what `engineOf` answers. */
  readonly signs: Databases['signs'];
  /** Migrations that HEAD does not have as they are on disk. They are new, so what they say can still be changed. */
  readonly newMigrations: readonly string[];
  /** What each migration does to tables that others made; it decides what `isOvertaken` answers. */
  readonly overtakes: ReadonlyMap<string, readonly string[]>;
  /** Whether `.gitattributes` calls a file generated or vendored. */
  readonly isDeclaredGenerated: (path: string) => boolean;
}

const allowedOf = ({ allow }: IdentifierSettings): IdentifierKnowledge['allowed'] =>
  allow.map(({ rules, paths, names, reason, link }) => {
    const matcher = createMatcher(paths, { braces: true });
    return {
      rules,
      concerns: paths.length === 0 ? () => true : (path) => matcher.match(path) !== undefined,
      names: names.map((name) => name.toLowerCase()),
      reason,
      ...(link === undefined ? {} : { link }),
    };
  });

/** A file in a folder of migrations, in whatever way tools name it, in SQL or in the language of the mapper. */
const MIGRATION =
  /(?:^|\/)(?:db|migrations?|migrate|flyway|liquibase|changelog|sql|schema|delta)\/(?:.*\/)?[^/]+\.sql$|(?:^|\/)(?:migrations?|migrate|versions)\/(?:.*\/)?[^/]+\.(?:rb|py|ts|js|php|cs|java|kt|go)$/i;

/** Whether a file is a migration, by its path. */
export const isMigration = (path: string): boolean => MIGRATION.test(path);

/** Paths by the folder that holds them, and by the one above it: some tools give each migration a folder of its own. */
function byFolder(paths: readonly string[]): (path: string) => readonly string[] {
  const folders = new Map<string, string[]>();
  const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
  for (const path of paths) {
    for (const folder of new Set([parent(path), parent(parent(path))])) folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return (path) => [...new Set([...(folders.get(parent(path)) ?? []), ...(folders.get(parent(parent(path))) ?? [])])].sort();
}

/** What differs from HEAD; `undefined` where git cannot or must not say. */
const changesOf = ({ repository, head }: Workspace, signal?: AbortSignal): Promise<readonly string[] | undefined> =>
  repository === undefined || head === '' ? Promise.resolve(undefined) : workingTreeChanges(repository, signal).catch(() => undefined);

/** Reads what the work tree says: its configuration, owners, catalogs and signs of databases. Nothing is run. */
export async function readFacts(workspace: Workspace, signal?: AbortSignal): Promise<RepositoryFacts> {
  const { files, loaded } = workspace;
  const { identifiers } = loaded.config;
  const paths = (await files.list(signal)).files;
  const migrations = paths.filter(isMigration);
  const changes = migrations.length > 0 ? await changesOf(workspace, signal) : undefined;
  const changed = changes && new Set(changes);
  const [overtakes, teams, { engineOf, signs }, isDeclaredGenerated] = await Promise.all([
    readOvertakes(workspace, migrations),
    readTeams(files, paths, identifiers),
    readDatabases(files, paths, identifiers),
    readGeneratedPaths(files, treeOf(paths)),
  ]);
  return {
    teams,
    engineOf,
    signs,
    allowed: allowedOf(identifiers),
    isDeclaredGenerated,
    migrations: byFolder(migrations),
    overtakes,
    isOvertaken: overtaken(overtakes),
    existed: (path) => changed && !changed.has(path),
    newMigrations: changed ? migrations.filter((path) => changed.has(path)) : migrations,
  };
}

/** Of a longer history of migrations, what the last of them do is known. */
const MOST_MIGRATIONS = 3_000;
const LARGEST_MIGRATION = 200_000;

/** What each migration does to tables that others made, where it does something. */
async function readOvertakes({ files }: Workspace, migrations: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const paths = migrations.slice(-MOST_MIGRATIONS);
  const texts = await files.readMany(paths, LARGEST_MIGRATION);
  const done = paths.map((path, at) => [path, overtakenBy({ path, text: texts[at] ?? '' })] as const);
  return new Map(done.filter(([, what]) => what.length > 0));
}

const decisionsIn = (records: readonly RecordText[]): readonly IdentifierDecision[] =>
  records.map(identifierDecision).filter((decision) => decision !== undefined);

/** The decisions about identifiers among the indexed records in force, by path. */
export function indexedDecisions({ documentIndex, register }: View): readonly IdentifierDecision[] {
  const records = documentIndex
    .documents()
    .filter(({ head }) => head.kind === 'decision' && head.path !== undefined && isInForce(head, register.successors))
    .map(({ head, passages }) => ({ path: head.path ?? '', title: head.title, format: head.format, passages }));
  return decisionsIn(records.sort((a, b) => (a.path < b.path ? -1 : 1)));
}

/** The same from the files of the work tree, for whoever has no index, or one that is not up to date. */
export async function decisionsOnDisk(workspace: Workspace, signal?: AbortSignal): Promise<readonly IdentifierDecision[]> {
  const { root, head, loaded } = workspace;
  const { documents } = await discoverDocuments(workspace, signal);
  const heads: DocumentHead[] = [];
  const records: (RecordText & { readonly head: DocumentHead })[] = [];
  for (const file of documents) {
    if (file.kind !== 'decision') continue;
    signal?.throwIfAborted();
    const document = await readFileDocument(root, file, head, loaded.config.limits);
    if (document?.path === undefined) continue;
    heads.push(document);
    const { path, title, format } = document;
    records.push({ path, title, format, passages: splitPassages(document), head: document });
  }
  const successors = resolveSupersession(heads);
  return decisionsIn(records.filter((record) => isInForce(record.head, successors)));
}
