import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../../model/errors.ts';
import type { IndexState } from '../state.ts';

/** Version of the layout of a published index. Others are not read. */
export const FORMAT = 1;
/** Bytes of a part, before it is packed: what is written and checked at once. */
export const PART_BYTES = 4 * 1024 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** A path below the index folder, where the folder of the table is called `table`. Nothing in it leads anywhere else. */
const path = z.string().regex(/^(?:table\/(?:[\w-][\w.-]*\/)*)?[\w-][\w.-]*$/);

const manifest = z.object({
  format: z.literal(FORMAT),
  /** `owner/name`, or what the publisher called it. */
  repository: z.string().min(1),
  /** HEAD that was indexed. */
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  /** See {@link madeFromOf}. */
  madeFrom: sha256,
  documents: z.int().min(0),
  commits: z.int().min(0),
  files: z.array(z.object({ path, size: z.int().min(0), parts: z.array(sha256) })),
});

/** What a published index is made of: its files, each by the hashes of its parts, and what it was made from. */
export type Manifest = Readonly<z.infer<typeof manifest>>;

export const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Hash of everything that decides on the content of an index: the commit, how files and commits are read, and the model that made the vectors. */
export const madeFromOf = ({ head, reading, log, schema, fingerprint }: IndexState): string =>
  hashOf(JSON.stringify([head, reading ?? '', log ?? '', schema, fingerprint]));

/** A manifest as it is published, and its hash, which is the id of the snapshot. */
export function encodeManifest(value: Manifest): { readonly id: string; readonly text: string } {
  const text = JSON.stringify(value);
  return { id: hashOf(text), text };
}

/** Reads what was published under an id. Throws `published-damaged` where it is not what was written, or names files that no index has. */
export function decodeManifest(id: string, text: string, place: string): Manifest {
  const damaged = (why: string): EngineError =>
    new EngineError('published-damaged', `The index published at ${place} cannot be used: ${why}. Publish it again with --force.`);
  if (hashOf(text) !== id) throw damaged('its list of files is not what was written');
  const read = manifest.safeParse(JSON.parse(text));
  if (!read.success) throw damaged(`its list of files has a wrong entry (${read.error.issues[0]?.path.join('.') ?? ''})`);
  const paths = new Set(read.data.files.map((file) => file.path));
  if (paths.size < read.data.files.length) throw damaged('it names a file twice');
  for (const file of read.data.files)
    if (file.parts.length !== Math.ceil(file.size / PART_BYTES)) throw damaged(`${file.path} has too few or too many parts`);
  return read.data;
}
