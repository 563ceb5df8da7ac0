import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language, Parser, Query, Tree } from 'web-tree-sitter';
import type { Grammar } from './languages/language.ts';

/** A language that is ready to be parsed. */
export interface Parsing {
  /** Gives the tree of a text to `work` and frees it afterwards; `undefined` where the text cannot be parsed in time. Never throws. */
  readonly withTree: <T>(text: string, work: (tree: Tree, expired: () => boolean) => T) => T | undefined;
  readonly declarations: Query;
}

const RUNTIME = 'web-tree-sitter.wasm';
/** Longer texts are data, and a text in one line takes the parser as long as it likes. */
const LONGEST_TEXT = 500_000;
const LONGEST_LINE = 20_000;
/** Milliseconds, in which the process answers nobody else. The slowest grammar takes 60 for 1,000 lines. */
const PATIENCE = 400;

const grammarFile = ({ name }: Grammar): string => `tree-sitter-${name}.wasm`;

/** The folder beside the bundle into which the build copies the runtime and the grammars. */
const besideBundle = (): string => fileURLToPath(new URL('./grammars/', import.meta.url));

/** Where a file of the runtime or of a grammar is: beside the bundle, or in the package that it comes from. */
function placeOf(file: string): string {
  const bundled = join(besideBundle(), file);
  if (existsSync(bundled)) return bundled;
  const resolver = createRequire(import.meta.url);
  if (file === RUNTIME) return resolver.resolve('web-tree-sitter/web-tree-sitter.wasm');
  return join(dirname(resolver.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm', file);
}

type Runtime = typeof import('web-tree-sitter');

let runtime: Promise<Runtime> | undefined;
const parsings = new Map<string, Promise<Parsing | undefined>>();

/** The runtime, 15 ms at the first call; it is the same for all grammars. */
function loadRuntime(): Promise<Runtime> {
  runtime ??= (async () => {
    const module = await import('web-tree-sitter');
    await module.Parser.init({ wasmBinary: await readFile(placeOf(RUNTIME)) });
    return module;
  })();
  return runtime;
}

function isTooLong(text: string): boolean {
  if (text.length > LONGEST_TEXT) return true;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    if ((end < 0 ? text.length : end) - from > LONGEST_LINE) return true;
    if (end < 0) break;
    from = end + 1;
  }
  return false;
}

function parsingOf(parser: Parser, declarations: Query): Parsing {
  return {
    declarations,
    withTree: (text, work) => {
      if (isTooLong(text)) return undefined;
      const deadline = performance.now() + PATIENCE;
      const expired = (): boolean => performance.now() > deadline;
      let tree: Tree | null = null;
      try {
        tree = parser.parse(text, null, { progressCallback: expired });
        return tree ? work(tree, expired) : undefined;
      } catch {
        return undefined;
      } finally {
        tree?.delete();
        // A parser that was interrupted would go on where it was, in the next text.
        parser.reset();
      }
    },
  };
}

async function load(grammar: Grammar): Promise<Parsing | undefined> {
  try {
    const module = await loadRuntime();
    const language: Language = await module.Language.load(await readFile(placeOf(grammarFile(grammar))));
    return parsingOf(new module.Parser().setLanguage(language), new module.Query(language, grammar.queries.declarations));
  } catch {
    return undefined;
  }
}

/**
 * Loads a grammar at its first use and keeps it: 5 to 60 ms, and up to 30 MB while it is compiled. `undefined` where it cannot be loaded, so that a
 * missing file costs symbols and nothing else.
 */
export function parsingFor(grammar: Grammar): Promise<Parsing | undefined> {
  const known = parsings.get(grammar.name) ?? load(grammar);
  parsings.set(grammar.name, known);
  return known;
}
