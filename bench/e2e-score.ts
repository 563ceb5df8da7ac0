import type { E2eItem } from './e2e-data.ts';

/** How well one ranking holds what is relevant. All shares are of the suite. */
export interface ItemScore {
  readonly r10: number;
  readonly r20: number;
  readonly r30: number;
  /** 1 where all relevant specs are in the first 20 %. */
  readonly all20: number;
  /** Share of the suite that holds all of them. */
  readonly need: number;
}

/** How often a selection held all that is relevant, and how much it ran. */
export interface SelectionScore {
  readonly share: number;
  readonly safe: number;
  readonly all: number;
}

export const ITEM_KEYS = ['r10', 'r20', 'r30', 'all20', 'need'] as const;

/** As the benchmark's own scorer: specs that are not ranked count as ranked in the middle of what is left. */
export const scoreItem = (size: number, ranked: readonly string[], relevant: readonly string[]): ItemScore => {
  const positions = new Map(ranked.map((path, at) => [path, at + 1]));
  const rest = (positions.size + 1 + size) / 2;
  const ranks = relevant.map((path) => positions.get(path) ?? rest);
  const first = (share: number): number => Math.max(1, Math.ceil(share * size - 1e-9));
  const recall = (share: number): number => ranks.filter((rank) => rank <= first(share)).length / relevant.length;
  return {
    r10: recall(0.1),
    r20: recall(0.2),
    r30: recall(0.3),
    all20: ranks.every((rank) => rank <= first(0.2)) ? 1 : 0,
    need: Math.max(...ranks) / size,
  };
};

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean over repositories of the means over their commits, and the mean over all commits. */
export const macroMicro = <K extends string>(
  rows: readonly { readonly item: Pick<E2eItem, 'repo'>; readonly score: Readonly<Record<K, number>> }[],
  key: K,
): { readonly macro: number; readonly micro: number; readonly worst: number; readonly worstRepo: string } => {
  const byRepo = new Map<string, number[]>();
  for (const { item, score } of rows) byRepo.set(item.repo, [...(byRepo.get(item.repo) ?? []), score[key]]);
  const means = [...byRepo].map(([repo, values]) => [repo, mean(values)] as const).sort((a, b) => a[1] - b[1]);
  return {
    macro: mean(means.map(([, value]) => value)),
    micro: mean(rows.map(({ score }) => score[key])),
    worst: means[0]?.[1] ?? Number.NaN,
    worstRepo: means[0]?.[0] ?? '',
  };
};
