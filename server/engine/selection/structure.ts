import type { Diff } from '../../model/diff.ts';
import {
  catalogueOf,
  type FileFacts,
  factsOf,
  hasFacts,
  type Product,
  productOf,
  type StructuralEvidence,
  type Suite,
  structuralEvidence,
  translationPaths,
} from '../../selection/index.ts';
import { resultStore, type StampedResult } from '../../store/results.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { programStamp } from '../identifiers/program-stamp.ts';
import { placesKeeper } from './known-places.ts';
import { MOST_TEXT_BYTES } from './known-suite.ts';

/** Facts of one file as they are kept: its names as the bytes of their hashes. */
interface KeptFacts extends Omit<FileFacts, 'names'> {
  readonly names: string;
}

/** The suite and the repository that structure is asked of. */
export interface StructureQuestion {
  readonly diff: Diff;
  readonly suite: Suite;
  /** Texts of the specs, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** All files of the repository. */
  readonly paths: readonly string[];
  readonly files: WorkspaceFiles;
}

const MOST_FILES = 20_000;
const MOST_FILE_BYTES = 200_000;
const MOST_MANIFESTS = 200;
const AT_ONCE = 200;

const isKept = (value: unknown): value is KeptFacts =>
  typeof value === 'object' &&
  value !== null &&
  'names' in value &&
  typeof value.names === 'string' &&
  'served' in value &&
  'asked' in value;
const kept = (facts: FileFacts): KeptFacts => ({
  ...facts,
  names: Buffer.from(facts.names.buffer, facts.names.byteOffset, facts.names.byteLength).toString('base64'),
});
const read = (facts: KeptFacts): FileFacts => {
  const bytes = Buffer.from(facts.names, 'base64');
  const names = new Uint32Array(bytes.length >> 2);
  for (let at = 0; at < names.length; at += 1) names[at] = bytes.readUInt32LE(at * 4);
  return { ...facts, names };
};

/** The side of a difference that the files on disk are: a patch may be about to be applied. */
async function sideOf(diff: Diff, files: WorkspaceFiles): Promise<'old' | 'new'> {
  for (const { path, hunks } of diff.files) {
    const [hunk] = hunks;
    const text = hunk && (await files.read(path, MOST_TEXT_BYTES));
    if (!hunk || text === undefined) continue;
    const lines = text.split(/\r?\n/);
    const is = (side: 'old' | 'new'): boolean =>
      hunk.lines
        .filter(({ kind }) => kind !== (side === 'old' ? 'added' : 'removed'))
        .every((line, at) => line.text.trimEnd() === lines[hunk[side].first + at]?.trimEnd());
    if (is('new')) return 'new';
    if (is('old')) return 'old';
  }
  return 'new';
}

/** Reads how the product hangs together, and keeps what it read of each file in memory and in the index folder as long as the file is the same. */
export class StructureReading {
  readonly #store: ReturnType<typeof resultStore<KeptFacts>>;
  readonly #facts = new Map<string, { readonly stamp: string; readonly facts?: FileFacts }>();
  readonly #places: ReturnType<typeof placesKeeper>;
  /** Whether a path is one of the code of the product. */
  readonly #ofProduct = new Map<string, boolean>();
  #isLoaded = false;
  #product: { readonly paths: string; readonly packages: string; readonly product: Product } | undefined;

  constructor(indexFolder: string) {
    this.#store = resultStore(indexFolder, 'structure', isKept);
    this.#places = placesKeeper(indexFolder);
  }

