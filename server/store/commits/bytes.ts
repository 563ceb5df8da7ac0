import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { StoreUnusable } from '../failure.ts';

/** Bytes that are read where they are asked for. Numbers are little-endian and lie at multiples of their size. */
export interface Bytes {
  readonly length: number;
  /** A copy or a view, which nobody changes. */
  slice(from: number, to: number): Buffer;
  u8(at: number): number;
  u32(at: number): number;
  f64(at: number): number;
}

/** Bytes in memory. */
export const bytesIn = (buffer: Buffer): Bytes => ({
  length: buffer.length,
  slice: (from, to) => buffer.subarray(from, to),
  u8: (at) => buffer.readUInt8(at),
  u32: (at) => buffer.readUInt32LE(at),
  f64: (at) => buffer.readDoubleLE(at),
});

/** A multiple of eight, so that no number lies in two pages. */
const PAGE = 32 * 1024;
/** Pages that are kept: 8 MB, which is about what 80,000 commits take. */
const MOST_PAGES = 256;

/**
 * Bytes of a file that nobody changes, read in pages. The file is opened for each page, because an open one could not be deleted on Windows, and nobody
 * would know when to close it. A page that the system holds takes some 20 microseconds.
 */
export class PagedFile implements Bytes {
  readonly length: number;
  readonly #path: string;
  readonly #folder: string;
  readonly #pages = new Map<number, Buffer>();

  /** @param folder of the index, for messages */
  constructor(path: string, length: number, folder: string) {
    this.#path = path;
    this.#folder = folder;
    this.length = length;
  }

  slice(from: number, to: number): Buffer {
    const first = Math.floor(from / PAGE);
    if (to <= (first + 1) * PAGE) return this.#page(first).subarray(from - first * PAGE, to - first * PAGE);
    return this.#read(from, to - from);
  }

  u8(at: number): number {
    return this.#page(Math.floor(at / PAGE)).readUInt8(at % PAGE);
  }

  u32(at: number): number {
    return this.#page(Math.floor(at / PAGE)).readUInt32LE(at % PAGE);
  }

  f64(at: number): number {
    return this.#page(Math.floor(at / PAGE)).readDoubleLE(at % PAGE);
  }

  #page(number: number): Buffer {
    const known = this.#pages.get(number);
    if (known) return known;
    const from = number * PAGE;
    const page = this.#read(from, Math.min(PAGE, this.length - from));
    const [oldest] = this.#pages.keys();
    if (oldest !== undefined && this.#pages.size >= MOST_PAGES) this.#pages.delete(oldest);
    this.#pages.set(number, page);
    return page;
  }

  /** Throws `StoreUnusable` where the file is gone, because a writer replaced it, or is shorter than it was. */
  #read(from: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(Math.max(0, length));
    try {
      const file = openSync(this.#path, 'r');
      try {
        for (let filled = 0; filled < buffer.length; ) {
          const read = readSync(file, buffer, filled, buffer.length - filled, from + filled);
          if (read === 0) throw new RangeError('The file ended early');
          filled += read;
        }
      } finally {
        closeSync(file);
      }
    } catch (cause) {
      throw new StoreUnusable('damaged', `its files are damaged (${basename(this.#path)} cannot be read)`, this.#folder, { cause });
    }
    return buffer;
  }
}
