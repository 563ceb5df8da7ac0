import type { SelectionRequest } from '../model/selection.ts';
import type { SpecWords } from './ranking/spec-index.ts';

/** How long specs take. */
export interface SpecSeconds {
  /** Seconds of one spec, by its index: as recorded, else the mean of those that are, else 1. */
  readonly of: (at: number) => number;
  readonly total: number;
}

/** Seconds of all specs. */
export function secondsOf(specs: readonly SpecWords[], durations: ReadonlyMap<string, number>): SpecSeconds {
  const known = [...durations.values()];
  const mean = known.length === 0 ? 1 : known.reduce((sum, seconds) => sum + seconds, 0) / known.length;
  const of = (at: number): number => durations.get(specs[at]?.path ?? '') ?? mean;
  return { of, total: specs.reduce((sum, _, at) => sum + of(at), 0) };
}

/** The share of the suite that some specs are, 0 to 1. */
export const shareOf = ({ of, total }: SpecSeconds, selected: readonly number[]): number =>
  total === 0 ? 0 : selected.reduce((sum, at) => sum + of(at), 0) / total;

/** The beginning of a selection that the budget allows. */
export function withinBudget(
  budget: SelectionRequest['budget'],
  { of, total }: SpecSeconds,
  selected: readonly number[],
): readonly number[] {
  if (budget === undefined) return selected;
  let left = 'share' in budget ? budget.share * total : budget.seconds;
  return selected.filter((at) => {
    left -= of(at);
    return left >= -1e-9;
  });
}
