import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Grammar, grammarFile, grammarSpecifier } from './languages/language.ts';

declare global {
  /** What the types of Node leave out. */
  namespace WebAssembly {
    class Memory {
      constructor(pages: { readonly initial: number; readonly maximum: number });
      readonly buffer: ArrayBuffer;
      grow(pages: number): number;
    }
    class Module {
      private readonly compiled: true;
    }
    class Instance {
      readonly exports: object;
      constructor(module: Module, imports: object);
    }
    class RuntimeError extends Error {}
    function compile(bytes: Uint8Array): Promise<Module>;
  }
}

type Module = typeof import('web-tree-sitter');

/** The program that the grammars run in, with one memory for all of them. */
export interface Runtime {
  readonly module: Module;
  /** Bytes of its memory, which grows and never shrinks. */
  readonly size: () => number;
  /**
   * How far its memory may grow now: for a text of so many UTF-16 units, or as far as it may at all. Where it may not, the parser breaks, long before a
   * step that nothing else can stop is at its end.
   */
  readonly allow: (length?: number) => void;
  /** Throws it away: whatever was made with it must not be used any more. The next call of {@link loadRuntime} makes another. */
  readonly discard: () => void;
  readonly isDiscarded: () => boolean;
}

const PROGRAM = 'web-tree-sitter.cjs';
const RUNTIME = 'web-tree-sitter.wasm';
const PAGE = 65_536;
/** Its memory at the beginning, as the program demands. */
const FIRST_PAGES = 512;
/**
 * The most memory that all trees and a parse may take: 512 MB. A text of 2.5 million characters takes 40 to 100 MB; hostile texts are known that take
 * two gigabytes within one step of the parser.
 */
const MOST_PAGES = Math.floor(512_000_000 / PAGE);

/** Bytes that the memory may grow by for each text, and for each UTF-16 unit of it, which is three times what dense code takes. */
const TEXT_BYTES = 64_000_000;
const UNIT_BYTES = 180;

/** The folder beside the bundle into which the build copies the runtime and the grammars. */
const besideBundle = (): string => fileURLToPath(new URL('./grammars/', import.meta.url));

/** Path of a file of the runtime or of a grammar: beside the bundle, or in its npm package. */
function pathOf(file: string, specifier: string): string {
  const bundled = join(besideBundle(), file);
  return existsSync(bundled) ? bundled : createRequire(import.meta.url).resolve(specifier);
}

/**
 * Programs by file, compiled once in a process: a runtime that takes the place of another one costs its memory only. The machine code of a runtime that is
 * compiled again stays beside the old one until that is collected.
 */
const programs = new Map<string, Promise<WebAssembly.Module>>();

/** What could not be read is forgotten, so that it is read again when it is asked for again. */
function compiledOnce(file: string, specifier: string): Promise<WebAssembly.Module> {
  const known = programs.get(file);
  if (known) return known;
  const compiled = readFile(pathOf(file, specifier)).then((bytes) => WebAssembly.compile(bytes));
  programs.set(file, compiled);
  compiled.catch(() => programs.delete(file));
  return compiled;
}

/** The program of a grammar. Rejects where it is missing. */
export const compiledGrammar = (grammar: Grammar): Promise<WebAssembly.Module> =>
  compiledOnce(grammarFile(grammar), grammarSpecifier(grammar));

/** A module of its own for each runtime: the library keeps one runtime for each module, also when that is broken. */
function loadModule(): Module {
  const require = createRequire(import.meta.url);
  const path = pathOf(PROGRAM, 'web-tree-sitter');
  delete require.cache[path];
  return require(path) as Module;
}

let current: Promise<Runtime> | undefined;

/** The runtime of this process; 15 ms at the first call, and after one was thrown away. Rejects where its files are missing. */
export function loadRuntime(): Promise<Runtime> {
  if (current) return current;
  const made = makeRuntime();
  current = made;
  made.catch(() => {
    if (current === made) current = undefined;
  });
  return made;
}

async function makeRuntime(): Promise<Runtime> {
  const compiled = await compiledOnce(RUNTIME, `web-tree-sitter/${RUNTIME}`);
  const module = loadModule();
  const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
  const instantiateWasm = (imports: object, started: (instance: WebAssembly.Instance, compiled: WebAssembly.Module) => void): void =>
    started(new WebAssembly.Instance(compiled, imports), compiled);
  // What it prints when it breaks would be in the middle of an answer.
  const silent = (): void => {};
  // The library makes its program of this object.
  const program: Record<string, unknown> = { instantiateWasm, wasmMemory: memory, print: silent, printErr: silent };
  await module.Parser.init(program);
  let discarded = false;
  let most = Number.POSITIVE_INFINITY;
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * PAGE > most) throw new RangeError('The text takes too much memory.');
    return grow(pages);
  };
  return {
    module,
    allow: (length) => {
      most = length === undefined ? Number.POSITIVE_INFINITY : memory.buffer.byteLength + TEXT_BYTES + length * UNIT_BYTES;
    },
    size: () => memory.buffer.byteLength,
    isDiscarded: () => discarded,
    discard: () => {
      discarded = true;
      current = undefined;
      // What was made with it is freed when it is collected as garbage, in a memory that may be broken: an exception that nobody can catch.
      for (const [name, value] of Object.entries(program)) if (typeof value === 'function' && name.startsWith('_')) program[name] = silent;
    },
  };
}
