import { titleNumber } from '../knowledge/record-name.ts';
import type { Hit } from '../model/answer.ts';
import type { DocumentHead, DocumentKind } from '../model/document.ts';
import type { Span } from '../model/span.ts';
import { forEachYielding } from '../text/yielding.ts';
import { LexicalIndex } from './lexical.ts';
import { joinWindows, questionWeight } from './sections.ts';
import { accumulate, type Centre, centreOf, dot, scaleOf } from './vectors.ts';

/** A passage as the in-memory index holds it. */
export interface IndexedPassage {
  /** Number of the passage's section in the lexical index. The windows of a long section share it. */
  readonly unit: number;
  /** Weight of the section when the record is compared with a question; 1 for most. */
  readonly questionWeight: number;
  readonly headingPath: readonly string[];
  readonly text: string;
  readonly span: Span;
  /** As stored: length 1. */
  readonly vector: Float32Array;
  /** Dot product of `vector` with itself. */
  readonly square: number;
  /** Dot product of `vector` and the corpus mean. */
  meanProduct: number;
  /** One over the length of `vector` without half of the corpus mean. */
  scale: number;
  /** Dot products with the sample of commit subjects; for decisions only. */
  subjects: Float32Array | undefined;
}

/** The part of a hit that describes the document. */
export const hitHeadOf = (head: DocumentHead): Pick<Hit, 'id' | 'kind' | 'path' | 'sha' | 'title' | 'number' | 'status' | 'date'> => {
  const number = head.kind === 'decision' ? titleNumber(head) : undefined;
  return {
    id: head.id,
    kind: head.kind,
    ...(head.path === undefined ? {} : { path: head.path }),
    sha: head.sha,
    title: head.title,
    ...(number === undefined ? {} : { number }),
    ...(head.status ? { status: head.status.value } : {}),
    ...(head.date ? { date: head.date } : {}),
  };
};

/** A document of the in-memory index. */
export interface IndexedDocument {
  readonly head: DocumentHead;
  /** Changes whenever the document does. */
  readonly version: string;
  readonly passages: readonly IndexedPassage[];
  /** Numbers of its sections in the lexical index. */
  readonly units: readonly number[];
  /** Question weight of each section, in the order of `units`. */
  readonly unitWeights: readonly number[];
  /** Number of the document in the lexical index of whole documents. */
  readonly whole: number;
  /** How close the record is to any subject at all: its mean similarity to a sample of commits. */
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

/** What a whole index consists of. */
export interface Contents {
  readonly documents: readonly IndexedDocument[];
  readonly lexical: LexicalIndex;
  readonly whole: LexicalIndex;
  /** As {@link DocumentIndex.sum}. */
  readonly sum: Float64Array;
}

/** A query vector with half of the corpus mean removed, as from the passages. */
export interface CentredQuery {
  readonly vector: Float32Array;
  /** Half of the dot product of `vector` and the corpus mean. */
  readonly offset: number;
}

/** Cosine similarity of passage and query, after half of the corpus mean is removed from both. */
export const similarityOf = (passage: IndexedPassage, query: CentredQuery): number =>
  (dot(passage.vector, query.vector) - query.offset) * passage.scale;

/** Weighted mean (1, .5, .25) of the similarities of the three closest passages: a record is close when several of its parts are. */
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
  readonly #lexical: LexicalIndex;
  readonly #whole: LexicalIndex;
  #ordered: readonly IndexedDocument[] | undefined;
  readonly #sum: Float64Array;
  #count = 0;
  #centre: Centre;
  #subjects: readonly Float32Array[] = [];

  /** @param contents what it holds from the beginning; call `settle` afterwards. Default: nothing */
  constructor(dimensions: number, contents?: Contents) {
    this.#sum = contents?.sum ?? new Float64Array(dimensions);
    this.#centre = centreOf(this.#sum, 0);
    this.#lexical = contents?.lexical ?? new LexicalIndex();
    this.#whole = contents?.whole ?? new LexicalIndex();
    for (const document of contents?.documents ?? []) {
      this.#documents.set(document.head.id, document);
      this.#count += document.passages.length;
    }
  }

  /** Number of passages. */
  get passages(): number {
    return this.#count;
  }

  /** The sample of commit vectors of the last `settle`. */
  get subjects(): readonly Float32Array[] {
    return this.#subjects;
  }

  /** Sum of the vectors of all passages, as `accumulate` makes it. */
  get sum(): Readonly<Float64Array> {
    return this.#sum;
  }

  /** Index of sections. */
  get lexical(): LexicalIndex {
    return this.#lexical;
  }

  /** Index of whole documents, because the words of a question may be spread over several sections. */
  get whole(): LexicalIndex {
    return this.#whole;
  }

  get(id: string): IndexedDocument | undefined {
    return this.#documents.get(id);
  }

