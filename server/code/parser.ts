import { channel } from 'node:diagnostics_channel';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Parser, Query, Tree, Language as TreeLanguage } from 'web-tree-sitter';
import { type Grammar, grammarFile, grammarSpecifier } from './languages/language.ts';
import { LONGEST_LINE } from './limits.ts';

/** A grammar that is ready to parse. */
export interface Parsing {
  /** Gives the tree of a text to `work` and frees it afterwards; `undefined` where the text cannot be parsed in time. Never throws. */
  readonly withTree: <T>(text: string, work: (tree: Tree, expired: () => boolean) => T) => T | undefined;
  /**
   * A query of this grammar, compiled at its first use and kept. Throws a `QueryError` where the grammar does not know a node of it, which is
   * a mistake in the query and never in a text; inside of `withTree` the result is then `undefined`.
   */
  readonly query: (source: string) => Query;
}

/** Message of the channel `lintel:parse`, published before each parse. */
export interface ParseMessage {
  /** Name of the grammar. */
  readonly grammar: string;
  /** Length of the text in UTF-16 units. */
  readonly length: number;
}

/** Name of the diagnostics channel on which parses are counted. */
export const PARSE_CHANNEL = 'lintel:parse';
const parses = channel(PARSE_CHANNEL);

const RUNTIME = 'web-tree-sitter.wasm';
/** Longer texts are data. In UTF-16 units. */
const LONGEST_TEXT = 500_000;
/** Milliseconds of work for one parse with its queries, in which the process does nothing else. The slowest grammar takes 60 for 1,000 lines. */
const PATIENCE = 400;

/** The folder beside the bundle into which the build copies the runtime and the grammars. */
const besideBundle = (): string => fileURLToPath(new URL('./grammars/', import.meta.url));

/** Path of a file of the runtime or of a grammar: beside the bundle, or in its npm package. */
function pathOf(file: string, specifier: string): string {
  const bundled = join(besideBundle(), file);
  return existsSync(bundled) ? bundled : createRequire(import.meta.url).resolve(specifier);
}

type Runtime = typeof import('web-tree-sitter');

let runtime: Promise<Runtime> | undefined;
const parsings = new Map<string, Promise<Parsing | undefined>>();

/** Loads the runtime, which all grammars share; 15 ms at the first call. */
function loadRuntime(): Promise<Runtime> {
  runtime ??= (async () => {
    const module = await import('web-tree-sitter');
    await module.Parser.init({ wasmBinary: await readFile(pathOf(RUNTIME, `web-tree-sitter/${RUNTIME}`)) });
    return module;
  })();
  return runtime;
}

/**
 * Whether the work since the call has taken longer than {@link PATIENCE}. Time on the wall and time on the processor both count what this thread
 * did and something else (waiting for a processor, other threads), so the shorter one is nearer to it: a busy machine does not cost symbols.
 */
function impatience(): () => boolean {
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    if (performance.now() - start <= PATIENCE) return false;
    const { user, system } = process.cpuUsage(used);
    return user + system > PATIENCE * 1_000;
  };
}

/** The parser cannot be interrupted within a line, so long lines are as bad as long texts. */
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

function parsingOf(name: string, parser: Parser, compile: (source: string) => Query): Parsing {
  const queries = new Map<string, Query>();
  return {
    query: (source) => {
      const query = queries.get(source) ?? compile(source);
      queries.set(source, query);
      return query;
    },
    withTree: (text, work) => {
      if (isTooLong(text)) return undefined;
      const expired = impatience();
      parses.publish({ grammar: name, length: text.length } satisfies ParseMessage);
      let tree: Tree | null = null;
      try {
        tree = parser.parse(text, null, { progressCallback: expired });
        return tree ? work(tree, expired) : undefined;
      } catch {
        return undefined;
      } finally {
        tree?.delete();
        // A parser that was interrupted continues where it stopped, even in another text.
        parser.reset();
      }
    },
  };
}

async function load(grammar: Grammar): Promise<Parsing | undefined> {
  try {
    const module = await loadRuntime();
    const language: TreeLanguage = await module.Language.load(await readFile(pathOf(grammarFile(grammar), grammarSpecifier(grammar))));
    const parsing = parsingOf(grammar.name, new module.Parser().setLanguage(language), (source) => new module.Query(language, source));
    // Compiled here, so that the first text has as much time as every other.
    parsing.query(grammar.queries.declarations);
    return parsing;
  } catch {
    return undefined;
  }
}

/**
 * Loads a grammar at its first use and keeps it; takes 5 to 60 ms, and up to 30 MB while it is compiled. `undefined` where it cannot be loaded,
 * so that a missing file costs symbols and nothing else.
 */
export function parsingFor(grammar: Grammar): Promise<Parsing | undefined> {
  const known = parsings.get(grammar.name) ?? load(grammar);
  parsings.set(grammar.name, known);
  return known;
}
