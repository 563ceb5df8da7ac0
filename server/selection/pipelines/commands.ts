import { fieldsOf, stringOf } from '../runs/formats/json-value.ts';
import type { ReadFile } from '../suite/suite.ts';
import { inFolder } from './pipeline.ts';
import { MAY_TEST, NO_COMMAND, NO_TEST, RUNNERS, type TestRunner } from './runners.ts';

/** A call of a tool that runs tests. */
export interface Call {
  readonly runner: TestRunner;
  readonly cwd: string;
  /** What stands behind the name of the tool, as words. */
  readonly args: readonly string[];
}

/** What lines of a shell run. */
export interface Calls {
  readonly calls: readonly Call[];
  /** A line that may run tests, and of which nobody can say which. */
  readonly unknown?: string | undefined;
}

const DEEPEST = 6;
const MOST_LINES = 5_000;
const LONGEST_LINE = 4_000;
const PACKAGE_TOOL =
  /\b(?:npm|yarn|pnpm|bun|turbo|nx|lerna|rush|wsrun|npm-run-all|run-s|run-p|concurrently|start-server-and-test|start-test|lage|wireit|ultra|nps|dotenv|vp)\b/;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const wordsOf = (line: string): string[] => [...line.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/g)].map(([whole, a, b]) => a ?? b ?? whole);

