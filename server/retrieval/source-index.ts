import type { CitingLine } from '../code/facts.ts';
import { nameHash } from '../code/names.ts';
import type { CodeChange, CodeEntry, CodeNews } from '../store/code-log.ts';

/** What answers need to know about the source files of a repository. */
export interface SourceIndex {
  /** Changes whenever the index does. */
  readonly version: number;
  /** Number of files whose names are indexed: neither vendored nor generated, and not empty. */
  readonly files: number;
  /** In how many of these files the name occurs. Takes constant time. */
  filesWith(name: string): number;
  /** As `filesWith`, by `nameHash`. */
  filesWithHash(hash: number): number;
  /** Paths of the files in which the name occurs, ordered; empty for more than `most`. */
  pathsWith(name: string, most: number): readonly string[];
  /** Lines that may contain a citation, by path and ordered by path; files without any are left out. */
  citingLines(): ReadonlyMap<string, readonly CitingLine[]>;
  /** Size and modification time of every source file that was read. */
  readonly stamps: ReadonlyMap<string, { readonly size: number; readonly mtimeMs: number }>;
}

const LEAST_CAPACITY = 1 << 10;

/**
 * Counts by 32-bit key, in a flat array of alternating keys and counts: a Map of a million numbers takes ten times the memory and four times as long
 * to fill. A key stays when its count falls to 0, so that later keys of its probe sequence are still found. Key 0 marks an empty slot.
 */
class Counts {
  #cells: Uint32Array;
  #mask: number;
  #used = 0;

  constructor(expected = 0) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(LEAST_CAPACITY, 2 * expected)));
    this.#cells = new Uint32Array(2 * capacity);
    this.#mask = capacity - 1;
  }

  get(key: number): number {
    return this.#cells[this.#slotOf(key) + 1] as number;
  }

  addAll(keys: Uint32Array, by: 1 | -1): void {
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as number;
      const slot = this.#slotOf(key);
      const count = this.#cells[slot + 1] as number;
      if (key === 0 || (count === 0 && by < 0)) continue;
      if (this.#cells[slot] !== key) this.#used += 1;
      this.#cells[slot] = key;
      this.#cells[slot + 1] = count + by;
      if (this.#used * 2 > this.#mask) this.#grow();
    }
  }

  #slotOf(key: number): number {
    const cells = this.#cells;
    let slot = key & this.#mask;
    while (cells[2 * slot] !== key && cells[2 * slot] !== 0) slot = (slot + 1) & this.#mask;
    return 2 * slot;
  }

  #grow(): void {
    const before = this.#cells;
    this.#cells = new Uint32Array(2 * before.length);
    this.#mask = before.length - 1;
    this.#used = 0;
    for (let at = 0; at < before.length; at += 2) {
      const count = before[at + 1] as number;
      if (count === 0) continue;
      const key = before[at] as number;
      const slot = this.#slotOf(key);
      this.#cells[slot] = key;
      this.#cells[slot + 1] = count;
      this.#used += 1;
    }
  }
}

function includesHash(names: Uint32Array, hash: number): boolean {
  let low = 0;
  let high = names.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = names[middle] as number;
    if (found === hash) return true;
    if (found < hash) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** A source index that follows the log of the code. */
export class MutableSourceIndex implements SourceIndex {
  #entries = new Map<string, CodeEntry>();
  #counts = new Counts();
  #files = 0;
  #version = 0;
  #citing: ReadonlyMap<string, readonly CitingLine[]> | undefined;

  get version(): number {
    return this.#version;
  }

  get files(): number {
    return this.#files;
  }

  get stamps(): ReadonlyMap<string, CodeEntry> {
    return this.#entries;
  }

  filesWith(name: string): number {
    return this.#counts.get(nameHash(name));
  }

  filesWithHash(hash: number): number {
    return this.#counts.get(hash);
  }

  pathsWith(name: string, most: number): readonly string[] {
    const hash = nameHash(name);
    const count = this.#counts.get(hash);
    if (count === 0 || count > most) return [];
    return [...this.#entries.values()]
      .filter(({ names }) => includesHash(names, hash))
      .map(({ path }) => path)
      .sort();
  }

  citingLines(): ReadonlyMap<string, readonly CitingLine[]> {
    this.#citing ??= new Map(
      [...this.#entries.values()]
        .filter(({ citing }) => citing.length > 0)
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map(({ path, citing }) => [path, citing]),
    );
    return this.#citing;
  }

  /** Applies the changes that the log reports. */
  take(news: CodeNews): void {
    // A copy, because callers may still read the stamps from before.
    this.#entries = new Map(news.restarted ? [] : this.#entries);
    if (news.restarted) {
      this.#counts = new Counts(news.changes.reduce((sum, change) => sum + ('gone' in change ? 0 : change.names.length), 0) / 4);
      this.#files = 0;
    }
    for (const change of news.changes) this.#apply(change);
    this.#version += 1;
    this.#citing = undefined;
  }

  #apply(change: CodeChange): void {
    const before = this.#entries.get(change.path);
    if (before && before.names.length > 0) {
      this.#counts.addAll(before.names, -1);
      this.#files -= 1;
    }
    if ('gone' in change) {
      this.#entries.delete(change.path);
      return;
    }
    this.#entries.set(change.path, change);
    if (change.names.length === 0) return;
    this.#counts.addAll(change.names, 1);
    this.#files += 1;
  }
}
