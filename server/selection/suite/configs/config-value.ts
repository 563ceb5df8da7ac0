import { folderOf, joined } from '../path-patterns.ts';
import type { ConfigModule, Expression } from './config-module.ts';

/** What a setting says: texts and patterns, in the order of the file. Of several possibilities all are given. */
export interface Said {
  readonly texts: readonly string[];
  readonly patterns: readonly { readonly source: string; readonly flags: string }[];
}

/** A record of a configuration, as its properties are asked for. */
export interface ConfigRecord {
  /** Texts and patterns of a property; empty where it is absent or cannot be known without running the file. */
  readonly said: (key: string) => Said;
  /** Records of a property: itself, the items of a list, or each possibility. */
  readonly records: (key: string) => readonly ConfigRecord[];
  readonly has: (key: string) => boolean;
  /** Its own properties, without those of records that it takes over. */
  readonly keys: () => readonly string[];
}

const DEEPEST = 25;
/** Steps for one question, so that a chain of spreads costs no more. */
const MOST_STEPS = 5_000;
const PATH_CALLS = new Set(['join', 'resolve']);

interface Located {
  readonly expression: Expression;
  readonly module: ConfigModule;
}

interface Asking {
  readonly modules: ReadonlyMap<string, ConfigModule>;
  readonly resolve: (from: string, specifier: string) => string | undefined;
  left: number;
}

const within = (asking: Asking, depth: number): boolean => {
  asking.left -= 1;
  return asking.left > 0 && depth < DEEPEST;
};

function exported(asking: Asking, from: ConfigModule, specifier: string, name: string): Located[] {
  const path = asking.resolve(from.path, specifier);
  const module = path === undefined ? undefined : asking.modules.get(path);
  const expression = module && (module.exports.get(name) ?? (name === '*' ? module.exports.get('default') : undefined));
  return module && expression ? [{ expression, module }] : [];
}

/** Follows names, members, calls and possibilities down to texts, patterns, lists and records. */
function reduced(asking: Asking, { expression, module }: Located, depth = 0): Located[] {
  if (!within(asking, depth)) return [];
  const follow = (next: Located): Located[] => reduced(asking, next, depth + 1);
  switch (expression.kind) {
    case 'name': {
      const local = module.names.get(expression.name);
      if (local) return follow({ expression: local, module });
      const imported = module.imports.get(expression.name);
      if (imported) return exported(asking, module, imported.specifier, imported.name).flatMap(follow);
      return [];
    }
    case 'either':
      return expression.of.flatMap((each) => follow({ expression: each, module }));
    case 'member': {
      if (expression.of.kind === 'name') {
        const imported = module.imports.get(expression.of.name);
        if (imported?.name === '*') return exported(asking, module, imported.specifier, expression.name).flatMap(follow);
      }
      return follow({ expression: expression.of, module }).flatMap((holder) => property(asking, holder, expression.name, depth + 1));
    }
    case 'call':
      return called(asking, { expression, module }, depth);
    default:
      return [{ expression, module }];
  }
}

function called(asking: Asking, { expression, module }: Located, depth: number): Located[] {
  if (expression.kind !== 'call') return [];
  const { callee, args, of } = expression;
  const follow = (next: Expression): Located[] => reduced(asking, { expression: next, module }, depth + 1);
  const first = args[0];
  if (callee === 'require' && first?.kind === 'text')
    return exported(asking, module, first.text, 'default').flatMap((each) => reduced(asking, each, depth + 1));
  if (PATH_CALLS.has(callee)) return [{ expression, module }];
  if (callee === 'RegExp') return follow(first ?? { kind: 'unknown' }).flatMap(asPattern);
  // `defineConfig(a, b)`, `Object.assign(a, b)`, `merge(a, b)`: later ones win, and nothing is lost by reading all.
  const results = args.flatMap(follow);
  if (results.length > 0) return results;
  // A function of the file that makes the configuration, or a method of a list (`[...].filter(Boolean)`).
  const own = module.names.get(callee) ? follow({ kind: 'name', name: callee }) : [];
  return own.length > 0 || !of ? own : follow(of);
}

const asPattern = ({ expression, module }: Located): Located[] =>
  expression.kind === 'text' ? [{ expression: { kind: 'pattern', source: expression.text, flags: '' }, module }] : [{ expression, module }];

function property(asking: Asking, { expression, module }: Located, key: string, depth = 0): Located[] {
  if (expression.kind !== 'record' || !within(asking, depth)) return [];
  // The last one wins, and a spread may have it.
  for (const entry of expression.entries.toReversed()) {
    if (entry.key === key) return reduced(asking, { expression: entry.value, module }, depth + 1);
    if (entry.key !== undefined) continue;
    const spread = reduced(asking, { expression: entry.value, module }, depth + 1);
    const found = spread.flatMap((each) => property(asking, each, key, depth + 1));
    if (found.length > 0) return found;
  }
  return [];
}