  /** The documents of these kinds (default: all), ordered by id. */
  documents(kinds?: readonly DocumentKind[]): readonly IndexedDocument[] {
    this.#ordered ??= [...this.#documents.values()].sort((a, b) => (a.head.id < b.head.id ? -1 : 1));
    return kinds ? this.#ordered.filter((document) => kinds.includes(document.head.kind)) : this.#ordered;
  }

  /** Versions by document id, to tell what changed in the store. */
  versions(): ReadonlyMap<string, string> {
    return new Map([...this.#documents].map(([id, document]) => [id, document.version]));
  }

  /** Adds documents, replacing those with the same id, and removes others. Call `settle` afterwards. */
  update(loaded: readonly DocumentToIndex[], removed: readonly string[]): void {
    this.#ordered = undefined;
    const units: number[] = [];
    const wholes: number[] = [];
    for (const id of [...removed, ...loaded.map((document) => document.head.id)]) {
      const old = this.#documents.get(id);
      if (old) {
        units.push(...old.units);
        wholes.push(old.whole);
      }
      for (const passage of old?.passages ?? []) accumulate(this.#sum, passage.vector, -1);
      this.#count -= old?.passages.length ?? 0;
      this.#documents.delete(id);
    }
    this.#lexical.remove(units);
    this.#whole.remove(wholes);
    for (const { head, version, passages } of loaded) {
      const { sections, sectionOf } = joinWindows(passages);
      const units = sections.map((words) => this.#lexical.add(words));
      const whole = this.#whole.add(sections.flat());
      const unitWeights = units.map(() => 1);
      const indexed = passages.map(({ headingPath, text, span, vector }, i) => {
        const section = sectionOf[i] ?? 0;
        const unit = units[section] ?? 0;
        const weight = questionWeight(headingPath);
        unitWeights[section] = weight;
        accumulate(this.#sum, vector, 1);
        const square = dot(vector, vector);
        return { unit, questionWeight: weight, headingPath, text, span, vector, square, meanProduct: 0, scale: 1, subjects: undefined };
      });
      this.#count += indexed.length;
      this.#documents.set(head.id, { head, version, passages: indexed, units, unitWeights, whole, hub: 0 });
    }
  }

  /** Whether so much was replaced that the index should be rebuilt. */
  get worn(): boolean {
    return this.#lexical.waste > 0.25 && this.#lexical.size > 0;
  }

  /**
   * Recomputes what depends on all documents: the corpus mean and the hubs. The products of passages and subjects are kept, so that one changed
   * document costs a few milliseconds.
   * @param subjects vectors of a sample of commits; default: those of the last call
   */
  settle(subjects: readonly Float32Array[] = this.#subjects): void {
    for (const _ of this.#settling(subjects));
  }

  /** As `settle`, but yields to other work: for an index that nobody queries yet. */
  settleInSlices(subjects: readonly Float32Array[] = this.#subjects): Promise<void> {
    return forEachYielding(this.#settling(subjects), () => undefined);
  }

  *#settling(subjects: readonly Float32Array[]): Generator<void> {
    const newSubjects = subjects !== this.#subjects;
    this.#subjects = subjects;
    const documents = this.documents();
    const centre = centreOf(this.#sum, this.#count);
    this.#centre = centre;
    const sample = subjects.map((subject) => {
      const meanProduct = dot(subject, centre.mean);
      return { meanProduct, scale: scaleOf(dot(subject, subject), meanProduct, centre) };
    });
    for (const { head, passages } of documents) {
      for (const passage of passages) {
        passage.meanProduct = dot(passage.vector, centre.mean);
        passage.scale = scaleOf(passage.square, passage.meanProduct, centre);
        if (head.kind === 'decision' && (newSubjects || !passage.subjects))
          passage.subjects = Float32Array.from(subjects, (subject) => dot(subject, passage.vector));
      }
      yield;
    }
    for (const document of documents) {
      if (document.head.kind !== 'decision') continue;
      let sum = 0;
      sample.forEach(({ meanProduct, scale }, i) => {
        const offset = 0.5 * (meanProduct - 0.5 * centre.square);
        sum += nearness(
          document.passages,
          (passage) => ((passage.subjects?.[i] ?? 0) - 0.5 * passage.meanProduct - offset) * passage.scale * scale,
        );
      });
      document.hub = sample.length === 0 ? 0 : sum / sample.length;
      yield;
    }
  }

  /** The query vector with half of the corpus mean removed, at length 1. */
  centre(vector: Float32Array): CentredQuery {
    const { mean } = this.#centre;
    const scale = scaleOf(dot(vector, vector), dot(vector, mean), this.#centre);
    const out = vector.map((value, i) => (value - 0.5 * (mean[i] as number)) * scale);
    return { vector: out, offset: 0.5 * dot(out, mean) };
  }
}
