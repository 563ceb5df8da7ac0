import { isVendored } from '../../../code/sources.ts';
import type { ResolveModule } from '../modules.ts';
import { folderOf, joined } from '../path-patterns.ts';
import type { Framework, ReadFile } from '../suite.ts';
import { isDataConfig, readConfigData } from './config-data.ts';
import { type ConfigModule, readConfigModule } from './config-module.ts';
import { type ConfigRecord, configRecords } from './config-value.ts';
import type { RunnerConfig } from './runner-config.ts';
import { configFramework, detoxRunner, isEndToEndName, isGeneralConfig, runnersOf } from './runner-configs.ts';

const MOST_CONFIGS = 400;
const MOST_PACKAGES = 300;
/** How far relative imports of a configuration are followed. */
const DEEPEST = 3;
const MOST_MODULES = 12;

/** A configuration that a script of `package.json` names, and by which tool. */
interface Named {
  readonly path: string;
  readonly framework: Framework | 'jest';
  readonly isEndToEnd: boolean;
}

const TOOLS: readonly (readonly [RegExp, Framework | 'jest'])[] = [
  [/\bplaywright\s+test\b/, 'playwright'],
  [/\bcypress\s+(?:run|open)\b/, 'cypress'],
  [/\bwdio\b/, 'webdriverio'],
  [/\bnightwatch\b/, 'nightwatch'],
  [/\bcodeceptjs\b/, 'codeceptjs'],
  [/\bdetox\s+test\b/, 'detox'],
  [/\bprotractor\b/, 'selenium'],
  [/\b(?:jest|vitest|mocha)\b/, 'jest'],
];

/** Reads the scripts of `package.json` as data: which configuration a tool for tests is started with. */
function namedIn(path: string, scripts: ConfigRecord): Named[] {
  return scripts.keys().flatMap((key) => {
    const line = scripts.said(key).texts[0]?.slice(0, 2_000) ?? '';
    return line.split(/&&|\|\||;/).flatMap((command): Named[] => {
      const framework = TOOLS.find(([tool]) => tool.test(command))?.[1];
      const file =
        /(?:\s(?:-c|--config|--config-file|-C)[\s=]+|\bwdio\s+(?:run\s+)?)["']?([\w./-]{1,200}\.(?:json|ya?ml|[cm]?[jt]s))/.exec(
          command,
        )?.[1] ?? undefined;
      const target = framework && file ? joined(folderOf(path), file) : undefined;
      return framework && target ? [{ path: target, framework, isEndToEnd: isEndToEndName(`/${key.replaceAll(':', '/')}/`) }] : [];
    });
  });
}

/** The modules of one configuration, by path. */
async function modulesOf(path: string, read: ReadFile, resolve: ResolveModule): Promise<ReadonlyMap<string, ConfigModule>> {
  const modules = new Map<string, ConfigModule>();
  let open = [path];
  for (let depth = 0; depth <= DEEPEST && open.length > 0; depth += 1) {
    const next: string[] = [];
    for (const each of open) {
      if (modules.has(each) || modules.size >= MOST_MODULES) continue;
      const text = await read(each);
      const module = text === undefined ? undefined : isDataConfig(each) ? readConfigData(each, text) : await readConfigModule(each, text);
      if (!module) continue;
      modules.set(each, module);
      next.push(...module.relatives.flatMap((specifier) => resolve(each, specifier)));
    }
    open = next;
  }
  return modules;
}

/** Configurations that were read. */
export interface RunnerConfigs {
  readonly runners: readonly RunnerConfig[];
  /** Configuration files by framework, by path, whether they could be read or not. */
  readonly files: ReadonlyMap<Framework, readonly string[]>;
}

/**
 * Reads the configurations of test runners, as data: by their names, by the scripts of `package.json`, and those that one of them names.
 * One that cannot be read costs what it says, and nothing else.
 */
export async function readConfigs(paths: readonly string[], read: ReadFile, resolve: ResolveModule): Promise<RunnerConfigs> {
  const known = new Set(paths);
  const own = paths.filter((path) => !isVendored(path));
  const wanted = new Map<string, { framework: Framework | 'jest'; isEndToEnd: boolean }>();
  const want = (path: string, framework: Framework | 'jest', isEndToEnd: boolean): void => {
    const before = wanted.get(path);
    wanted.set(path, { framework: before?.framework ?? framework, isEndToEnd: (before?.isEndToEnd ?? false) || isEndToEnd });
  };
  for (const path of own) {
    const framework = configFramework(path);
    if (framework) want(path, framework, framework !== 'jest' || isEndToEndName(path));
  }
  const inline: RunnerConfig[] = [];
  const recordsOf = async (path: string): Promise<readonly ConfigRecord[]> =>
    configRecords(path, await modulesOf(path, read, resolve), (from, specifier) => resolve(from, specifier)[0]);
  for (const path of own.filter((each) => /(?:^|\/)package\.json$/.test(each)).slice(0, MOST_PACKAGES)) {
    for (const record of await recordsOf(path)) {
      for (const scripts of record.records('scripts'))
        for (const named of namedIn(path, scripts)) if (known.has(named.path)) want(named.path, named.framework, named.isEndToEnd);
      for (const detox of record.records('detox')) {
        const runner = detoxRunner(path, detox);
        if (runner !== undefined && known.has(runner)) want(runner, 'detox', true);
      }
    }
  }
  const runners: RunnerConfig[] = [...inline];
  for (const [path, { framework }] of [...wanted]) {
    if (framework !== 'detox' || configFramework(path) !== 'detox') continue;
    for (const record of await recordsOf(path)) {
      const runner = detoxRunner(path, record);
      // Detox is started in the folder of the package or in that of its configuration.
      const meant = [runner, runner === undefined ? undefined : joined(folderOf(folderOf(path)), runner.slice(folderOf(path).length + 1))];
      const there = meant.find((each) => each !== undefined && known.has(each));
      if (there !== undefined) wanted.set(there, { framework: 'detox', isEndToEnd: true });
    }
  }
  const files = new Map<Framework, string[]>();
  for (const [path, { framework, isEndToEnd }] of [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST_CONFIGS)) {
    if (framework !== 'jest' && !isGeneralConfig(path)) files.set(framework, [...(files.get(framework) ?? []), path]);
    // Other configurations of Jest and Vitest run unit tests, and say nothing.
    if (!isEndToEnd) continue;
    const own = (await recordsOf(path)).flatMap((record) => runnersOf(framework, path, record));
    runners.push(...own);
    if (framework !== 'jest' && isGeneralConfig(path) && own.length > 0) files.set(framework, [...(files.get(framework) ?? []), path]);
  }
  return { runners, files };
}
