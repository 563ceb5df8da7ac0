import { REPORT_FILE, type TestReportFormat } from '../../model/selection.ts';
import { folderOf } from '../suite/path-patterns.ts';
import { holds, literally, nearest, outermost, packagesAround, within } from './around.ts';
import type { CommandLine, NoRunner, RunFacts, RunnableSpec, Runner } from './runner.ts';

/** A tool of Node: its arguments for some files, which are relative to its folder. */
interface Tool {
  readonly name: string;
  /** Names of its configuration that it finds by itself. */
  readonly finds: RegExp;
  /** @param config path of a configuration that it does not find by itself */
  readonly args: (files: readonly string[], config: string | undefined) => readonly string[];
  readonly single?: true;
  readonly report?: {
    readonly format: TestReportFormat;
    readonly args: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
  };
}

const option = (name: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [name, value]);
const NOTHING = /^$/;
const JEST_REPORT = { format: 'jest-json', args: ['--json', `--outputFile=${REPORT_FILE}`] } as const;

const PLAYWRIGHT: Tool = {
  name: 'playwright',
  finds: /(?:^|\/)playwright\.config\.[cm]?[jt]s$/,
  // Its filters are regular expressions.
  args: (files, config) => ['test', ...option('--config', config), ...files.map(literally)],
  report: {
    format: 'playwright-json',
    args: ['--reporter=list,json'],
    environment: { PLAYWRIGHT_JSON_OUTPUT_NAME: REPORT_FILE, PLAYWRIGHT_JSON_OUTPUT_FILE: REPORT_FILE },
  },
};
const CYPRESS: Tool = {
  name: 'cypress',
  finds: /(?:^|\/)cypress\.(?:config\.[cm]?[jt]s|json)$/,
  args: (files, config) => ['run', ...option('--config-file', config), '--spec', files.join(',')],
  report: { format: 'junit', args: ['--reporter', 'junit', '--reporter-options', `mochaFile=${REPORT_FILE}.[hash].xml`] },
};
const WDIO: Tool = {
  name: 'wdio',
  finds: NOTHING,
  args: (files, config) => ['run', config ?? 'wdio.conf.ts', ...files.flatMap((file) => ['--spec', file])],
};
const TESTCAFE: Tool = {
  name: 'testcafe',
  finds: /(?:^|\/)\.testcaferc\.(?:json|[cm]?js)$/,
  args: (files, config) => ['chrome', ...option('--config-file', config), ...files],
};
const NIGHTWATCH: Tool = {
  name: 'nightwatch',
  finds: /(?:^|\/)nightwatch\.(?:conf\.[cm]?[jt]s|json)$/,
  args: (files, config) => [...option('--config', config), ...files],
};
const DETOX: Tool = {
  name: 'detox',
  finds: /(?:^|\/)(?:\.detoxrc(?:\.json|\.[cm]?js)?|detox\.config\.[cm]?js)$/,
  args: (files, config) => ['test', ...option('--config-path', config), ...files],
};
const CODECEPT: Tool = {
  name: 'codeceptjs',
  finds: /(?:^|\/)codecept\.(?:conf\.[cm]?[jt]s|json)$/,
  args: (files, config) => ['run', ...option('--config', config), ...files],
  single: true,
};
const JEST: Tool = {
  name: 'jest',
  finds: /(?:^|\/)jest\.config\.(?:json|[cm]?[jt]s)$/,
  args: (files, config) => [...option('--config', config), '--runTestsByPath', ...files],
  report: JEST_REPORT,
};
const VITEST: Tool = {
  name: 'vitest',
  finds: /(?:^|\/)vite(?:st)?\.config\.[cm]?[jt]s$/,
  args: (files, config) => ['run', ...option('--config', config), ...files],
  report: { format: 'jest-json', args: ['--reporter=default', '--reporter=json', `--outputFile=${REPORT_FILE}`] },
};
const plain = (name: string): Tool => ({ name, finds: NOTHING, args: (files) => files });
/** Cucumber's own runner for JavaScript. */
export const CUCUMBER_JS: Tool = {
  name: 'cucumber-js',
  finds: /(?:^|\/)\.?cucumber\.(?:json|ya?ml|[cm]?js)$/,
  args: (files, config) => [...option('--config', config), ...files],
  report: { format: 'cucumber-json', args: ['--format', `json:${REPORT_FILE}`] },
};

/** Tools by the framework that they belong to, with the package that says that they are there. */
const BY_FRAMEWORK: Readonly<Record<string, readonly [Tool, RegExp]>> = {
  playwright: [PLAYWRIGHT, /^@playwright\/test$/],
  cypress: [CYPRESS, /^cypress$/],
  webdriverio: [WDIO, /^@wdio\/cli$/],
  testcafe: [TESTCAFE, /^testcafe$/],
  nightwatch: [NIGHTWATCH, /^nightwatch$/],
  detox: [DETOX, /^detox$/],
  codeceptjs: [CODECEPT, /^codeceptjs$/],
  cucumber: [CUCUMBER_JS, /^@cucumber\/cucumber$/],
};