/** The text of an expression; `undefined` where a part of it is not known, but a folder of the module itself is. */
function textOf(asking: Asking, located: Located, depth = 0): string | undefined {
  if (!within(asking, depth)) return undefined;
  const { expression, module } = located;
  const here = `/${folderOf(module.path)}`;
  if (expression.kind === 'text') return expression.text;
  if (expression.kind === 'name' && expression.name === '__dirname') return here;
  if (expression.kind === 'member' && expression.name === 'dirname') return here;
  // `process.cwd()` is the folder in which people run the tool: that of the configuration.
  if (expression.kind === 'call' && (expression.callee === 'cwd' || expression.callee === 'dirname')) return here;
  const parts =
    expression.kind === 'joined'
      ? expression.parts
      : expression.kind === 'call' && PATH_CALLS.has(expression.callee)
        ? expression.args
        : undefined;
  if (!parts) {
    if (expression.kind === 'unknown' || expression.kind === 'list' || expression.kind === 'record' || expression.kind === 'pattern')
      return undefined;
    const [only] = reduced(asking, located, depth + 1);
    return only && only.expression !== expression ? textOf(asking, only, depth + 1) : undefined;
  }
  const texts = parts.map((part) => textOf(asking, { expression: part, module }, depth + 1));
  if (texts.some((text) => text === undefined)) return undefined;
  if (expression.kind === 'joined') return texts.join('');
  const path = texts.reduce<string>((before, text = '') => (text.startsWith('/') || before === '' ? text : `${before}/${text}`), '');
  const clean = joined('', path);
  return clean === undefined ? undefined : path.startsWith('/') ? `/${clean}` : clean;
}

function collect(asking: Asking, located: Located, texts: string[], patterns: { source: string; flags: string }[], depth = 0): void {
  if (!within(asking, depth)) return;
  const { expression, module } = located;
  if (expression.kind === 'pattern') patterns.push({ source: expression.source, flags: expression.flags });
  else if (expression.kind === 'list') {
    for (const item of expression.items) collect(asking, { expression: item, module }, texts, patterns, depth + 1);
  } else if (expression.kind === 'either') {
    for (const each of expression.of) collect(asking, { expression: each, module }, texts, patterns, depth + 1);
  } else {
    const text = textOf(asking, located, depth + 1);
    if (text !== undefined) texts.push(text);
    else
      for (const each of reduced(asking, located, depth + 1))
        if (each.expression !== expression) collect(asking, each, texts, patterns, depth + 1);
  }
}

const recordsIn = (asking: Asking, located: Located, depth = 0): Located[] => {
  if (!within(asking, depth)) return [];
  return reduced(asking, located, depth).flatMap((each) => {
    if (each.expression.kind === 'record') return [each];
    if (each.expression.kind !== 'list') return [];
    return each.expression.items.flatMap((item) => recordsIn(asking, { expression: item, module: each.module }, depth + 1));
  });
};

function viewOf(base: Omit<Asking, 'left'>, record: Located): ConfigRecord {
  const asking = (): Asking => ({ ...base, left: MOST_STEPS });
  return {
    said: (key) => {
      const texts: string[] = [];
      const patterns: { source: string; flags: string }[] = [];
      const once = asking();
      for (const each of rawProperty(once, record, key)) collect(once, each, texts, patterns);
      return { texts: [...new Set(texts)], patterns };
    },
    records: (key) => {
      const once = asking();
      return property(once, record, key)
        .flatMap((each) => recordsIn(once, each))
        .map((each) => viewOf(base, each));
    },
    has: (key) => rawProperty(asking(), record, key).length > 0,
    keys: () => (record.expression.kind === 'record' ? record.expression.entries.flatMap(({ key }) => key ?? []) : []),
  };
}

/** A property before it is reduced, so that joined texts and folders keep their module. */
function rawProperty(asking: Asking, { expression, module }: Located, key: string, depth = 0): Located[] {
  if (expression.kind !== 'record' || !within(asking, depth)) return [];
  for (const entry of expression.entries.toReversed()) {
    if (entry.key === key) return [{ expression: entry.value, module }];
    if (entry.key !== undefined) continue;
    const found = reduced(asking, { expression: entry.value, module }, depth + 1).flatMap((each) =>
      rawProperty(asking, each, key, depth + 1),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/**
 * The records that a configuration file gives to its tool, each possibility apart: `export default`, `module.exports` or the object of a JSON
 * file, through `defineConfig`, functions, spreads, constants and relative imports.
 * @param modules the file and the relative modules that it names, by path
 * @param resolve the path of a specifier, seen from a module
 */
export function configRecords(
  path: string,
  modules: ReadonlyMap<string, ConfigModule>,
  resolve: (from: string, specifier: string) => string | undefined,
): readonly ConfigRecord[] {
  const module = modules.get(path);
  const expression = module && (module.exports.get('default') ?? module.exports.get('config'));
  if (!module || !expression) return [];
  const base = { modules, resolve };
  return recordsIn({ ...base, left: MOST_STEPS }, { expression, module }).map((each) => viewOf(base, each));
}
