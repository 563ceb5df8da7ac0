import type { CommitFact } from './fact.ts';
import { timeOf } from './fact.ts';
import { type Directory, PARTS, type Part, SEGMENT_SCHEMA, type Segment, TRAILER_BYTES } from './segment.ts';

type CountedWords = Pick<CommitFact, 'words' | 'messageWords' | 'pathWords' | 'changedWords'>;

interface Entry {
  readonly sha: string;
  readonly date: string;
  readonly merge: boolean;
  readonly paths: readonly number[];
  readonly moves: readonly (readonly [from: number, to: number])[];
}

/** Numbers texts in the order in which they come. */
class Numbering {
  readonly #numbers = new Map<string, number>();
  readonly texts: string[] = [];

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.#numbers.set(text, number);
    this.texts.push(text);
    return number;
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The texts in order, and the place of each by its number. */
function ordered(texts: readonly string[]): { readonly texts: readonly string[]; readonly placeOf: Uint32Array } {
  const order = Array.from(texts.keys()).sort((a, b) => compare(texts[a] as string, texts[b] as string));
  const placeOf = new Uint32Array(texts.length);
  order.forEach((number, place) => {
    placeOf[number] = place;
  });
  return { texts: order.map((number) => texts[number] as string), placeOf };
}

const bytesOf = (numbers: Uint32Array | Float64Array): Buffer => Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** Items by row, and where those of each row end. */
function rowsOf(rows: number, pairs: Iterable<readonly [row: number, item: number]>): { readonly items: Buffer; readonly ends: Buffer } {
  const all = [...pairs];
  const ends = new Uint32Array(rows);
  for (const [row] of all) ends[row] = (ends[row] ?? 0) + 1;
  for (let row = 1; row < rows; row++) ends[row] = (ends[row] ?? 0) + (ends[row - 1] ?? 0);
  const items = new Uint32Array(all.length);
  // From the last to the first, so that the items of a row keep their order.
  const next = Uint32Array.from(ends);
  for (let at = all.length - 1; at >= 0; at--) {
    const [row, item] = all[at] as readonly [number, number];
    next[row] = (next[row] as number) - 1;
    items[next[row] as number] = item;
  }
  return { items: bytesOf(items), ends: bytesOf(ends) };
}

function textsOf(texts: readonly string[]): { readonly text: Buffer; readonly ends: Buffer } {
  const parts = texts.map((text) => Buffer.from(text, 'utf8'));
  const ends = new Uint32Array(parts.length);
  let end = 0;
  parts.forEach((part, index) => {
    end += part.length;
    ends[index] = end;
  });
  return { text: Buffer.concat(parts), ends: bytesOf(ends) };
}

/** Texts of one width, padded with zero bytes. */
function fixedOf(texts: readonly string[]): { readonly text: Buffer; readonly width: number } {
  const width = texts.reduce((most, text) => Math.max(most, Buffer.byteLength(text)), 0);
  const text = Buffer.alloc(width * texts.length);
  texts.forEach((each, index) => {
    text.write(each, index * width, 'utf8');
  });
  return { text, width };
}

/** Collects facts of commits, each commit once, and writes them as a segment. The same facts in any order give the same bytes. */
export class SegmentBuilder {
  readonly #entries: Entry[] = [];
  readonly #paths = new Numbering();
  readonly #cues = new Numbering();
  /** Commits of each cue, by the numbers of both. */
  readonly #cueing: (readonly [cue: number, commit: number])[] = [];
  readonly #words = new Map<string, number>();
  #messageWords = 0;
  #pathWords = 0;
  #changedWords = 0;

  /** Number of commits. */
  get size(): number {
    return this.#entries.length;
  }

