import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { replaceFile } from './replace-file.ts';

/** Version of the layout. An image of another one is made anew. */
const SCHEMA = 1;
/** Every part begins at a multiple of this, so that it can be looked at as numbers. */
const ALIGNMENT = 8;
/** The last bytes: length of the directory and CRC-32 of everything before these bytes. */
const TRAILER_BYTES = 8;

/** What an image holds: numbers and bytes by name, and something small that is kept as JSON. */
export interface Image {
  readonly about: object;
  readonly parts: Readonly<Record<string, NodeJS.TypedArray>>;
}

/** An image as it was read: one piece of memory, and views of it. */
export class ReadImage {
  /** As it was written. Nobody checked its shape: the caller compares it with what it expects. */
  readonly about: unknown;
  readonly #memory: ArrayBuffer;
  readonly #places: Readonly<Record<string, readonly [number, number]>>;

  constructor(memory: ArrayBuffer, about: unknown, places: Readonly<Record<string, readonly [number, number]>>) {
    this.#memory = memory;
    this.about = about;
    this.#places = places;
  }

  /** Throws a `RangeError` where there is no such part. */
  bytes(name: string): Buffer {
    const [at, length] = this.#place(name);
    return Buffer.from(this.#memory, at, length);
  }

  u32(name: string): Uint32Array {
    const [at, length] = this.#place(name);
    return new Uint32Array(this.#memory, at, length / 4);
  }

  f32(name: string): Float32Array {
    const [at, length] = this.#place(name);
    return new Float32Array(this.#memory, at, length / 4);
  }

  f64(name: string): Float64Array {
    const [at, length] = this.#place(name);
    return new Float64Array(this.#memory, at, length / 8);
  }

  #place(name: string): readonly [number, number] {
    const place = this.#places[name];
    if (!place) throw new RangeError(`The image has no part "${name}"`);
    return place;
  }
}

/** A temporary name beside an image, for a writer that may be killed. */
export const isUnfinishedImage = (name: string): boolean => /\.image\.\d+\.tmp$/.test(name);

/**
 * Writes an image and puts it in the place of the one before. It is a copy of what is in the table, arranged so that it can be used as it is read; any
 * process may write it at any time. Rejects as the file system does.
 */
export async function writeImage(path: string, { about, parts }: Image): Promise<void> {
  const temporary = join(dirname(path), `${basename(path)}.${process.pid}.tmp`);
  try {
    const file = await open(temporary, 'w');
    try {
      const places: Record<string, readonly [number, number]> = {};
      let at = 0;
      let sum = 0;
      const write = async (bytes: Uint8Array): Promise<void> => {
        sum = crc32(bytes, sum);
        await file.writeFile(bytes);
        at += bytes.length;
      };
      for (const [name, part] of Object.entries(parts)) {
        places[name] = [at, part.byteLength];
        await write(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
        await write(new Uint8Array((ALIGNMENT - (at % ALIGNMENT)) % ALIGNMENT));
      }
      const directory = Buffer.from(JSON.stringify({ schema: SCHEMA, about, places }));
      await write(directory);
      const trailer = Buffer.alloc(TRAILER_BYTES);
      trailer.writeUInt32LE(directory.length, 0);
      trailer.writeUInt32LE(sum, 4);
      await file.writeFile(trailer);
    } finally {
      await file.close();
    }
    await replaceFile(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** An image, or `undefined` where there is none, or where it is damaged or of another version: then it is made anew. */
export async function readImage(path: string): Promise<ReadImage | undefined> {
  try {
    const memory = await readWhole(path);
    const bytes = new Uint8Array(memory);
    const end = bytes.length - TRAILER_BYTES;
    const trailer = Buffer.from(memory, end, TRAILER_BYTES);
    if (crc32(bytes.subarray(0, end)) !== trailer.readUInt32LE(4)) return undefined;
    const { schema, about, places } = JSON.parse(Buffer.from(memory, end - trailer.readUInt32LE(0), trailer.readUInt32LE(0)).toString());
    return schema === SCHEMA ? new ReadImage(memory, about, places) : undefined;
  } catch {
    return undefined;
  }
}

async function readWhole(path: string): Promise<ArrayBuffer> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const memory = new ArrayBuffer(size);
    const bytes = new Uint8Array(memory);
    for (let filled = 0; filled < size; ) {
      const { bytesRead } = await file.read(bytes, filled, size - filled, filled);
      if (bytesRead === 0) throw new RangeError('The file ended early');
      filled += bytesRead;
    }
    return memory;
  } finally {
    await file.close();
  }
}