/** Runners of tests of all kinds: by what a spec imports, else by what the packages around it depend on. */
const GENERAL: readonly (readonly [tool: Tool, imports: RegExp, packageName: string])[] = [
  [VITEST, /from\s+['"]vitest['"]|require\(['"]vitest['"]\)/, 'vitest'],
  [JEST, /['"]@jest\/globals['"]|\bjest\.(?:setTimeout|mock|fn)\b/, 'jest'],
  [plain('ava'), /from\s+['"]ava['"]|require\(['"]ava['"]\)/, 'ava'],
  [plain('mocha'), /['"]mocha['"]/, 'mocha'],
  [plain('jasmine'), /['"]jasmine['"]/, 'jasmine'],
];
const NODE_TEST = /['"]node:test['"]/;

function generalTool({ path, config }: RunnableSpec, facts: RunFacts): Tool | undefined {
  const text = facts.text(path) ?? '';
  if (config !== undefined && /vite(?:st)?[\w.-]*config/.test(config)) return VITEST;
  if (config !== undefined && /jest/.test(config)) return JEST;
  const imported = GENERAL.find(([, imports]) => imports.test(text))?.[0];
  if (imported) return imported;
  for (const packages of packagesAround(facts, path)) {
    const found = GENERAL.find(([, , name]) => packages.has(name))?.[0];
    if (found) return found;
  }
  return undefined;
}

/** The runner of the framework, unless the spec only uses its library under another runner. */
function toolOf(spec: RunnableSpec, facts: RunFacts): Tool | undefined {
  const own = BY_FRAMEWORK[spec.framework];
  if (own === undefined) return generalTool(spec, facts);
  const [tool, packageName] = own;
  if (spec.config !== undefined || /['"]@playwright\/test['"]/.test(facts.text(spec.path) ?? '')) return tool;
  const around = packagesAround(facts, spec.path);
  if (around.some((packages) => [...packages].some((name) => packageName.test(name)))) return tool;
  return generalTool(spec, facts) ?? tool;
}

/** A program of a package: `npx NAME`, or `yarn NAME` where Yarn keeps packages in archives, which npx does not see. */
const program = (facts: RunFacts, path: string, name: string): readonly string[] =>
  outermost(facts, path, ['.pnp.cjs', '.pnp.js']) === undefined ? ['npx', name] : ['yarn', name];

/** Runs a tool of Node in the folder of its configuration, else in that of the nearest package. */
export function toolRunner(tool: Tool, spec: RunnableSpec, facts: RunFacts): Runner {
  const { path, config } = spec;
  const home = config === undefined || config === 'lintel.yaml' ? undefined : folderOf(config);
  const cwd = home ?? nearest(facts, path, ['package.json']) ?? '';
  const other =
    home === undefined || config === undefined || tool.finds.test(config) || isPackage(config) ? undefined : within(cwd, config);
  const found =
    other ??
    (tool === WDIO
      ? ['wdio.conf.ts', 'wdio.conf.js', 'wdio.conf.mjs', 'wdio.conf.cjs'].find((name) => holds(facts, cwd, name))
      : undefined);
  const [command = 'npx', ...first] = program(facts, path, tool.name);
  return {
    key: `${tool.name} ${found ?? ''}`,
    cwd,
    ...(tool.single ? { single: true } : {}),
    line: (paths): CommandLine => {
      const args = [
        ...first,
        ...tool.args(
          paths.map((each) => within(cwd, each)),
          found,
        ),
      ];
      if (tool.report === undefined) return { command, args };
      const { format, args: more, environment = {} } = tool.report;
      return { command, args, report: { format, args: [...args, ...more], environment } };
    },
  };
}

const isPackage = (config: string): boolean => /(?:^|\/)package\.json$/.test(config);

/** What runs a spec in JavaScript or TypeScript. */
export function nodeRunner(spec: RunnableSpec, facts: RunFacts): Runner | NoRunner {
  const tool = toolOf(spec, facts);
  if (tool) return toolRunner(tool, spec, facts);
  if (NODE_TEST.test(facts.text(spec.path) ?? '')) {
    const cwd = nearest(facts, spec.path, ['package.json']) ?? '';
    return { key: 'node', cwd, line: (paths) => ({ command: 'node', args: ['--test', ...paths.map((path) => within(cwd, path))] }) };
  }
  return { reason: 'Nothing around it says what runs it. Name a "command" under "tests" in lintel.yaml.' };
}
