import type { ResolveModule } from './modules.ts';
import { moduleResolver } from './modules.ts';
import { folderOf, isBelow } from './path-patterns.ts';
import { familyOf } from './places.ts';
import { readSpec } from './reading/read-spec.ts';
import { signsOf } from './signs.ts';
import { type StepDefinition, stepDefinitionsIn } from './step-definitions.ts';
import type { ReadFile, Suite } from './suite.ts';

/** A file that one spec needs. */
export interface Support {
  readonly path: string;
  /** The file that brings it in: the spec, or another support file. */
  readonly through: string;
  /** Steps from the spec; 1 is brought in by itself. */
  readonly distance: number;
  /** Why: an import, a name that it defines, a step that it carries out, or that its framework loads it. */
  readonly because: 'import' | 'name' | 'step' | 'loaded';
}

/** Follows specs to their page objects, fixtures, helpers and step definitions. */
export interface SupportFinder {
  /** Ordered by distance and path; at most 300. Never rejects. */
  readonly supportsOf: (path: string) => Promise<readonly Support[]>;
  /** Step definitions that carry out a step, in the order of path and line. */
  readonly stepsFor: (step: string) => Promise<readonly StepDefinition[]>;
}

const DEEPEST = 5;
const MOST = 300;
const MOST_DEFINING = 3;
const SHORTEST_NAME = 5;

/** What files of a suite define for others without an import. */
const DEFINES: Readonly<Record<string, RegExp>> = {
  ruby: /^\s*(?:def\s+(?:self\.)?(\w+[?!]?)|(?:class|module)\s+(?:\w+::)*(\w+)|(?:RSpec\.)?shared_(?:examples|context)(?:_for)?\s*\(?\s*["']([^"'\n]{1,200}))/gm,
  // Functions, types, and constants and variables alone or in a block.
  go: /^func\s+(?:\([^)\n]{0,100}\)\s*)?(\w+)\s*[([]|^(?:type|const|var)\s+(\w+)|^\t(\w+)(?:[ \t]+[\w.*[\]]{1,80})?[ \t]*=[ \t]/gm,
  typescript: /\b(?:Commands\.(?:add|overwrite)|addCommand|addMethod)\(\s*['"](\w{2,100})['"]/g,
};
const WORDS = /\p{L}[\p{L}\p{N}_]{3,100}[?!]?/gu;
const PRODUCT = /(?:^|\/)(?:src|app|apps|lib|libs|server|internal|pkg|cmd|client|web)\//;

interface Index {
  /** Name to the files that define it. */
  readonly definitions: ReadonlyMap<string, readonly string[]>;
  readonly steps: readonly StepDefinition[];
}

async function indexOf(suite: Suite, read: ReadFile): Promise<Index> {
  const definitions = new Map<string, string[]>();
  const steps: StepDefinition[] = [];
  const hasFeatures = suite.specs.some(({ framework }) => framework === 'cucumber');
  for (const { path } of suite.supports) {
    const family = familyOf(path) ?? '';
    const text = (await read(path).catch(() => undefined))?.slice(0, 300_000);
    if (text === undefined) continue;
    for (const match of text.matchAll(DEFINES[family] ?? /$^/g)) {
      const name = match[1] ?? match[2] ?? match[3] ?? '';
      if (name.length < SHORTEST_NAME) continue;
      const key = `${family} ${family === 'go' ? folderOf(path) : ''} ${name}`;
      const list = definitions.get(key) ?? [];
      if (!list.includes(path)) list.push(path);
      definitions.set(key, list);
    }
    if (hasFeatures) steps.push(...stepDefinitionsIn(path, text));
  }
  return { definitions, steps };
}

/**
 * Makes the finder for a suite. What it needs of all support files is read at the first question and kept.
 * @param paths all files of the repository
 */
export function createSupportFinder(suite: Suite, paths: readonly string[], read: ReadFile): SupportFinder {
  const roles = new Map<string, 'spec' | 'support'>([
    ...suite.supports.map(({ path }) => [path, 'support'] as const),
    ...suite.specs.map(({ path }) => [path, 'spec'] as const),
  ]);
  let resolving: Promise<ResolveModule> | undefined;
  let indexing: Promise<Index> | undefined;
  const resolver = (): Promise<ResolveModule> => {
    resolving ??= moduleResolver(paths, read);
    return resolving;
  };
  const index = (): Promise<Index> => {
    indexing ??= indexOf(suite, read);
    return indexing;
  };
  const conftests = paths.filter((path) => /(?:^|\/)conftest\.py$/.test(path));

  /** Files that one file needs, nearest reasons first. */
  const needed = async (path: string, text: string, isSpec: boolean): Promise<Omit<Support, 'distance' | 'through'>[]> => {
    const out: Omit<Support, 'distance' | 'through'>[] = [];
    const family = familyOf(path) ?? '';
    const resolve = await resolver();
    for (const specifier of signsOf(path, text).imports) {
      const targets = resolve(path, specifier);
      for (const target of targets)
        if (roles.get(target) === 'support' || !PRODUCT.test(target)) out.push({ path: target, because: 'import' });
    }
    if (family === 'gherkin') {
      const { steps } = await readSpec(path, text);
      const { steps: definitions } = await index();
      const matched = new Set(steps.flatMap((step) => definitions.filter((each) => each.matches(step.text)).map((each) => each.path)));
      return [...matched].map((each) => ({ path: each, because: 'step' }));
    }
    const { definitions } = await index();
    const words = new Set(text.match(WORDS) ?? []);
    if (family === 'ruby')
      for (const match of text.matchAll(
        /(?:it_behaves_like|include_(?:examples|context)|it_should_behave_like)\s*\(?\s*["']([^"'\n]{1,200})/g,
      ))
        words.add(match[1] ?? '');
    for (const word of words) {
      const defining = definitions.get(`${family} ${family === 'go' ? folderOf(path) : ''} ${word}`) ?? [];
      // A name that many define says nothing.
      if (defining.length <= MOST_DEFINING) out.push(...defining.map((each) => ({ path: each, because: 'name' as const })));
    }
    if (family === 'python' && isSpec)
      out.push(...conftests.filter((each) => isBelow(path, folderOf(each))).map((each) => ({ path: each, because: 'loaded' as const })));
    return out;
  };

  const supportsOf = async (path: string): Promise<readonly Support[]> => {
    const found = new Map<string, Support>();
    let open = [path];
    for (let distance = 1; distance <= DEEPEST && open.length > 0; distance += 1) {
      const next: string[] = [];
      for (const through of open) {
        const text = await read(through).catch(() => undefined);
        if (text === undefined) continue;
        for (const { path: target, because } of await needed(through, text.slice(0, 300_000), through === path)) {
          if (target === path || found.has(target) || found.size >= MOST || roles.get(target) === 'spec') continue;
          found.set(target, { path: target, through, distance, because });
          next.push(target);
        }
      }
      open = next;
    }
    return [...found.values()].sort((a, b) => a.distance - b.distance || (a.path < b.path ? -1 : 1));
  };
  return {
    supportsOf,
    stepsFor: async (step) => (await index()).steps.filter((each) => each.matches(step)),
  };
}
