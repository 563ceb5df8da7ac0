import { rowOf, type Setting } from './settings.ts';

/** Variables that say where git and the user's configuration are. Any other `GIT_*` variable that we inherit could redirect the calls. */
const KEPT = new Set(['GIT_EXEC_PATH', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM', 'GIT_CEILING_DIRECTORIES']);

const MOST_GIVEN = 1_000;

/**
 * The settings of `GIT_CONFIG_COUNT`, with which containers and build servers configure git (`safe.directory`, for example), without those that run
 * programs or say where the work tree is.
 */
const givenSettings = (environment: NodeJS.ProcessEnv): readonly Setting[] => {
  const count = Number.parseInt(environment.GIT_CONFIG_COUNT ?? '0', 10) || 0;
  const given: Setting[] = [];
  for (let index = 0; index < Math.min(count, MOST_GIVEN); index++) {
    const key = environment[`GIT_CONFIG_KEY_${index}`];
    const value = environment[`GIT_CONFIG_VALUE_${index}`];
    if (key === undefined || value === undefined) continue;
    const row = rowOf(key);
    if (row?.names !== 'program' && row?.treatment !== 'refused') given.push({ key, value });
  }
  return given;
};

/** Settings as variables: unlike after `-c`, a key may hold an equals sign, as in the name of a filter. Needs git 2.31. */
const asVariables = (settings: readonly Setting[]): NodeJS.ProcessEnv =>
  Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(settings.length)],
    ...settings.flatMap(({ key, value }, index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);

/**
 * The environment of a call of git: ours, without the variables that redirect git, and with settings that win over every file.
 *
 * @param literal Whether paths are taken without wildcards.
 */
export const gitEnvironment = (
  overrides: readonly Setting[],
  literal: boolean,
  inherited: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv => {
  const kept = Object.entries(inherited).filter(([name]) => !name.toUpperCase().startsWith('GIT_') || KEPT.has(name.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    ...asVariables([...givenSettings(inherited), ...overrides]),
    GIT_ALLOW_PROTOCOL: '',
    GIT_LITERAL_PATHSPECS: literal ? '1' : '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    LANGUAGE: 'C',
  };
};
