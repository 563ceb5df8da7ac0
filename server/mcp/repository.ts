import { resolve } from 'node:path';

/** The variable that names the repository where the command line does not. */
export const REPOSITORY_VARIABLE = 'LINTEL_REPO';

/** Which folder a server answers about. */
export interface ChosenFolder {
  readonly folder: string;
  /** Who named it. Only a folder that somebody named may be one outside of git: hosts start servers wherever they please, and nobody wants a home folder indexed. */
  readonly by: 'argument' | 'variable' | 'current folder';
}

/** The folder of the argument, else of the variable, else the current one. */
export function chosenFolder(
  argument: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  current: string,
): ChosenFolder {
  if (argument !== undefined) return { folder: resolve(current, argument), by: 'argument' };
  const variable = environment[REPOSITORY_VARIABLE]?.trim();
  // A host that does not know a variable such as ${workspaceFolder} passes it on as it is written.
  if (variable && !/^\$\{/.test(variable)) return { folder: resolve(current, variable), by: 'variable' };
  return { folder: current, by: 'current folder' };
}

/** What to do where the current folder is no repository, for an agent and for whoever set it up. */
export const noRepository = (folder: string): string =>
  `${folder} is not in a git repository, and nothing names another one. Start the server with "lintel mcp --repo PATH", or set ${REPOSITORY_VARIABLE} to the path of the repository.`;