  /** What the structure says of a difference. */
  async evidence(question: StructureQuestion, signal?: AbortSignal): Promise<StructuralEvidence> {
    const { diff, texts, paths, files } = question;
    const ours = new Set([...question.suite.specs, ...question.suite.supports].map(({ path }) => path));
    const wanted = paths.filter((path) => !ours.has(path) && this.#isOfProduct(path)).slice(0, MOST_FILES);
    const { facts, changed } = await this.#read(wanted, files, signal);
    const manifests = paths.filter((path) => /(?:^|\/)package\.json$/.test(path)).slice(0, MOST_MANIFESTS);
    const packages = new Map<string, string>();
    for (const [at, text] of (await files.readMany(manifests, MOST_FILE_BYTES)).entries()) {
      const name = /"name"\s*:\s*"([^"\n]{1,200})"/.exec(text ?? '')?.[1];
      const path = manifests[at] ?? '';
      if (name !== undefined) packages.set(name, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    }
    const product = this.#productOf(facts, changed, packages);
    const readOne = (path: string): Promise<string | undefined> => files.read(path, MOST_TEXT_BYTES);
    let translations: ReadonlyMap<string, readonly string[]> | undefined;
    return structuralEvidence(diff, await sideOf(diff, files), {
      product,
      read: readOne,
      texts,
      places: await this.#places(question, signal),
      translations: async () => {
        if (translations) return translations;
        const wanted = translationPaths(paths);
        const read = await files.readMany(wanted, MOST_TEXT_BYTES);
        translations = catalogueOf(wanted.map((path, at) => [path, read[at] ?? ''] as const));
        return translations;
      },
    });
  }

  #isOfProduct(path: string): boolean {
    const known = this.#ofProduct.get(path) ?? hasFacts(path);
    this.#ofProduct.set(path, known);
    return known;
  }

  /** Puts the facts together once for as long as they are the same. */
  #productOf(facts: ReadonlyMap<string, FileFacts>, changed: number, named: ReadonlyMap<string, string>): Product {
    const paths = [...facts.keys()].join('\n');
    const packages = JSON.stringify([...named]);
    const before = this.#product;
    if (changed === 0 && before?.paths === paths && before.packages === packages) return before.product;
    this.#product = { paths, packages, product: productOf(facts, named) };
    return this.#product.product;
  }

  async #read(
    paths: readonly string[],
    files: WorkspaceFiles,
    signal?: AbortSignal,
  ): Promise<{ readonly facts: ReadonlyMap<string, FileFacts>; readonly changed: number }> {
    const program = await programStamp();
    if (!this.#isLoaded) {
      for (const [path, { stamp, result }] of await this.#store.read(program))
        this.#facts.set(path, { stamp, ...(result ? { facts: read(result) } : {}) });
      this.#isLoaded = true;
    }
    let changed = 0;
    const found = new Map<string, FileFacts>();
    for (let from = 0; from < paths.length; from += AT_ONCE) {
      signal?.throwIfAborted();
      const some = paths.slice(from, from + AT_ONCE);
      const stamps = await Promise.all(some.map((path) => files.stamp(path)));
      // Files of a bare repository have no stamps, so they are read each time.
      const stale = some.filter((path, at) => stamps[at] === '' || this.#facts.get(path)?.stamp !== stamps[at]);
      const texts = await files.readMany(stale, MOST_FILE_BYTES);
      for (const [at, path] of stale.entries()) {
        const facts = factsOf(path, texts[at] ?? '');
        this.#facts.set(path, { stamp: stamps[some.indexOf(path)] ?? '', ...(facts ? { facts } : {}) });
      }
      changed += stale.length;
      for (const path of some) {
        const facts = this.#facts.get(path)?.facts;
        if (facts) found.set(path, facts);
      }
    }
    if (changed > 0) {
      const wanted = new Set(paths);
      for (const path of this.#facts.keys()) if (!wanted.has(path)) this.#facts.delete(path);
      const rows = [...this.#facts].map(([path, { stamp, facts }]): [string, StampedResult<KeptFacts>] => [
        path,
        { stamp, ...(facts ? { result: kept(facts) } : {}) },
      ]);
      await this.#store.write(program, new Map(rows));
    }
    return { facts: found, changed };
  }
}
