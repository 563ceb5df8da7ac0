import { channel } from 'node:diagnostics_channel';
import type { Parser, ParseState, Query, Tree, Language as TreeLanguage } from 'web-tree-sitter';
import { giveUp, unmark, whyGivenUp } from './given-up.ts';
import type { Grammar } from './languages/language.ts';
import { whyUnparsed } from './limits.ts';
import { patienceWith } from './patience.ts';
import { compiledGrammar, loadRuntime, type Runtime } from './runtime.ts';
import { forgetTrees, type TextEdit, treeOf } from './trees.ts';

/** A grammar that is ready to parse. */
export interface Parsing {
  /**
   * Gives the tree of a text to `work` and frees it afterwards; `undefined` where the text cannot be parsed in bounded time and memory. Never rejects, and
   * works whatever the parser was given before, by whomever.
   * @param document names an open document in this process: its tree is kept, so that its next text is parsed only where it changed
   */
  readonly withTree: <T>(text: string, work: (tree: Tree, expired: () => boolean) => T, document?: string) => Promise<T | undefined>;
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

/** A parse that needed so much memory and found no way through the text: the memory is given back. In bytes. */
const MUCH_MEMORY = 200_000_000;

const parsings = new Map<string, Promise<Parsing | undefined>>();

interface ParserParts {
  readonly runtime: Runtime;
  readonly parser: Parser;
  readonly compile: (source: string) => Query;
  readonly edit: (tree: Tree, edit: TextEdit) => void;
}

/** Throws the runtime away with all that was made of it. */
function startAgain(runtime: Runtime): void {
  if (runtime.isDiscarded()) return;
  runtime.discard();
  parsings.clear();
  forgetTrees();
}

function parsingOf(grammar: Grammar, { runtime, parser, compile, edit }: ParserParts): Parsing {
  const { name } = grammar;
  const queries = new Map<string, Query>();
  /** Takes the place of this one, where another text broke the runtime after a caller asked for the grammar. */
  let successor: Parsing | undefined;
  /** Parses a text; `null` where it takes too long. A text that the runtime breaks by costs the runtime, so it is not tried twice. */
  const parse = (text: string, before: Tree | null, isLong: (state: ParseState) => boolean): Tree | null => {
    try {
      const tree = parser.parse(text, before, { progressCallback: isLong });
      // A parser that was interrupted continues where it stopped, even in another text.
      parser.reset();
      if (tree) unmark(name, text);
      else giveUp(name, text, 'slow');
      return tree;
    } catch (error) {
      giveUp(name, text, 'breaking');
      throw error;
    }
  };
  return {
    query: (source) => {
      if (successor) return successor.query(source);
      const query = queries.get(source) ?? compile(source);
      queries.set(source, query);
      return query;
    },
    withTree: async (text, work, document) => {
      if (runtime.isDiscarded()) {
        successor = await parsingFor(grammar);
        return successor?.withTree(text, work, document);
      }
      if (whyUnparsed(text) !== undefined || whyGivenUp(name, text) === 'breaking') return undefined;
      const { parsing, working } = patienceWith(text.length);
      runtime.allow(text.length);
      let isTold = false;
      const parsed = (before: Tree | null): Tree | null => {
        if (!isTold) parses.publish({ grammar: name, length: text.length } satisfies ParseMessage);
        isTold = true;
        return parse(text, before, parsing);
      };
      const done = (tree: Tree | null): void => {
        if ((tree === null || tree.rootNode.hasError) && runtime.size() > MUCH_MEMORY) startAgain(runtime);
      };
      try {
        const tree = document === undefined ? parsed(null) : treeOf(`${name} ${document}`, text, { parse: parsed, edit });
        try {
          return tree ? work(tree, working) : undefined;
        } finally {
          done(tree);
          // The tree of an open document is kept.
          if (document === undefined && !runtime.isDiscarded()) tree?.delete();
        }
      } catch (error) {
        // Out of memory, or out of its mind: nothing that it has can be trusted.
        if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) startAgain(runtime);
        return undefined;
      } finally {
        runtime.allow();
      }
    },
  };
}

const readAll = async (grammar: Grammar): Promise<{ readonly runtime: Runtime; readonly compiled: WebAssembly.Module }> => ({
  runtime: await loadRuntime(),
  compiled: await compiledGrammar(grammar),
});

async function load(grammar: Grammar): Promise<Parsing | undefined> {
  const read = await readAll(grammar).catch(() => undefined);
  if (!read) {
    // It may be there the next time.
    parsings.delete(grammar.name);
    return undefined;
  }
  const { runtime, compiled } = read;
  try {
    const { module } = runtime;
    const language: TreeLanguage = module.Language.loadSync(compiled);
    const parsing = parsingOf(grammar, {
      runtime,
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
 * so that a missing file costs symbols and nothing else; what could not be read is read again at the next use.
 */
export function parsingFor(grammar: Grammar): Promise<Parsing | undefined> {
  const known = parsings.get(grammar.name) ?? load(grammar);
  parsings.set(grammar.name, known);
  return known;
}
