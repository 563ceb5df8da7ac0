import { createHash } from 'node:crypto';
import { SourceFile } from '../../code/source-file.ts';
import { isGenerated, isSource, isVendored } from '../../code/sources.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import type { Loaded } from '../../retrieval/loader.ts';
import type { Query } from '../../retrieval/rank-records.ts';
import type { SourceIndex } from '../../retrieval/source-index.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { Background } from './closeness.ts';
import { type CodeToCompare, codeQueries } from './code-query.ts';
import { measureBackground } from './measure-background.ts';
import { rankedDocuments } from './ranking.ts';

/** More windows changed no measured figure by more than chance (docs/ranking.md). */
const WINDOWS = 150;
/** Some files turn out to be generated, empty or gone. */
const CANDIDATES = 200;
/** Only the beginning of a longer file is read. */
const LONGEST_CODE = 200_000;

const hashOf = (text: string): string => createHash('sha1').update(text).digest('hex');

/** What the background is measured over. */
export interface BackgroundSpace extends Pick<Loaded, 'documentIndex' | 'version'> {
  readonly code: SourceIndex;
  readonly embedder: Embedder;
  /** Set where the records are those of a commit. */
  readonly past?: { readonly sha: string };
}

/** Where backgrounds are kept between processes. */
export interface KeptBackgrounds {
  read(key: string): Promise<Background | undefined>;
  write(key: string, background: Background): Promise<void>;
}

const NOT_KEPT: KeptBackgrounds = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };

interface Sample {
  readonly key: string;
  readonly queries: readonly Query[];
}

/** Measures the background of a repository, windows of its own code chosen by hash against its records, at the first question, and keeps it. */
export class Backgrounds {
  readonly #files: () => WorkspaceFiles;
  readonly #kept: KeptBackgrounds;
  #sample: Sample | undefined;
  #made: { readonly key: string; readonly background: Promise<Background> } | undefined;

  /** @param kept default: nowhere */
  constructor(files: () => WorkspaceFiles, kept = NOT_KEPT) {
    this.#files = files;
    this.#kept = kept;
  }

  /** Measuring takes 200 ms and more, in slices; what is kept is free until records or the sampled files change. */
  get(view: BackgroundSpace): Promise<Background> {
    const paths = sampledPaths(view.code.stamps);
    const sampleKey = hashOf(
      `${view.embedder.fingerprint}\n${paths.map((path) => `${path} ${view.code.stamps.get(path)?.mtimeMs}`).join('\n')}`,
    );
    const key = `${view.version} ${view.past?.sha ?? ''} ${sampleKey}`;
    if (this.#made?.key === key) return this.#made.background;
    const background = this.#measure(view, paths, sampleKey);
    this.#made = { key, background };
    background.catch(() => {
      this.#made = undefined;
    });
    return background;
  }

  async #measure(view: BackgroundSpace, paths: readonly string[], key: string): Promise<Background> {
    const documents = rankedDocuments(view.documentIndex);
    const hash = createHash('sha1').update(key);
    for (const { head, version } of view.documentIndex.documents()) hash.update(`\n${head.id} ${version}`);
    const keptKey = hash.digest('hex');
    // One is kept: that of now, which every process needs.
    const store = view.past ? NOT_KEPT : this.#kept;
    const kept = await store.read(keptKey);
    if (kept) return kept;
    if (this.#sample?.key !== key) this.#sample = { key, queries: await codeQueries(await this.#windows(paths), view.embedder) };
    const background = await measureBackground(view.documentIndex, documents, this.#sample.queries);
    await store.write(keptKey, background);
    return background;
  }

  async #windows(paths: readonly string[]): Promise<CodeToCompare[]> {
    const texts = await this.#files().readMany(paths, LONGEST_CODE);
    return paths
      .flatMap((path, i) => {
        const file = new SourceFile(path, texts[i] ?? '');
        // Binary files are empty here: what they contain is like no record.
        if (file.text.trim() === '' || isGenerated(file.text)) return [];
        return [{ file, line: Number.parseInt(hashOf(path).slice(0, 8), 16) % file.textLines.length }];
      })
      .slice(0, WINDOWS);
  }
}

const samples = new WeakMap<object, readonly string[]>();

/** The source files with the smallest hashes: the same sample as long as the files are the same. */
function sampledPaths(stamps: ReadonlyMap<string, unknown>): readonly string[] {
  const known = samples.get(stamps);
  if (known) return known;
  const chosen = [...stamps.keys()]
    .filter((path) => isSource(path) && !isVendored(path))
    .map((path) => ({ path, hash: hashOf(path) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, CANDIDATES)
    .map(({ path }) => path);
  samples.set(stamps, chosen);
  return chosen;
}
