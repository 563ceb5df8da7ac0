import { channel } from 'node:diagnostics_channel';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Parser, Query, Tree, Language as TreeLanguage } from 'web-tree-sitter';
import { type Grammar, grammarFile, grammarSpecifier } from './languages/language.ts';
import { whyUnparsed } from './limits.ts';
import { patienceWith } from './patience.ts';
import { type TextEdit, treeOf } from './trees.ts';

/** A grammar that is ready to parse. */
export interface Parsing {
  /**
   * Gives the tree of a text to `work` and frees it afterwards; `undefined` where the text cannot be parsed in time. Never throws.
   * @param document names an open document in this process: its tree is kept, so that its next text is parsed only where it changed
   */
  readonly withTree: <T>(text: string, work: (tree: Tree, expired: () => boolean) => T, document?: string) => T | undefined;
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

interface ParserParts {
  readonly parser: Parser;
  readonly compile: (source: string) => Query;
  readonly edit: (tree: Tree, edit: TextEdit) => void;
}

function parsingOf(name: string, { parser, compile, edit }: ParserParts): Parsing {
  const queries = new Map<string, Query>();
  return {
    query: (source) => {
      const query = queries.get(source) ?? compile(source);
      queries.set(source, query);
      return query;
    },
    withTree: (text, work, document) => {
      if (whyUnparsed(text) !== undefined) return undefined;
      const { parsing, working } = patienceWith(text.length);
      let isTold = false;
      const parse = (before: Tree | null): Tree | null => {
        if (!isTold) parses.publish({ grammar: name, length: text.length } satisfies ParseMessage);
        isTold = true;
        try {
          return parser.parse(text, before, { progressCallback: parsing });
        } finally {
          // A parser that was interrupted continues where it stopped, even in another text.
          parser.reset();
        }
      };
      try {
        if (document !== undefined) {
          const kept = treeOf(`${name} ${document}`, text, { parse, edit });
          return kept ? work(kept, working) : undefined;
        }
        const tree = parse(null);
        try {
          return tree ? work(tree, working) : undefined;
        } finally {
          tree?.delete();
        }
      } catch {
        return undefined;
      }
    },
  };
}

async function load(grammar: Grammar): Promise<Parsing | undefined> {
  try {
    const module = await loadRuntime();
    const language: TreeLanguage = await module.Language.load(await readFile(pathOf(grammarFile(grammar), grammarSpecifier(grammar))));
    const parsing = parsingOf(grammar.name, {
      parser: new module.Parser().setLanguage(language),
      compile: (source) => new module.Query(language, source),
      edit: (tree, edit) => tree.edit(new module.Edit(edit)),
    });
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
