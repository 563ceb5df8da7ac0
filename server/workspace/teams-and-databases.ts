import { type DatabaseSign, databaseInPath, databaseSigns, mayNameDatabase, nearestDatabase } from '../knowledge/database-signs.ts';
import { createMatcher } from '../knowledge/discovery/globs.ts';
import type { IdentifierSettings } from '../knowledge/discovery/identifier-settings.ts';
import { folderOf } from '../knowledge/paths.ts';
import { teamName, teamsOfCatalog, teamsOfCodeowners } from '../knowledge/teams.ts';
import type { WorkspaceFiles } from './files.ts';
import { CODEOWNERS_PLACES } from './owners.ts';

const CATALOG = /(?:^|[/._-])catalog(?:-info)?\.ya?ml$/i;
const MOST_FILES = 400;
const MOST_BYTES = 100_000;

/** Whether a file says who the teams are or which database is used, so that both are to be read again after it changed. */
export const tellsTeamsOrDatabases = (path: string): boolean =>
  CODEOWNERS_PLACES.includes(path) || CATALOG.test(path) || mayNameDatabase(path);

/** Those nearest the root first: they speak of more. */
const nearestFirst = (paths: readonly string[]): readonly string[] =>
  [...paths].sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1)).slice(0, MOST_FILES);

/**
 * Names of the teams of a repository: those that the configuration lists, and those in CODEOWNERS and catalog-info.yaml. A single word that is also the name
 * of a folder is left out of the latter: what is called so may be named after the capability, not the team.
 */
export async function readTeams(
  files: Pick<WorkspaceFiles, 'readMany'>,
  paths: readonly string[],
  { teams }: Pick<IdentifierSettings, 'teams'>,
): Promise<readonly string[]> {
  const owners = CODEOWNERS_PLACES.find((place) => paths.includes(place));
  const catalogs = nearestFirst(paths.filter((path) => CATALOG.test(path)));
  const read = await files.readMany(owners === undefined ? catalogs : [owners, ...catalogs], MOST_BYTES);
  const found = read.flatMap((text, at) =>
    text === undefined ? [] : owners !== undefined && at === 0 ? teamsOfCodeowners(text) : teamsOfCatalog(text),
  );
  const folders = new Set(paths.flatMap((path) => folderOf(path).split('/')).map(teamName));
  const told = found.filter((name) => name.includes('-') || !folders.has(name));
  return [...new Set([...teams.map(teamName), ...told].filter((name) => name !== ''))].sort();
}

type Database = DatabaseSign['engine'];

/** Which databases the files of a repository are written for. */
export interface Databases {
  readonly engineOf: (path: string) => Database | undefined;
  /** What the files say; together with the configuration, it decides what `engineOf` answers. */
  readonly signs: readonly DatabaseSign[];
}

/** The database of a path: as the configuration says, as the path says, or as the files around it do. `undefined` where nothing tells. */
export async function readDatabases(
  files: Pick<WorkspaceFiles, 'readMany'>,
  paths: readonly string[],
  { database }: Pick<IdentifierSettings, 'database'>,
): Promise<Databases> {
  if (typeof database === 'string') return { engineOf: () => database, signs: [] };
  const configured = (database ?? []).map(({ paths: patterns, engine }) => ({
    matcher: createMatcher(patterns, { braces: true }),
    engine,
  }));
  const telling = nearestFirst(paths.filter(mayNameDatabase));
  const texts = await files.readMany(telling, MOST_BYTES);
  const signs = telling.flatMap((path, at) => databaseSigns(path, texts[at] ?? ''));
  const byFolder = new Map<string, Database | undefined>();
  const engineOf = (path: string): Database | undefined => {
    const set = configured.find(({ matcher }) => matcher.match(path) !== undefined)?.engine ?? databaseInPath(path);
    if (set !== undefined) return set;
    const folder = folderOf(path);
    if (!byFolder.has(folder)) byFolder.set(folder, nearestDatabase(signs, path));
    return byFolder.get(folder);
  };
  return { engineOf, signs };
}
