import { REPORT_FILE } from '../../model/selection.ts';
import { folderOf } from '../suite/path-patterns.ts';
import { foldersAround, holds, literally, nearest, outermost, within } from './around.ts';
import type { CommandLine, NoRunner, RunFacts, RunnableSpec, Runner } from './runner.ts';

/** A command that takes paths at its end. */
const withPaths = (key: string, cwd: string, [command = '', ...args]: readonly string[], more: Partial<Runner> = {}): Runner => ({
  key,
  cwd,
  line: (paths) => ({ command, args: [...args, ...paths.map((path) => within(cwd, path))] }),
  ...more,
});

/** The name of a file without folders and extension. */
const stem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');

const PYTHON_HOMES = ['pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg', 'setup.py', 'Pipfile', 'manage.py'];
/** Tools that know the environment of a Python project, by their lock file. */
const PYTHON_TOOLS: readonly (readonly [string, readonly string[]])[] = [
  ['uv.lock', ['uv', 'run', 'pytest']],
  ['poetry.lock', ['poetry', 'run', 'pytest']],
  ['pdm.lock', ['pdm', 'run', 'pytest']],
  ['Pipfile', ['pipenv', 'run', 'pytest']],
];

function python({ path }: RunnableSpec, facts: RunFacts): Runner {
  const cwd = nearest(facts, path, PYTHON_HOMES) ?? '';
  const [command = 'pytest', ...first] = PYTHON_TOOLS.find(([lock]) => nearest(facts, path, [lock]) !== undefined)?.[1] ?? [];
  return {
    key: 'pytest',
    cwd,
    line: (paths): CommandLine => {
      const args = [...first, ...paths.map((each) => within(cwd, each))];
      return { command, args, report: { format: 'junit', args: [...args, `--junitxml=${REPORT_FILE}`], environment: {} } };
    },
  };
}

function ruby({ path }: RunnableSpec, facts: RunFacts): Runner {
  const cwd = nearest(facts, path, ['Gemfile']) ?? '';
  if (!path.endsWith('_spec.rb'))
    return holds(facts, cwd, 'bin/rails')
      ? withPaths('rails', cwd, ['bin/rails', 'test'])
      : withPaths('ruby', cwd, ['bundle', 'exec', 'ruby', '-Itest'], { single: true });
  return {
    key: 'rspec',
    cwd,
    line: (paths): CommandLine => {
      const args = ['exec', 'rspec', ...paths.map((each) => within(cwd, each))];
      const report = ['--format', 'documentation', '--format', 'json', '--out', REPORT_FILE];
      return { command: 'bundle', args, report: { format: 'rspec-json', args: [...args, ...report], environment: {} } };
    },
  };
}

/** Words of a build constraint that say for which machine it is. */
const MACHINES =
  /^(?:linux|darwin|windows|freebsd|netbsd|openbsd|unix|aix|android|ios|js|wasip1|plan9|solaris|amd64|arm64|arm|386|wasm|riscv64|ppc64le|s390x|cgo|race|go1\.\d+|ignore)$/;

/** Tags without which Go leaves a file out. */
function goTags(text: string): string[] {
  const constraint = /^\/\/go:build\s+(.+)$/m.exec(text)?.[1] ?? '';
  return [...constraint.matchAll(/(!?)\s*([A-Za-z_][\w.]*)/g)].flatMap(([, not, tag = '']) =>
    not === '!' || MACHINES.test(tag) ? [] : [tag],
  );
}

function go({ path, framework }: RunnableSpec, facts: RunFacts): Runner {
  const cwd = nearest(facts, path, ['go.mod']) ?? '';
  const folder = folderOf(path);
  const inModule = folder === cwd ? '.' : `./${cwd === '' ? folder : folder.slice(cwd.length + 1)}`;
  const tags = [...new Set(goTags(facts.text(path) ?? ''))].sort().join(',');
  if (framework === 'ginkgo')
    return {
      key: `ginkgo ${inModule} ${tags}`,
      cwd,
      line: (paths) => ({
        command: 'ginkgo',
        args: [...(tags === '' ? [] : ['--tags', tags]), ...paths.flatMap((each) => ['--focus-file', literally(stemOf(each))]), inModule],
      }),
    };
  return {
    key: `go ${inModule} ${tags}`,
    cwd,
    line: (paths): CommandLine => {
      const functions = paths.map((each) =>
        [...(facts.text(each) ?? '').matchAll(/^func (Test\w*)\(\w+ \*testing\.T\)/gm)].map(([, name = '']) => name),
      );
      // A file without one holds methods of a suite that a function elsewhere in the package starts.
      const run = functions.every((names) => names.length > 0) ? ['-run', `^(${functions.flat().join('|')})$`] : [];
      // What such a test talks to is no input that Go knows, so a remembered result says nothing.
      return { command: 'go', args: ['test', inModule, ...run, ...(tags === '' ? [] : ['-tags', tags]), '-count=1'] };
    },
  };
}

const stemOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const GRADLE_ROOTS = ['settings.gradle', 'settings.gradle.kts'];
const GRADLE_MODULES = ['build.gradle', 'build.gradle.kts'];

/** A class as Gradle and Surefire filter by it: with its package, where the text says it. */
const classOf = (path: string, facts: RunFacts): string => {
  const inPackage = /^\s*package\s+([\w.]+)/m.exec(facts.text(path) ?? '')?.[1];
  return inPackage === undefined ? stem(path) : `${inPackage}.${stem(path)}`;
};

function java({ path }: RunnableSpec, facts: RunFacts): Runner | NoRunner {
  const module = nearest(facts, path, ['pom.xml']);
  const gradle = nearest(facts, path, GRADLE_MODULES);
  if (gradle !== undefined && (module === undefined || gradle.length >= module.length)) return gradleRunner(path, gradle, facts);
  if (module === undefined) return { reason: 'There is neither a pom.xml nor a build.gradle around it.' };
  const cwd = outermost(facts, path, ['pom.xml']) ?? module;
  const command = holds(facts, cwd, 'mvnw') ? './mvnw' : 'mvn';
  const only =
    module === cwd
      ? []
      : ['-pl', within(cwd, module), '-am', '-Dsurefire.failIfNoSpecifiedTests=false', '-Dfailsafe.failIfNoSpecifiedTests=false'];
  const failsafe = /(?:IT|ITCase)$/.test(stem(path));
  return {
    key: `maven ${module} ${failsafe}`,
    cwd,
    line: (paths) => {
      const classes = paths.map(stem).join(',');
      return { command, args: failsafe ? ['verify', ...only, `-Dit.test=${classes}`] : ['test', ...only, `-Dtest=${classes}`] };
    },
  };
}

function gradleRunner(path: string, module: string, facts: RunFacts): Runner {
  const cwd = nearest(facts, path, GRADLE_ROOTS) ?? module;
  const project = module === cwd ? '' : `:${(cwd === '' ? module : module.slice(cwd.length + 1)).replaceAll('/', ':')}`;
  const sourceSet = /(?:^|\/)src\/(\w+)\/(?:java|kotlin|groovy|scala)\//.exec(path)?.[1] ?? 'test';
  return {
    key: `gradle ${project} ${sourceSet}`,
    cwd,
    line: (paths) => ({
      command: holds(facts, cwd, 'gradlew') ? './gradlew' : 'gradle',
      args: [`${project === '' ? '' : `${project}:`}${sourceSet}`, ...paths.flatMap((each) => ['--tests', classOf(each, facts)])],
    }),
  };
}

/** Projects of C# by their folder, by the paths of a repository. */
const projects = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, string>>();

function cSharp({ path }: RunnableSpec, facts: RunFacts): Runner | NoRunner {
  const known =
    projects.get(facts.files) ??
    new Map([...facts.files].filter((each) => /\.(?:cs|fs|vb)proj$/.test(each)).map((each) => [folderOf(each), each]));
  projects.set(facts.files, known);
  const project = foldersAround(path).flatMap((folder) => known.get(folder) ?? [])[0];
  if (project === undefined) return { reason: 'There is no .csproj around it.' };
  return {
    key: `dotnet ${project}`,
    cwd: '',
    line: (paths) => ({
      command: 'dotnet',
      args: ['test', within('', project), '--filter', paths.map((each) => `FullyQualifiedName~.${stem(each)}.`).join('|')],
    }),
  };
}

function php({ path, framework }: RunnableSpec, facts: RunFacts): Runner {
  const cwd = nearest(facts, path, ['composer.json']) ?? '';
  // PHPUnit before 10 takes one path.
  const single = { single: true } as const;
  if (framework === 'dusk') return withPaths('dusk', cwd, ['php', 'artisan', 'dusk'], single);
  if (framework === 'codeception') return withPaths('codeception', cwd, ['vendor/bin/codecept', 'run'], single);
  return withPaths('phpunit', cwd, ['vendor/bin/phpunit'], single);
}

/** What runs a spec in another language than JavaScript. @param family of its language, as `familyOf` says */
export function otherRunner(spec: RunnableSpec, family: string | undefined, facts: RunFacts): Runner | NoRunner {
  switch (family) {
    case 'python':
      return python(spec, facts);
    case 'ruby':
      return ruby(spec, facts);
    case 'go':
      return go(spec, facts);
    case 'java':
      return java(spec, facts);
    case 'c-sharp':
      return cSharp(spec, facts);
    case 'php':
      return php(spec, facts);
    case 'bats':
      return withPaths('bats', '', ['bats']);
    case 'robot':
      return withPaths('robot', '', ['robot']);
    default:
      return { reason: 'Nothing is known to run files of its language. Name a "command" under "tests" in lintel.yaml.' };
  }
}
