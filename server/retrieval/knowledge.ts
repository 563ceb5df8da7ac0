import type { Document, DocumentKind } from '../model/document.ts';
import type { Span } from '../model/span.ts';
import { LexicalIndex } from './lexical.ts';
import { centred, dot, mean } from './vectors.ts';

/** A passage as the in-memory index holds it. */
export interface HeldPassage {
  /** Number of the unit in the lexical index. */
  readonly unit: number;
  readonly heading: string;
  readonly text: string;
  readonly span: Span;
  /** As stored: length 1. */
  readonly vector: Float32Array;
  /** `vector` without half of the corpus mean. */
  centred: Float32Array;
}

/** A document without the text of its sections: what the store keeps beside the passages. */
export type DocumentHead = Omit<Document, 'sections'>;

export interface HeldDocument {
  readonly head: DocumentHead;
  /** Changes when anything of the document changes. */
  readonly version: string;
  readonly passages: readonly HeldPassage[];
  /** How close the record is to an arbitrary subject: the mean similarity to a sample of commit subjects. */
  hub: number;
}

/** What the store gives for one passage. */
export interface LoadedPassage {
  readonly heading: string;
  readonly text: string;
  readonly words: readonly string[];
  readonly span: Span;
  readonly vector: Float32Array;
}

export interface LoadedDocument {
  readonly head: DocumentHead;
  readonly version: string;
  readonly passages: readonly LoadedPassage[];
}

/** Mean of the three closest windows, falling weights: a record is near when several of its parts are. */
export function windowSimilarity(document: HeldDocument, query: Float32Array): number {
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (const passage of document.passages) {
    const s = dot(passage.centred, query);
    if (s > s1) [s1, s2, s3] = [s, s1, s2];
    else if (s > s2) [s2, s3] = [s, s2];
    else if (s > s3) s3 = s;
  }
  return (s1 + 0.5 * s2 + 0.25 * s3) / 1.75;
}

/**
 * The records, specifications and guides of one repository in memory: few enough (some ten thousand passages) to be scored
 * whole in a few milliseconds. Commits stay in the store.
 */
export class Knowledge {
  readonly #documents = new Map<string, HeldDocument>();
  readonly #dimensions: number;
  #lexical = new LexicalIndex();
  #corpusMean: Float32Array;
  #subjects: readonly Float32Array[] = [];

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#corpusMean = new Float32Array(dimensions);
  }

  get lexical(): LexicalIndex {
    return this.#lexical;
  }

  get(id: string): HeldDocument | undefined {
    return this.#documents.get(id);
  }

  /** All held documents of the given kinds (default all), ordered by id. */
  documents(kinds?: readonly DocumentKind[]): HeldDocument[] {
    const all = [...this.#documents.values()].filter((document) => !kinds || kinds.includes(document.head.kind));
    return all.sort((a, b) => (a.head.id < b.head.id ? -1 : 1));
  }

  /** Versions by document id, to find out what changed in the store. */
  versions(): ReadonlyMap<string, string> {
    return new Map([...this.#documents].map(([id, document]) => [id, document.version]));
  }

  /** Takes documents in, replacing those of the same id, and lets others go. Call `settle` afterwards. */
  update(loaded: readonly LoadedDocument[], removed: readonly string[]): void {
    for (const id of [...removed, ...loaded.map((document) => document.head.id)]) {
      for (const passage of this.#documents.get(id)?.passages ?? []) this.#lexical.remove(passage.unit);
      this.#documents.delete(id);
    }
    for (const { head, version, passages } of loaded) {
      const held = passages.map(({ words, ...passage }) => ({ ...passage, unit: this.#lexical.add(words), centred: passage.vector }));
      this.#documents.set(head.id, { head, version, passages: held, hub: 0 });
    }
  }

  /** True when so much was replaced that the index should be filled anew. */
  get worn(): boolean {
    return this.#lexical.waste > 0.25 && this.#lexical.size > 0;
  }

  /** Recomputes what depends on all documents: the corpus mean, centred vectors and hubs. `subjects`: vectors of a sample of commit subjects. */
  settle(subjects: readonly Float32Array[] = this.#subjects): void {
    const documents = this.documents();
    this.#corpusMean = mean(
      documents.flatMap((document) => document.passages.map((passage) => passage.vector)),
      this.#dimensions,
    );
    this.#subjects = subjects;
    const sample = subjects.map((subject) => centred(subject, this.#corpusMean));
    for (const document of documents) {
      for (const passage of document.passages) passage.centred = centred(passage.vector, this.#corpusMean);
      if (document.head.kind !== 'decision') continue;
      let sum = 0;
      for (const subject of sample) sum += windowSimilarity(document, subject);
      document.hub = sample.length === 0 ? 0 : sum / sample.length;
    }
  }

  /** A query vector in the space of the centred passages. */
  centre(vector: Float32Array): Float32Array {
    return centred(vector, this.#corpusMean);
  }
}