/** Lines of a shell without comments, those that go on joined, taken apart at `&&`, `||`, `;` and `|`. */
const commandsIn = (script: string): string[] =>
  script
    .replace(/\\\r?\n\s*/g, ' ')
    // Expressions of GitHub are values that only a run has.
    .replace(/\$\{\{[^}]{0,500}\}\}/g, '$VALUE')
    .split(/\r?\n/)
    .slice(0, MOST_LINES)
    .map((line) =>
      line
        .replace(/^\s*[-@]?\s*#.*$/, '')
        .replace(/\s#\s.*$/, '')
        .slice(0, LONGEST_LINE),
    )
    .flatMap((line) => line.split(/&&|\|\||;|(?<!\|)\|(?!\|)/))
    // A variable of a makefile in front of a command is one that wraps it.
    .map((line) => line.trim().replace(/^(?:\$[({]\w+[)}]\s+)+(?=\S)/, ''))
    .filter((line) => line !== '');

/** What the scripts and targets of a repository are called. */
interface Named {
  /** Scripts of all `package.json` by name, each with its folder. */
  readonly scripts: ReadonlyMap<string, readonly { readonly cwd: string; readonly script: string }[]>;
  /** Targets of all makefiles by name, with what they need and do. */
  readonly targets: ReadonlyMap<string, readonly Target[]>;
}

/** What a makefile needs and does for a target. */
interface Target {
  readonly cwd: string;
  readonly needs: readonly string[];
  readonly lines: string[];
}

const MOST_MANIFESTS = 300;
const VARIABLE = /^(\w{1,60})\s*[:?]?=[ \t]*([^\n]{0,300})$/gm;
const MAKEFILE = /(?:^|\/)(?:GNUm|[mM])akefile$|\.mk$/;

/** Reads the scripts of packages and the targets of makefiles. */
export async function namedScripts(paths: readonly string[], read: ReadFile): Promise<Named> {
  const scripts = new Map<string, { cwd: string; script: string }[]>();
  const targets = new Map<string, Target[]>();
  const manifests = paths.filter((path) => /(?:^|\/)package\.json$/.test(path) && !path.includes('node_modules/')).slice(0, MOST_MANIFESTS);
  for (const path of manifests) {
    let value: unknown;
    try {
      value = JSON.parse((await read(path)) ?? '');
    } catch {
      continue;
    }
    for (const [name, script] of Object.entries(fieldsOf(fieldsOf(value).scripts)))
      scripts.set(name, [...(scripts.get(name) ?? []), { cwd: folderOf(path), script: stringOf(script) }]);
  }
  for (const path of paths.filter((one) => MAKEFILE.test(one)).slice(0, MOST_MANIFESTS)) {
    let open: Target | undefined;
    const text = (await read(path)) ?? '';
    const variables = new Map([...text.matchAll(VARIABLE)].map(([, name = '', value = '']) => [name, value.trim()]));
    const filled = (line: string): string => line.replace(/\$[({](\w+)[)}]/g, (whole, name: string) => variables.get(name) ?? whole);
    for (const line of text
      .replace(/\\\r?\n\s*/g, ' ')
      .split(/\r?\n/)
      .slice(0, MOST_LINES)) {
      const [, names, needs = ''] = /^([\w./ %$(){}-]{1,300}?)\s*::?(?!=)([^=]*)$/.exec(line) ?? [];
      if (line.startsWith('\t'))
        open?.lines.push(
          filled(filled(line.replaceAll('$(MAKE)', 'make')))
            .trim()
            .replace(/^[@+-]+/, ''),
        );
      else if (names !== undefined && !names.startsWith('.')) {
        // Parts of a makefile are brought in by the one at the root.
        open = { cwd: path.endsWith('.mk') ? '' : folderOf(path), needs: needs.replace(/#.*$/, '').trim().split(/\s+/), lines: [] };
        for (const name of names.trim().split(/\s+/)) targets.set(name, [...(targets.get(name) ?? []), open]);
      }
    }
  }
  return { scripts, targets };
}

/** Finds what lines of a shell run, by scripts of packages, targets of makefiles and files of the repository. Runs nothing. */
export function callFinder(paths: readonly string[], named: Named, read: ReadFile): (script: string, cwd: string) => Promise<Calls> {
  const known = new Set(paths);
  const seen = new Map<string, Calls>();

  const ofFile = async (path: string, depth: number): Promise<Calls> => {
    const text = (await read(path)) ?? '';
    if (/\.(?:sh|bash|zsh|mk)$/.test(path) || /^#!.*\b(?:ba|z|da)?sh\b/.test(text)) return find(text, '', depth);
    // Of other languages, only whether they name a runner.
    const calls = RUNNERS.filter(({ call }) => call.test(text)).map((runner): Call => ({ runner, cwd: '', args: [] }));
    const runs = /\b(?:spawn|exec|execa|subprocess|system|execSync|spawnSync|\$)\b|`/.test(text);
    return { calls, ...(calls.length === 0 && runs && MAY_TEST.test(text) ? { unknown: path } : {}) };
  };

  const ofLine = async (line: string, cwd: string, depth: number): Promise<Calls> => {
    const words = wordsOf(line);
    const calls: Call[] = [];
    let unknown: string | undefined;
    let isKnown = false;
    const follow = (inner: Calls): void => {
      calls.push(...inner.calls);
      unknown ??= inner.unknown;
      isKnown = true;
    };
    if (NO_COMMAND.test(line) || NO_TEST.test(line)) return { calls: [] };
    for (const runner of RUNNERS) {
      const found = runner.call.exec(line);
      if (found) {
        const args = wordsOf(line.slice(found.index + found[0].length));
        calls.push({ runner, cwd, args });
        isKnown = true;
      }
    }
    if (depth >= DEEPEST) return { calls, ...(isKnown ? {} : { unknown: MAY_TEST.test(line) ? line : undefined }) };
    if (PACKAGE_TOOL.test(line) && !/\b(?:npm|pnpm|yarn|bun)\s+(?:ci|i|install|add)\b/.test(line)) {
      const asked = [
        ...words.map((word) => word.replace(/^npm:/, '')),
        ...words.flatMap((word) => (word.includes(' ') ? wordsOf(word) : [])),
      ];
      // A script that no package has runs nothing.
      isKnown ||= /^(?:npm|pnpm|yarn|bun)\s+run\s+[\w:.-]+/.test(line);
      for (const word of asked.flatMap((one) => (/^t$|^tst$/.test(one) ? ['test'] : one.split(',')))) {
        const all = named.scripts.get(word.replace(/^\S+#/, '')) ?? [];
        const here = all.filter((script) => script.cwd === cwd);
        for (const script of here.length > 0 &&
        !/--filter|-w\b|--workspace|-r\b|workspaces?\b|--cwd|--prefix|-C\b|turbo|nx|lerna/.test(line)
          ? here
          : all)
          follow(await once(script.script, script.cwd, depth + 1));
      }
    }
    if (/\bg?make\b/.test(line))
      for (const word of words.length === 1 ? ['all', 'default', 'build'] : words)
        for (const { cwd: folder, lines, needs } of named.targets.get(word) ?? []) {
          follow(await once(lines.join('\n'), folder, depth + 1));
          for (const need of needs) if (named.targets.has(need) && need !== word) follow(await once(`make ${need}`, folder, depth + 1));
        }
    for (const word of words) {
      const path = [inFolder(cwd, word), inFolder('', word)].find((one) => one !== undefined && known.has(one));
      if (path !== undefined && /\.(?:sh|bash|[cm]?[jt]s|py|rb|pl|php)$|(?:^|\/)[\w-]+$/.test(path)) {
        if (calls.length === 0) follow(await ofFile(path, depth + 1));
      }
    }
    const isVariable = /^\$/.test(line);
    if (!isKnown && (isVariable || MAY_TEST.test(line))) unknown ??= line;
    return { calls, unknown };
  };

  const once = async (script: string, cwd: string, depth: number): Promise<Calls> => {
    const key = `${cwd}\n${script}`;
    const before = seen.get(key);
    if (before) return before;
    // A script that calls itself runs nothing new.
    seen.set(key, { calls: [] });
    const found = await find(script, cwd, depth);
    seen.set(key, found);
    return found;
  };

  const find = async (script: string, cwd: string, depth: number): Promise<Calls> => {
    let here = cwd;
    const calls: Call[] = [];
    let unknown: string | undefined;
    for (const line of commandsIn(script)) {
      const [, folder] = /^(?:cd|pushd)\s+(\S+)$/.exec(line) ?? [];
      if (folder !== undefined) {
        here = inFolder(here, folder.replace(/^["']|["']$/g, '')) ?? '';
        continue;
      }
      const found = await ofLine(line, here, depth);
      calls.push(...found.calls);
      unknown ??= found.unknown;
    }
    return { calls, unknown };
  };

  return (script, cwd) => once(script, cwd, 0);
}
