import { type Background, type Closeness, type KeptBackgrounds, MEASURES } from '../decisions/index.ts';
import { resultStore } from '../store/results.ts';
import { programStamp } from './identifiers/program-stamp.ts';

/** Distributions of one measure, with the ids of the records in the same order: mean and deviation. */
interface Kept {
  readonly ids: readonly string[];
  readonly measures: readonly { readonly pooled: number; readonly means: readonly number[]; readonly deviations: readonly number[] }[];
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'ids' in value &&
  Array.isArray(value.ids) &&
  'measures' in value &&
  Array.isArray(value.measures) &&
  value.measures.length === MEASURES.length;

const packed = ({ distributions, pooled }: Background): Kept => {
  const ids = [...distributions.meaning.keys()];
  const measures = MEASURES.map((measure) => {
    const all = ids.map((id) => distributions[measure].get(id));
    return { pooled: pooled[measure], means: all.map((one) => one?.mean ?? 0), deviations: all.map((one) => one?.deviation ?? 0) };
  });
  return { ids, measures };
};

function unpacked({ ids, measures }: Kept): Background {
  const byMeasure = <T>(value: (kept: Kept['measures'][number]) => T) =>
    Object.fromEntries(MEASURES.map((measure, at) => [measure, value(measures[at] as Kept['measures'][number])])) as Record<
      keyof Closeness,
      T
    >;
  return {
    distributions: byMeasure(
      ({ means, deviations }) => new Map(ids.map((id, at) => [id, { mean: means[at] ?? 0, deviation: deviations[at] ?? 0 }])),
    ),
    pooled: byMeasure(({ pooled }) => pooled),
  };
}

/** Keeps the newest background of a repository in its index folder, `background.json`. A damaged or foreign one is measured anew. */
export function backgroundsIn(indexFolder: string): KeptBackgrounds {
  const store = resultStore(indexFolder, 'background', isKept);
  return {
    async read(key) {
      const kept = (await store.read(await programStamp())).get('background');
      return kept?.result && kept.stamp === key ? unpacked(kept.result) : undefined;
    },
    async write(key, background) {
      await store.write(await programStamp(), new Map([['background', { stamp: key, result: packed(background) }]]));
    },
  };
}
