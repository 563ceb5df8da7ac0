import type { Bytes } from './bytes.ts';
import type { StoredCommit, StoredMove } from './fact.ts';

/** Version of the layout of a segment. One of another version is made anew from the table. */
export const SEGMENT_SCHEMA = 2;

/**
 * Parts of a segment, in the order in which they are written. Commits are ordered by sha, texts by UTF-16. What ends in `Ends` says where the items of each
 * row end in the part before it: those of row i begin where those of row i - 1 end.
 */
export const PARTS = [
  'shas',
  'dates',
  'times',
  'merges',
  'newestFirst',
  'commitPaths',
  'commitPathEnds',
  'paths',
  'pathEnds',
  'pathCommits',
  'pathCommitEnds',
  'moveCommits',
  'moveFrom',
  'moveTo',
  'movesInto',
  'movesIntoEnds',
  'movesOutOf',
  'movesOutOfEnds',
  'words',
  'wordEnds',
  'wordCounts',
  'cues',
  'cueEnds',
  'cueCommits',
  'cueCommitEnds',
] as const;

export type Part = (typeof PARTS)[number];

/** The end of a segment: where its parts are, and what is asked most. */
export interface Directory {
  readonly schema: number;
  readonly commits: number;
  readonly messageWords: number;
  readonly pathWords: number;
  readonly changedWords: number;
  /** Characters of each sha and of each date; shorter ones end in zero bytes. */
  readonly shaWidth: number;
  readonly dateWidth: number;
  readonly counts: { readonly paths: number; readonly words: number; readonly cues: number; readonly moves: number };
  /** Where each part begins. */
  readonly at: Readonly<Record<Part, number>>;
}

/** The last bytes of a segment say how long its directory is. */
export const TRAILER_BYTES = 4;

/** Facts of some commits, looked up in a file. Its methods throw where the file is not what was written. */
export class Segment {
  readonly #bytes: Bytes;
  readonly #moves = new Map<number, StoredMove>();
  readonly directory: Directory;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
    const end = bytes.length - TRAILER_BYTES;
    const trailer = bytes.slice(end, bytes.length);
    const directory: unknown = JSON.parse(bytes.slice(end - trailer.readUInt32LE(0), end).toString('utf8'));
    this.directory = directory as Directory;
    if (this.directory.schema !== SEGMENT_SCHEMA) throw new RangeError('The facts of commits were written by another version');
  }

  /** Number of commits. */
  get size(): number {
    return this.directory.commits;
  }

  /** Place of the first commit whose sha is not before this one. */
  lowerBound(sha: string): number {
    return this.#search(this.size, (index) => this.sha(index) >= sha);
  }

  /** Place of a commit; `undefined` where it is not here. */
  find(sha: string): number | undefined {
    const index = this.lowerBound(sha);
    return index < this.size && this.sha(index) === sha ? index : undefined;
  }

  sha(index: number): string {
    return this.#fixed('shas', index, this.directory.shaWidth);
  }

  time(index: number): number {
    return this.#bytes.f64(this.directory.at.times + index * 8);
  }

  commit(index: number): StoredCommit {
    return {
      sha: this.sha(index),
      date: this.#fixed('dates', index, this.directory.dateWidth),
      time: this.time(index),
      merge: this.#bytes.u8(this.directory.at.merges + index) === 1,
      paths: this.#items('commitPaths', 'commitPathEnds', index).map((path) => this.path(path)),
    };
  }

  /** Place of the commit at this rank, newest first. */
  newest(rank: number): number {
    return this.#u32('newestFirst', rank);
  }

  path(index: number): string {
    return this.#text('paths', 'pathEnds', index);
  }

  /** Places of the commits that changed a path. */
  commitsOf(path: string): number[] {
    return this.#rowOf(path, 'paths', 'pathEnds', this.directory.counts.paths, 'pathCommits', 'pathCommitEnds');
  }

  /** Moves of files to a path. The same move is the same object. */
  movesInto(path: string): StoredMove[] {
    return this.#movesOf(path, 'movesInto', 'movesIntoEnds');
  }

  movesOutOf(path: string): StoredMove[] {
    return this.#movesOf(path, 'movesOutOf', 'movesOutOfEnds');
  }

  /** How many commits hold a word. */
  frequency(word: string): number {
    const index = this.#findText(word, 'words', 'wordEnds', this.directory.counts.words);
    return index === undefined ? 0 : this.#u32('wordCounts', index);
  }

  word(index: number): { readonly word: string; readonly commits: number } {
    return { word: this.#text('words', 'wordEnds', index), commits: this.#u32('wordCounts', index) };
  }

  /** Places of the commits with a cue. */
  cueing(cue: string): number[] {
    return this.#rowOf(cue, 'cues', 'cueEnds', this.directory.counts.cues, 'cueCommits', 'cueCommitEnds');
  }

  cue(index: number): { readonly cue: string; readonly commits: readonly number[] } {
    return { cue: this.#text('cues', 'cueEnds', index), commits: this.#items('cueCommits', 'cueCommitEnds', index) };
  }

  #move(index: number): StoredMove {
    const known = this.#moves.get(index);
    if (known) return known;
    const time = this.time(this.#u32('moveCommits', index));
    const move = { from: this.path(this.#u32('moveFrom', index)), to: this.path(this.#u32('moveTo', index)), time };
    this.#moves.set(index, move);
    return move;
  }

  /** All moves, by the place of their commit. */
  movesByCommit(): Map<number, StoredMove[]> {
    const byCommit = new Map<number, StoredMove[]>();
    for (let index = 0; index < this.directory.counts.moves; index++) {
      const commit = this.#u32('moveCommits', index);
      const others = byCommit.get(commit);
      if (others) others.push(this.#move(index));
      else byCommit.set(commit, [this.#move(index)]);
    }
    return byCommit;
  }

  #movesOf(path: string, part: Part, ends: Part): StoredMove[] {
    return this.#rowOf(path, 'paths', 'pathEnds', this.directory.counts.paths, part, ends).map((index) => this.#move(index));
  }

  #rowOf(text: string, texts: Part, textEnds: Part, count: number, part: Part, ends: Part): number[] {
    const index = this.#findText(text, texts, textEnds, count);
    return index === undefined ? [] : this.#items(part, ends, index);
  }

  #findText(text: string, part: Part, ends: Part, count: number): number | undefined {
    const index = this.#search(count, (at) => this.#text(part, ends, at) >= text);
    return index < count && this.#text(part, ends, index) === text ? index : undefined;
  }

  /** The first of `count` places that is `behind`; `count` where none is. */
  #search(count: number, behind: (index: number) => boolean): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (behind(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #u32(part: Part, index: number): number {
    return this.#bytes.u32(this.directory.at[part] + index * 4);
  }

  #range(ends: Part, index: number): readonly [number, number] {
    return [index === 0 ? 0 : this.#u32(ends, index - 1), this.#u32(ends, index)];
  }

  #items(part: Part, ends: Part, index: number): number[] {
    const [from, to] = this.#range(ends, index);
    return Array.from({ length: to - from }, (_, at) => this.#u32(part, from + at));
  }

  #text(part: Part, ends: Part, index: number): string {
    const [from, to] = this.#range(ends, index);
    const start = this.directory.at[part];
    return this.#bytes.slice(start + from, start + to).toString('utf8');
  }

  #fixed(part: Part, index: number, width: number): string {
    const at = this.directory.at[part] + index * width;
    const bytes = this.#bytes.slice(at, at + width);
    const end = bytes.indexOf(0);
    return bytes.toString('utf8', 0, end < 0 ? width : end);
  }
}
