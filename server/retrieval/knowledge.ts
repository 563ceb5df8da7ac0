import type { Hit } from '../model/answer.ts';
import type { DocumentHead, DocumentKind } from '../model/document.ts';
import type { Span } from '../model/span.ts';
import { forEachYielding } from '../text/yielding.ts';
import { LexicalIndex } from './lexical.ts';
import { countsForQuestion, joinWindows } from './sections.ts';
import { accumulate, type Centre, centreOf, dot, scaleOf } from './vectors.ts';

/** A passage as the in-memory index holds it. */
export interface IndexedPassage {
  /** Number of the passage's section in the lexical index; the windows of a long section share it. */
  readonly unit: number;
  /** How much it counts for a question, 1 for an ordinary section. */
  readonly counts: number;
  readonly headingPath: readonly string[];
  readonly text: string;
  readonly span: Span;
  /** As stored: length 1. */
  readonly vector: Float32Array;
  /** Scalar product of `vector` with itself. */
  readonly square: number;
  /** Scalar product of `vector` and the corpus mean. */
  along: number;
  /** One over the length of `vector` without half of the corpus mean. */
  scale: number;
  /** Scalar products with the sample of commit subjects; only of decisions. */
  subjects: Float32Array | undefined;
}

/** What a hit says of the document itself. */
export const hitHeadOf = (head: DocumentHead): Pick<Hit, 'id' | 'kind' | 'path' | 'sha' | 'title' | 'status' | 'date'> => ({
  id: head.id,
  kind: head.kind,
  ...(head.path === undefined ? {} : { path: head.path }),
  sha: head.sha,
  title: head.title,
  ...(head.status ? { status: head.status.value } : {}),
  ...(head.date ? { date: head.date } : {}),
});

/** A document of the in-memory index. */
export interface IndexedDocument {
  readonly head: DocumentHead;
  /** Changes when anything of the document changes. */
  readonly version: string;
  readonly passages: readonly IndexedPassage[];
  /** Its sections in the lexical index. */
  readonly units: readonly number[];
  /** How much each of them counts for a question. */
  readonly unitCounts: readonly number[];
  /** Its number in the lexical index of whole documents. */
  readonly whole: number;
  /** How close the record is to an arbitrary subject: the mean similarity to a sample of commits. */
  hub: number;
}

/** A passage before it is indexed: what the store has of it. */
export interface PassageToIndex {
  readonly headingPath: readonly string[];
  readonly text: string;
  readonly words: readonly string[];
  readonly span: Span;
  readonly vector: Float32Array;
}

/** A document before it is indexed: what the store has of it. */
export interface DocumentToIndex {
  readonly head: DocumentHead;
  readonly version: string;
  readonly passages: readonly PassageToIndex[];
}

/** A query vector in the space of the passages without half of the corpus mean. */
export interface CentredQuery {
  readonly vector: Float32Array;
  /** Half of the scalar product of `vector` and the corpus mean. */
  readonly offset: number;
}

/** Cosine of passage and query, both without half of the corpus mean. */
export const similarityOf = (passage: IndexedPassage, query: CentredQuery): number =>
  (dot(passage.vector, query.vector) - query.offset) * passage.scale;

/** Mean of the similarities of the three closest windows, falling weights: a record is near when several of its parts are. */
export function nearness(passages: readonly IndexedPassage[], similarity: (passage: IndexedPassage) => number): number {
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (const passage of passages) {
    const s = similarity(passage);
    if (s > s1) {
      s3 = s2;
      s2 = s1;
      s1 = s;
    } else if (s > s2) {
      s3 = s2;
      s2 = s;
    } else if (s > s3) s3 = s;
  }
  return (s1 + 0.5 * s2 + 0.25 * s3) / 1.75;
}

/**
 * The records, specifications and guides of one repository in memory: few enough (some ten thousand passages) to be scored
 * whole in a few milliseconds. Commits stay in the store.
 */
export class DocumentIndex {
  readonly #documents = new Map<string, IndexedDocument>();
  readonly #lexical = new LexicalIndex();
  readonly #whole = new LexicalIndex();
  #ordered: readonly IndexedDocument[] | undefined;
  /** Of the vectors of all passages. */
  readonly #sum: Float64Array;
  #count = 0;
  #centre: Centre;
  #subjects: readonly Float32Array[] = [];

  constructor(dimensions: number) {
    this.#sum = new Float64Array(dimensions);
    this.#centre = centreOf(this.#sum, 0);
  }

  /** The sample of commits that it was settled with last. */
  get subjects(): readonly Float32Array[] {
    return this.#subjects;
  }

  /** Of sections. */
  get lexical(): LexicalIndex {
    return this.#lexical;
  }

