import { relative, resolve } from 'node:path';
import { readSelection, realFolder, repositoryRoot } from './selection-file.ts';

/** What is used of the configuration that Cypress gives to `setupNodeEvents`. */
interface CypressConfig {
  readonly projectRoot: string;
  specPattern?: string | readonly string[];
}

export interface SelectSpecsOptions {
  /** The file of the selection, relative to the project. Default: `selection.json`. Without such a file nothing changes. */
  readonly selection?: string;
  /** Root of the repository. Default: where `.git` is, from the project upwards. */
  readonly root?: string;
}

/**
 * Sets `specPattern` to the selected specs, for `return selectSpecs(config)` in `setupNodeEvents`. Where all tests run, or a human is asked, nothing changes;
 * where none has to run, Cypress finds no specs and fails, so ask `lintel tests select --format args` for `none` first.
 */
export function selectSpecs<C extends CypressConfig>(config: C, { selection = 'selection.json', root }: SelectSpecsOptions = {}): C {
  const read = readSelection(resolve(config.projectRoot, selection));
  if (!read || read.remainder.size === 0) return config;
  const top = root === undefined ? repositoryRoot(config.projectRoot) : realFolder(resolve(config.projectRoot, root));
  const project = realFolder(config.projectRoot);
  config.specPattern = [...read.selected]
    .filter(([, { framework }]) => framework === 'cypress')
    .map(([path]) => relative(project, resolve(top, path)).replaceAll('\\', '/'))
    // Specs of another project are run by that one.
    .filter((path) => !path.startsWith('../'))
    .map((path) => path.replace(/[\\*?[\]{}()!+@|]/g, '\\$&'));
  return config;
}
