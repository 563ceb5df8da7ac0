import { openStatic, type StaticEmbedder } from '../../embedding/static.ts';
import type { Diff } from '../../model/diff.ts';

/** Parts of a spec that are compared with a difference, in characters, and how many of them. */
const CHUNK = 900;
const MOST_CHUNKS = 40;
/** So much of a difference is one text. In characters. */
const LONGEST_QUERY = 6_000;

let model: StaticEmbedder | undefined;
/** The bundled model, whatever model searches: the same difference selects the same tests everywhere. */
export const embed = (text: string): Float32Array => {
  model ??= openStatic();
  return model.embedSync(text);
};

/** The parts of a text: whole lines of some 900 characters in all, at most 40 parts. */
export const chunksOf = (text: string): readonly string[] => {
  const chunks: string[] = [];
  let chunk = '';
  for (const line of text.split('\n')) {
    if (chunk !== '' && chunk.length + line.length > CHUNK) {
      chunks.push(chunk);
      chunk = '';
      if (chunks.length === MOST_CHUNKS) return chunks;
    }
    chunk += `${line}\n`;
  }
  if (chunk.trim() !== '') chunks.push(chunk);
  return chunks;
};

/** The vectors of the parts of a text. */
export const vectorsOf = (text: string): readonly Float32Array[] => chunksOf(text).map(embed);

/** The vector of what a difference says: the last two parts of each path, and its changed lines. */
export const vectorOfDiff = ({ files }: Diff): Float32Array =>
  embed(
    files
      .map(({ path, hunks }) => {
        const lines = hunks.flatMap((hunk) => hunk.lines.filter(({ kind }) => kind !== 'context').map(({ text }) => text));
        return [path.split('/').slice(-2).join('/'), ...lines].join('\n');
      })
      .join('\n')
      .slice(0, LONGEST_QUERY),
  );

const product = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
};

/** How close the closest part of each text is to a vector, above the least close of all texts: 0 for that one. */
export const closeness = (vector: Float32Array, texts: readonly (readonly Float32Array[])[]): Float64Array => {
  const closest = Float64Array.from(texts, (parts) => parts.reduce((most, part) => Math.max(most, product(vector, part)), -1));
  const least = closest.reduce((smallest, value) => Math.min(smallest, value), 1);
  return closest.map((value) => value - least);
};
