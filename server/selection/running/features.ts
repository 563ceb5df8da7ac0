import { REPORT_FILE } from '../../model/selection.ts';
import { foldersAround, holds, within } from './around.ts';
import { CUCUMBER_JS, nodeRunner, toolRunner } from './node.ts';
import type { NoRunner, RunFacts, RunnableSpec, Runner } from './runner.ts';

const MAVEN = 'pom.xml';

/** Files that tell in which language the steps of a feature are, with what runs it from the folder of such a file. */
const MARKERS: readonly (readonly [
  names: readonly string[],
  run: (cwd: string, spec: RunnableSpec, facts: RunFacts) => Runner | NoRunner,
])[] = [
  [
    ['cucumber.js', 'cucumber.cjs', 'cucumber.mjs', 'cucumber.json', 'cucumber.yaml', '.cucumber.json', 'package.json'],
    (_, spec, facts) => toolRunner(CUCUMBER_JS, spec, facts),
  ],
  [
    ['Gemfile', 'cucumber.yml', 'config/cucumber.yml'],
    (cwd) => ({
      key: 'cucumber',
      cwd,
      line: (paths) => {
        const args = ['exec', 'cucumber', ...paths.map((path) => within(cwd, path))];
        const report = ['--format', 'pretty', '--format', 'json', '--out', REPORT_FILE];
        return { command: 'bundle', args, report: { format: 'cucumber-json', args: [...args, ...report], environment: {} } };
      },
    }),
  ],
  [['behave.ini', '.behaverc', 'environment.py', 'pyproject.toml', 'setup.cfg', 'requirements.txt', 'Pipfile'], (cwd) => behave(cwd)],
  [['behat.yml', 'behat.yaml', 'behat.yml.dist', 'behat.php'], (cwd) => ({ ...each(cwd, 'vendor/bin/behat'), single: true })],
  [
    [MAVEN],
    (cwd, _, facts) => ({
      key: 'maven',
      cwd,
      line: (paths) => ({
        command: holds(facts, cwd, 'mvnw') ? './mvnw' : 'mvn',
        args: ['test', `-Dcucumber.features=${paths.map((path) => within(cwd, path)).join(',')}`],
      }),
    }),
  ],
];

const each = (cwd: string, command: string): Runner => ({
  key: command,
  cwd,
  line: (paths) => ({ command, args: paths.map((path) => within(cwd, path)) }),
});

/** Behave is started where its folder of features is. It writes one report for each feature, without the path: what it printed has to do. */
const behave = (folder: string): Runner => each(folder.replace(/(?:^|\/)features$/, ''), 'behave');

const STEPS = /(?:^|\/)steps\/[^/]+\.py$/;
/** Folders with a folder `steps` of Python in them, by the paths of a repository. */
const stepFolders = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

const hasSteps = ({ files }: RunFacts, folder: string): boolean => {
  const known = stepFolders.get(files) ?? new Set([...files].filter((path) => STEPS.test(path)).map((path) => path.replace(STEPS, '')));
  stepFolders.set(files, known);
  return known.has(folder);
};

/** What runs a feature: the tool that has it in its configuration, else the one whose files are next to it. */
export function featureRunner(spec: RunnableSpec, facts: RunFacts): Runner | NoRunner {
  if (spec.framework === 'pytest') return { reason: 'A test of pytest runs this feature, so that test has to be run.' };
  if (spec.framework !== 'cucumber' && spec.framework !== 'declared') return nodeRunner(spec, facts);
  for (const folder of foldersAround(spec.path)) {
    if (hasSteps(facts, folder)) return behave(folder);
    const run = MARKERS.find(([names]) => names.some((name) => holds(facts, folder, name)))?.[1];
    if (run) return run(folder, spec, facts);
  }
  return { reason: 'Nothing around it says in which language its steps are. Name a "command" under "tests" in lintel.yaml.' };
}
