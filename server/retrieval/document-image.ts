import type { Span } from '../model/span.ts';
import { decodeHead } from '../store/head.ts';
import { type ReadImage, readImage, writeImage } from '../store/image.ts';
import { turnTaker } from '../text/yielding.ts';
import { DocumentIndex, type IndexedDocument, type IndexedPassage } from './document-index.ts';
import { type FrozenLexical, LexicalIndex } from './lexical.ts';

/** What an image says of itself. */
export interface ImageKey {
  /** The form of what is in the table: an image of another one is of no use. */
  readonly form: string;
  /** Version of the table that it shows. */
  readonly version: number;
}

/** Numbers of a passage: where its heading path and its text end, its section in the document, and its span. */
const NUMBERS = 7;

const lexicalParts = (
  of: 'section' | 'whole',
  { words, ends, units, counts, lengths }: FrozenLexical,
): Record<string, NodeJS.TypedArray> => ({
  [`${of}Words`]: Buffer.from(words.join('\n')),
  [`${of}Ends`]: ends,
  [`${of}Units`]: units,
  [`${of}Counts`]: counts,
  [`${of}Lengths`]: lengths,
});

function lexicalOf(image: ReadImage, of: 'section' | 'whole'): LexicalIndex {
  const words = image.bytes(`${of}Words`).toString();
  return LexicalIndex.of({
    words: words === '' ? [] : words.split('\n'),
    ends: image.u32(`${of}Ends`),
    units: image.u32(`${of}Units`),
    counts: image.u32(`${of}Counts`),
    lengths: image.u32(`${of}Lengths`),
  });
}

/** A passage whose texts stay in the image until somebody reads them. */
class ImagePassage implements IndexedPassage {
  readonly unit: number;
  readonly questionWeight: number;
  readonly vector: Float32Array;
  readonly square: number;
  meanProduct = 0;
  scale = 1;
  subjects: Float32Array | undefined = undefined;
  readonly #at: number;
  readonly #numbers: Uint32Array;
  readonly #texts: Buffer;

  constructor(own: Pick<IndexedPassage, 'unit' | 'questionWeight' | 'vector' | 'square'>, at: number, numbers: Uint32Array, texts: Buffer) {
    this.unit = own.unit;
    this.questionWeight = own.questionWeight;
    this.vector = own.vector;
    this.square = own.square;
    this.#at = at;
    this.#numbers = numbers;
    this.#texts = texts;
  }

  get headingPath(): readonly string[] {
    return JSON.parse(this.#texts.toString('utf8', this.#number(-NUMBERS + 1), this.#number(0)));
  }

  get text(): string {
    return this.#texts.toString('utf8', this.#number(0), this.#number(1));
  }

  get span(): Span {
    return {
      start: { line: this.#number(3), character: this.#number(4) },
      end: { line: this.#number(5), character: this.#number(6) },
    };
  }

  #number(offset: number): number {
    return this.#numbers[this.#at * NUMBERS + offset] ?? 0;
  }
}

/** Writes what an index holds beside its table. Rejects as the file system does. */
export async function writeDocuments(path: string, key: ImageKey, documentIndex: DocumentIndex): Promise<void> {
  const takeTurn = turnTaker();
  const documents = documentIndex.documents();
  const passages = documents.flatMap((document) => document.passages);
  const dimensions = documentIndex.sum.length;
  const vectors = new Float32Array(passages.length * dimensions);
  const numbers = new Uint32Array(passages.length * NUMBERS);
  const texts: Buffer[] = [];
  const heads: Buffer[] = [];
  const documentEnds = new Uint32Array(documents.length * 3);
  let [bytes, at, headBytes, units] = [0, 0, 0, 0];
  const add = (text: string): number => {
    const encoded = Buffer.from(text);
    texts.push(encoded);
    bytes += encoded.length;
    return bytes;
  };
  for (const [index, document] of documents.entries()) {
    const sections = new Map(document.units.map((unit, section) => [unit, section]));
    for (const { headingPath, text, unit, span, vector } of document.passages) {
      vectors.set(vector, at * dimensions);
      const ends = [add(JSON.stringify(headingPath)), add(text)];
      numbers.set(
        [...ends, sections.get(unit) ?? 0, span.start.line, span.start.character, span.end.line, span.end.character],
        at * NUMBERS,
      );
      at += 1;
    }
    const head = Buffer.from(document.version);
    heads.push(head);
    headBytes += head.length;
    units += document.units.length;
    documentEnds.set([headBytes, at, units], index * 3);
    await takeTurn();
  }
  const section = documentIndex.lexical.frozen(documents.flatMap((document) => document.units));
  await takeTurn();
  const whole = documentIndex.whole.frozen(documents.map((document) => document.whole));
  await takeTurn();
  const parts = {
    vectors,
    squares: Float64Array.from(passages, ({ square }) => square),
    questionWeights: Float64Array.from(documents.flatMap(({ unitWeights }) => unitWeights)),
    numbers,
    texts: Buffer.concat(texts),
    documents: Buffer.concat(heads),
    documentEnds,
    sum: documentIndex.sum,
    ...lexicalParts('section', section),
    ...lexicalParts('whole', whole),
  };
  await writeImage(path, { about: { ...key, dimensions }, parts });
}

/** An index as it was written, and of which version of the table it is; `undefined` where there is none that can be used. Call `settle` before use. */
export async function readDocuments(
  path: string,
  form: string,
  dimensions: number,
  folder: string,
): Promise<{ readonly documentIndex: DocumentIndex; readonly version: number } | undefined> {
  const image = await readImage(path);
  const about = image?.about as Partial<ImageKey & { readonly dimensions: number }> | undefined;
  if (!image || about?.form !== form || about.dimensions !== dimensions || about.version === undefined) return undefined;
  const contents = { documents: documentsIn(image, dimensions, folder), sum: image.f64('sum').slice() };
  const lexicals = { lexical: lexicalOf(image, 'section'), whole: lexicalOf(image, 'whole') };
  return { documentIndex: new DocumentIndex(dimensions, { ...contents, ...lexicals }), version: about.version };
}

function documentsIn(image: ReadImage, dimensions: number, folder: string): IndexedDocument[] {
  const [vectors, squares, weights] = [image.f32('vectors'), image.f64('squares'), image.f64('questionWeights')];
  const [numbers, texts, ends] = [image.u32('numbers'), image.bytes('texts'), image.u32('documentEnds')];
  const heads = image.bytes('documents');
  const end = (document: number, column: number): number => (document < 0 ? 0 : (ends[document * 3 + column] as number));
  return Array.from({ length: ends.length / 3 }, (_, whole) => {
    const [first, firstUnit] = [end(whole - 1, 1), end(whole - 1, 2)];
    const units = Array.from({ length: end(whole, 2) - firstUnit }, (__, section) => firstUnit + section);
    const passages = Array.from({ length: end(whole, 1) - first }, (__, index) => {
      const at = first + index;
      const unit = firstUnit + (numbers[at * NUMBERS + 2] as number);
      const vector = vectors.subarray(at * dimensions, (at + 1) * dimensions);
      const own = { unit, questionWeight: weights[unit] as number, vector, square: squares[at] as number };
      return new ImagePassage(own, at, numbers, texts);
    });
    const version = heads.toString('utf8', end(whole - 1, 0), end(whole, 0));
    const unitWeights = units.map((unit) => weights[unit] as number);
    return { head: decodeHead(version, folder), version, passages, units, unitWeights, whole, hub: 0 };
  });
}