  /** Of whole documents, for words that a question finds in different sections. */
  get whole(): LexicalIndex {
    return this.#whole;
  }

  get(id: string): IndexedDocument | undefined {
    return this.#documents.get(id);
  }

  /** All held documents of the given kinds (default all), ordered by id. */
  documents(kinds?: readonly DocumentKind[]): readonly IndexedDocument[] {
    this.#ordered ??= [...this.#documents.values()].sort((a, b) => (a.head.id < b.head.id ? -1 : 1));
    return kinds ? this.#ordered.filter((document) => kinds.includes(document.head.kind)) : this.#ordered;
  }

  /** Versions by document id, to find out what changed in the store. */
  versions(): ReadonlyMap<string, string> {
    return new Map([...this.#documents].map(([id, document]) => [id, document.version]));
  }

  /** Takes documents in, replacing those of the same id, and lets others go. Call `settle` afterwards. */
  update(loaded: readonly DocumentToIndex[], removed: readonly string[]): void {
    this.#ordered = undefined;
    for (const id of [...removed, ...loaded.map((document) => document.head.id)]) {
      const gone = this.#documents.get(id);
      for (const unit of gone?.units ?? []) this.#lexical.remove(unit);
      if (gone) this.#whole.remove(gone.whole);
      for (const passage of gone?.passages ?? []) accumulate(this.#sum, passage.vector, -1);
      this.#count -= gone?.passages.length ?? 0;
      this.#documents.delete(id);
    }
    for (const { head, version, passages } of loaded) {
      const { sections, sectionOf } = joinWindows(passages);
      const units = sections.map((words) => this.#lexical.add(words));
      const whole = this.#whole.add(sections.flat());
      const unitCounts = units.map(() => 1);
      const held = passages.map(({ headingPath, text, span, vector }, i) => {
        const section = sectionOf[i] ?? 0;
        const unit = units[section] ?? 0;
        const counts = countsForQuestion(headingPath);
        unitCounts[section] = counts;
        accumulate(this.#sum, vector, 1);
        return { unit, counts, headingPath, text, span, vector, square: dot(vector, vector), along: 0, scale: 1, subjects: undefined };
      });
      this.#count += held.length;
      this.#documents.set(head.id, { head, version, passages: held, units, unitCounts, whole, hub: 0 });
    }
  }

  /** True when so much was replaced that the index should be filled anew. */
  get worn(): boolean {
    return this.#lexical.waste > 0.25 && this.#lexical.size > 0;
  }

  /**
   * Recomputes what depends on all documents: the corpus mean and hubs. `subjects`: vectors of a sample of commits. The products of
   * passages and subjects are kept, so that one changed document costs a few milliseconds.
   */
  settle(subjects: readonly Float32Array[] = this.#subjects): void {
    for (const _ of this.#settling(subjects));
  }

  /** As `settle`, and lets other work have its turn: for knowledge that nobody asks yet. */
  settleInSlices(subjects: readonly Float32Array[] = this.#subjects): Promise<void> {
    return forEachYielding(this.#settling(subjects), () => undefined);
  }

  *#settling(subjects: readonly Float32Array[]): Generator<void> {
    const fresh = subjects !== this.#subjects;
    this.#subjects = subjects;
    const documents = this.documents();
    const centre = centreOf(this.#sum, this.#count);
    this.#centre = centre;
    const sample = subjects.map((subject) => {
      const along = dot(subject, centre.mean);
      return { along, scale: scaleOf(dot(subject, subject), along, centre) };
    });
    for (const { head, passages } of documents) {
      for (const passage of passages) {
        passage.along = dot(passage.vector, centre.mean);
        passage.scale = scaleOf(passage.square, passage.along, centre);
        if (head.kind === 'decision' && (fresh || !passage.subjects))
          passage.subjects = Float32Array.from(subjects, (subject) => dot(subject, passage.vector));
      }
      yield;
    }
    for (const document of documents) {
      if (document.head.kind !== 'decision') continue;
      let sum = 0;
      sample.forEach(({ along, scale }, i) => {
        const offset = 0.5 * (along - 0.5 * centre.square);
        sum += nearness(
          document.passages,
          (passage) => ((passage.subjects?.[i] ?? 0) - 0.5 * passage.along - offset) * passage.scale * scale,
        );
      });
      document.hub = sample.length === 0 ? 0 : sum / sample.length;
      yield;
    }
  }

  /** A query vector in the space of the passages. */
  centre(vector: Float32Array): CentredQuery {
    const { mean } = this.#centre;
    const scale = scaleOf(dot(vector, vector), dot(vector, mean), this.#centre);
    const out = vector.map((value, i) => (value - 0.5 * (mean[i] as number)) * scale);
    return { vector: out, offset: 0.5 * dot(out, mean) };
  }
}
