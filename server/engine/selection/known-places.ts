import { createHash } from 'node:crypto';
import { basesOf, baseUrlsIn, placesIn, placesWithin, type SpecPlace, type Suite, supportPlaces } from '../../selection/index.ts';
import { resultStore } from '../../store/results.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { programStamp } from '../identifiers/program-stamp.ts';
import { importersIn } from './importers.ts';
import { MOST_TEXT_BYTES, stampOf } from './known-suite.ts';

type Places = ReadonlyMap<string, readonly SpecPlace[]>;

/** Places of all specs as they are kept: each place once, and of each spec the numbers of its places. */
interface KeptPlaces {
  readonly places: readonly SpecPlace[];
  readonly specs: readonly (readonly [string, readonly number[]])[];
  /** Files that were read. */
  readonly read: readonly string[];
}

/** The suite that places are asked for. */
export interface PlacesQuestion {
  readonly suite: Suite;
  /** Texts of the specs, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** All files of the repository. */
  readonly paths: readonly string[];
  readonly files: WorkspaceFiles;
}

/** More than so many are found again by each process: reading them would take as long. */
const MOST_KEPT = 200_000;

const isKept = (value: unknown): value is KeptPlaces =>
  typeof value === 'object' &&
  value !== null &&
  'places' in value &&
  Array.isArray(value.places) &&
  'specs' in value &&
  Array.isArray(value.specs) &&
  'read' in value &&
  Array.isArray(value.read);

const packed = (places: Places, read: readonly string[]): KeptPlaces => {
  const numbers = new Map<string, number>();
  const all: SpecPlace[] = [];
  const specs = [...places].map(([spec, own]): [string, number[]] => [
    spec,
    own.map((place) => {
      const key = JSON.stringify(place);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, all.length);
      return all.push(place) - 1;
    }),
  ]);
  return { places: all, specs, read };
};

const unpacked = ({ places, specs }: KeptPlaces): Places =>
  new Map(specs.map(([spec, own]) => [spec, own.flatMap((number) => places[number] ?? [])]));

/** Routes that each spec goes to, by itself and by what it imports, without the path of the base address that its configuration or a file that it uses sets. */
async function found(
  { suite, texts, paths }: PlacesQuestion,
  read: (path: string) => Promise<string | undefined>,
  signal?: AbortSignal,
): Promise<Places> {
  const places = new Map([...texts].map(([path, text]) => [path, [...placesIn(path, text)]]));
  const urls = new Map(
    suite.specs.map(({ path, framework }) => [
      path,
      suite.frameworks.filter((one) => one.framework === framework).flatMap(({ baseUrls }) => baseUrls),
    ]),
  );
  for (const [path, text] of texts) urls.get(path)?.push(...baseUrlsIn(text));
  const importers = await importersIn(suite, paths, read, signal);
  for (const path of [...importers.keys()].sort()) {
    const text = (await read(path)) ?? '';
    const set = baseUrlsIn(text);
    for (const spec of importers.get(path)?.keys() ?? []) {
      places.get(spec)?.push(...supportPlaces({ path: spec, text: texts.get(spec) ?? '' }, { path, text }));
      urls.get(spec)?.push(...set);
    }
  }
  return new Map([...places].map(([spec, own]) => [spec, placesWithin(basesOf([...new Set(urls.get(spec))]), own)]));
}

/** Finds the places of a suite, and keeps them in the index folder as long as no file changes that was read to find them, and none comes or goes. */
export const placesKeeper = (indexFolder: string): ((question: PlacesQuestion, signal?: AbortSignal) => Promise<Places>) => {
  const store = resultStore(indexFolder, 'places', isKept);
  let last: { readonly key: string; readonly stamp: string; readonly read: readonly string[]; readonly places: Places } | undefined;
  return async (question, signal) => {
    const { suite, texts, paths, files } = question;
    const hash = createHash('sha256').update(JSON.stringify([await programStamp(), suite, paths]));
    for (const [path, text] of texts) hash.update(`\n${path}\n${text}`);
    const key = hash.digest('hex');
    if (last?.key === key && (await stampOf(last.read, files)) === last.stamp) return last.places;
    const kept = (await store.read(key)).get('places');
    if (kept?.result && (await stampOf(kept.result.read, files)) === kept.stamp) {
      last = { key, stamp: kept.stamp, read: kept.result.read, places: unpacked(kept.result) };
      return last.places;
    }
    const seen = new Map<string, Promise<string | undefined>>();
    const read = (path: string): Promise<string | undefined> => {
      const text = seen.get(path) ?? files.read(path, MOST_TEXT_BYTES);
      seen.set(path, text);
      return text;
    };
    const places = await found(question, read, signal);
    const all = [...seen.keys()].sort();
    const stamp = await stampOf(all, files);
    last = { key, stamp, read: all, places };
    const count = [...places.values()].reduce((sum, own) => sum + own.length, 0);
    if (count <= MOST_KEPT) await store.write(key, new Map([['places', { stamp, result: packed(places, all) }]]));
    return places;
  };
};
