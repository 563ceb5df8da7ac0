import type { Diff } from '../../model/diff.ts';
import {
  basesOf,
  baseUrlsIn,
  catalogueOf,
  type FileFacts,
  factsOf,
  hasFacts,
  placesIn,
  placesWithin,
  productOf,
  type SpecPlace,
  type StructuralEvidence,
  type Suite,
  structuralEvidence,
  supportPlaces,
  translationPaths,
} from '../../selection/index.ts';
import { resultStore, type StampedResult } from '../../store/results.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { programStamp } from '../identifiers/program-stamp.ts';
import { importersIn } from './importers.ts';
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
  /** Differs once a spec or a support file changed. */
  readonly key: string;
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
  #isLoaded = false;
  #places: { readonly key: string; readonly places: ReadonlyMap<string, readonly SpecPlace[]> } | undefined;

  constructor(indexFolder: string) {
    this.#store = resultStore(indexFolder, 'structure', isKept);
  }

  /** What the structure says of a difference. */
  async evidence(question: StructureQuestion, signal?: AbortSignal): Promise<StructuralEvidence> {
    const { diff, texts, paths, files } = question;
    const ours = new Set([...question.suite.specs, ...question.suite.supports].map(({ path }) => path));
    const facts = await this.#read(paths.filter((path) => !ours.has(path) && hasFacts(path)).slice(0, MOST_FILES), files, signal);
    const manifests = paths.filter((path) => /(?:^|\/)package\.json$/.test(path)).slice(0, MOST_MANIFESTS);
    const packages = new Map<string, string>();
    for (const [at, text] of (await files.readMany(manifests, MOST_FILE_BYTES)).entries()) {
      const name = /"name"\s*:\s*"([^"\n]{1,200})"/.exec(text ?? '')?.[1];
      const path = manifests[at] ?? '';
      if (name !== undefined) packages.set(name, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    }
    const readOne = (path: string): Promise<string | undefined> => files.read(path, MOST_TEXT_BYTES);
    let translations: ReadonlyMap<string, readonly string[]> | undefined;
    return structuralEvidence(diff, await sideOf(diff, files), {
      product: productOf(facts, packages),
      read: readOne,
      texts,
      places: await this.#placesOf(question, signal),
      translations: async () => {
        if (translations) return translations;
        const wanted = translationPaths(paths);
        const read = await files.readMany(wanted, MOST_TEXT_BYTES);
        translations = catalogueOf(wanted.map((path, at) => [path, read[at] ?? ''] as const));
        return translations;
      },
    });
  }

  async #read(paths: readonly string[], files: WorkspaceFiles, signal?: AbortSignal): Promise<ReadonlyMap<string, FileFacts>> {
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
    return found;
  }

  /** Routes that each spec goes to, by itself and by what it imports. */
  async #placesOf(question: StructureQuestion, signal?: AbortSignal): Promise<ReadonlyMap<string, readonly SpecPlace[]>> {
    const { key, suite, texts, paths, files } = question;
    if (this.#places?.key === key) return this.#places.places;
    const places = new Map([...texts].map(([path, text]) => [path, [...placesIn(path, text)]]));
    const importers = await importersIn(suite, paths, (path) => files.read(path, MOST_TEXT_BYTES), signal);
    const supports = [...importers.keys()].sort();
    const read = await files.readMany(supports, MOST_TEXT_BYTES);
    const urls = new Map(
      suite.specs.map(({ path, framework }) => [
        path,
        suite.frameworks.filter((one) => one.framework === framework).flatMap(({ baseUrls }) => baseUrls),
      ]),
    );
    for (const [path, text] of texts) urls.get(path)?.push(...baseUrlsIn(text));
    for (const [at, path] of supports.entries()) {
      const set = baseUrlsIn(read[at] ?? '');
      for (const spec of importers.get(path)?.keys() ?? []) {
        places.get(spec)?.push(...supportPlaces({ path: spec, text: texts.get(spec) ?? '' }, { path, text: read[at] ?? '' }));
        urls.get(spec)?.push(...set);
      }
    }
    const within = new Map([...places].map(([spec, own]) => [spec, placesWithin(basesOf([...new Set(urls.get(spec))]), own)]));
    this.#places = { key, places: within };
    return within;
  }
}
