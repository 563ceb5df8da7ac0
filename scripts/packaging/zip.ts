import { inflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes inside the archive. */
  readonly packed: number;
  /** Bytes when unpacked. */
  readonly size: number;
  /** Unpacks it. */
  read(): Buffer;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;

/**
 * Reads the table of contents of a zip archive (no zip64, no encryption: a VSIX has neither).
 * Throws an Error for anything that is not such an archive.
 */
export function readZip(archive: Buffer): readonly ZipEntry[] {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== CENTRAL) throw new Error('The archive is damaged: its table of contents is cut short.');
    const method = archive.readUInt16LE(at + 10);
    const packed = archive.readUInt32LE(at + 20);
    const size = archive.readUInt32LE(at + 24);
    const nameLength = archive.readUInt16LE(at + 28);
    const local = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, packed, size, read: () => unpack(archive, local, packed, method) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 65_557); at--) {
    if (archive.readUInt32LE(at) === END) return at;
  }
  throw new Error('This is not a zip archive.');
}

function unpack(archive: Buffer, local: number, packed: number, method: number): Buffer {
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const data = archive.subarray(start, start + packed);
  return method === 0 ? data : inflateRawSync(data);
}