  add({ sha, date, merge, paths, renames, cues, ...counted }: CommitFact): void {
    for (const cue of cues) this.#cueing.push([this.#cues.of(cue), this.#entries.length]);
    this.#entries.push({
      sha,
      date,
      merge,
      paths: paths.map((path) => this.#paths.of(path)),
      moves: renames.map(({ from, to }) => [this.#paths.of(from), this.#paths.of(to)] as const),
    });
    this.#count(counted, 1);
  }

  /** Adds the commits of a segment, without some. Call `subtract` with the facts of those. */
  addSegment(segment: Segment, without: ReadonlySet<string> = new Set()): void {
    const { counts, messageWords, pathWords, changedWords } = segment.directory;
    const numbers = new Map<number, number>();
    const movesOf = segment.movesByCommit();
    for (let index = 0; index < segment.size; index++) {
      const { sha, date, merge, paths } = segment.commit(index);
      if (without.has(sha)) continue;
      numbers.set(index, this.#entries.length);
      const moves = (movesOf.get(index) ?? []).map(({ from, to }) => [this.#paths.of(from), this.#paths.of(to)] as const);
      this.#entries.push({ sha, date, merge, paths: paths.map((path) => this.#paths.of(path)), moves });
    }
    for (let index = 0; index < counts.cues; index++) {
      const { cue, commits } = segment.cue(index);
      for (const commit of commits) {
        const number = numbers.get(commit);
        if (number !== undefined) this.#cueing.push([this.#cues.of(cue), number]);
      }
    }
    for (let index = 0; index < counts.words; index++) {
      const { word, commits } = segment.word(index);
      this.#words.set(word, (this.#words.get(word) ?? 0) + commits);
    }
    this.#messageWords += messageWords;
    this.#pathWords += pathWords;
    this.#changedWords += changedWords;
  }

  /** Takes the words of commits that were left out from the counts. */
  subtract(facts: Iterable<CommitFact>): void {
    for (const fact of facts) this.#count(fact, -1);
  }

  #count({ words, messageWords, pathWords, changedWords }: CountedWords, sign: 1 | -1): void {
    for (const word of words) this.#words.set(word, (this.#words.get(word) ?? 0) + sign);
    this.#messageWords += sign * messageWords;
    this.#pathWords += sign * pathWords;
    this.#changedWords += sign * changedWords;
  }

  encode(): Buffer {
    const order = Array.from(this.#entries.keys()).sort((a, b) => compare(this.#sha(a), this.#sha(b)));
    const placeOf = new Uint32Array(order.length);
    order.forEach((number, place) => {
      placeOf[number] = place;
    });
    const entries = order.map((number) => this.#entries[number] as Entry);
    const paths = ordered(this.#paths.texts);
    const cues = ordered(this.#cues.texts);
    const words = [...this.#words].filter(([, commits]) => commits > 0).sort(([a], [b]) => compare(a, b));
    const times = Float64Array.from(entries, ({ date }) => timeOf(date));
    const pathAt = (number: number): number => paths.placeOf[number] as number;
    const changed = entries.flatMap((entry, commit) => entry.paths.map((path) => [commit, pathAt(path)] as const));
    const moves = entries.flatMap((entry, commit) => entry.moves.map(([from, to]) => ({ commit, from: pathAt(from), to: pathAt(to) })));
    const cueing = this.#cueing
      .map(([cue, commit]) => [cues.placeOf[cue] as number, placeOf[commit] as number] as const)
      .sort(([, a], [, b]) => a - b);
    const shas = fixedOf(entries.map(({ sha }) => sha));
    const dates = fixedOf(entries.map(({ date }) => date));
    const ofCommit = rowsOf(entries.length, changed);
    const ofPath = rowsOf(
      paths.texts.length,
      changed.map(([commit, path]) => [path, commit] as const),
    );
    const pathTexts = textsOf(paths.texts);
    const wordTexts = textsOf(words.map(([word]) => word));
    const cueTexts = textsOf(cues.texts);
    const ofCue = rowsOf(cues.texts.length, cueing);
    const into = rowsOf(
      paths.texts.length,
      moves.map(({ to }, index) => [to, index] as const),
    );
    const outOf = rowsOf(
      paths.texts.length,
      moves.map(({ from }, index) => [from, index] as const),
    );
    const newestFirst = Uint32Array.from(entries.keys()).sort((a, b) => (times[b] as number) - (times[a] as number) || a - b);
    return assemble(
      {
        shas: shas.text,
        dates: dates.text,
        times: bytesOf(times),
        merges: Buffer.from(entries.map(({ merge }) => (merge ? 1 : 0))),
        newestFirst: bytesOf(newestFirst),
        commitPaths: ofCommit.items,
        commitPathEnds: ofCommit.ends,
        paths: pathTexts.text,
        pathEnds: pathTexts.ends,
        pathCommits: ofPath.items,
        pathCommitEnds: ofPath.ends,
        moveCommits: bytesOf(Uint32Array.from(moves, ({ commit }) => commit)),
        moveFrom: bytesOf(Uint32Array.from(moves, ({ from }) => from)),
        moveTo: bytesOf(Uint32Array.from(moves, ({ to }) => to)),
        movesInto: into.items,
        movesIntoEnds: into.ends,
        movesOutOf: outOf.items,
        movesOutOfEnds: outOf.ends,
        words: wordTexts.text,
        wordEnds: wordTexts.ends,
        wordCounts: bytesOf(Uint32Array.from(words, ([, commits]) => commits)),
        cues: cueTexts.text,
        cueEnds: cueTexts.ends,
        cueCommits: ofCue.items,
        cueCommitEnds: ofCue.ends,
      },
      {
        schema: SEGMENT_SCHEMA,
        commits: entries.length,
        messageWords: this.#messageWords,
        pathWords: this.#pathWords,
        changedWords: this.#changedWords,
        shaWidth: shas.width,
        dateWidth: dates.width,
        counts: { paths: paths.texts.length, words: words.length, cues: cues.texts.length, moves: moves.length },
      },
    );
  }

  #sha(number: number): string {
    return this.#entries[number]?.sha ?? '';
  }
}

/** The parts one after another, each at a multiple of eight, and the directory behind them. */
function assemble(parts: Readonly<Record<Part, Buffer>>, summary: Omit<Directory, 'at'>): Buffer {
  const at: Partial<Record<Part, number>> = {};
  const pieces: Buffer[] = [];
  let length = 0;
  const push = (piece: Buffer): void => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const part of PARTS) {
    at[part] = length;
    push(parts[part]);
    push(Buffer.alloc((8 - (length % 8)) % 8));
  }
  const directory = Buffer.from(JSON.stringify({ ...summary, at }), 'utf8');
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32LE(directory.length);
  push(directory);
  push(trailer);
  return Buffer.concat(pieces, length);
}
