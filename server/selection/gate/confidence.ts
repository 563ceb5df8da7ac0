/** What a ranking says of how many specs are enough. */
export interface GateInput {
  /** Scores of all specs, the best first. */
  readonly scores: readonly number[];
  /** For each list that tells specs apart: the rank (from 1) that its best spec has in the fused order. */
  readonly bestRanks: readonly number[];
}

/** A number of specs, and how likely it is that all relevant ones are among them. */
export interface Cut {
  readonly size: number;
  /** Log-odds before calibration, not decreasing with `size`. */
  readonly logit: number;
}

/** Shares of the suite that are tried. */
const GRID = [0.03, 0.05, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];
const SMALLEST_CUT = 3;

/** Fitted with the weights of the lists (docs/test-selection.md). The factors behind the names keep the inputs near 1. */
export interface GateWeights {
  readonly constant: number;
  /** Of the log-odds of the share of the score (softmax) that the cut holds, by 3. */
  readonly mass: number;
  /** Of the natural logarithm of the size. */
  readonly size: number;
  /** Of the share of the lists, times 3, whose best spec is outside of the cut. */
  readonly outside: number;
  /** Of the distance between the best score and the first outside of the cut, by 4. */
  readonly gap: number;
}

export const GATE_WEIGHTS: GateWeights = { constant: -0.646, mass: 0.467, size: 0.517, outside: -0.526, gap: 1.261 };

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** The inputs of the gate for one size, in the order of `GateWeights`. */
export const gateFeatures = ({ scores, bestRanks }: GateInput, size: number): readonly [number, number, number, number, number] => {
  const top = scores[0] ?? 0;
  let inside = 0;
  let outside = 0;
  scores.forEach((score, at) => {
    if (at < size) inside += Math.exp(score - top);
    else outside += Math.exp(score - top);
  });
  const mass = Math.log(inside) - Math.log(Math.max(outside, 1e-12));
  const missed = bestRanks.length === 0 ? 0 : bestRanks.filter((rank) => rank > size).length / bestRanks.length;
  return [1, mass / 3, Math.log(size), 3 * missed, (top - (scores[size] ?? 0)) / 4];
};

/** Sizes of the grid that are smaller than the suite, each once. */
export const gridSizes = (specs: number): number[] => [
  ...new Set(GRID.map((share) => Math.max(SMALLEST_CUT, Math.ceil(share * specs))).filter((size) => size < specs)),
];

/** All cuts of a ranking, smallest first. Empty for a suite of at most three specs. */
export const cutsOf = (input: GateInput, weights: GateWeights = GATE_WEIGHTS): readonly Cut[] => {
  const factors = [weights.constant, weights.mass, weights.size, weights.outside, weights.gap];
  let most = Number.NEGATIVE_INFINITY;
  return gridSizes(input.scores.length).map((size) => {
    most = Math.max(
      most,
      gateFeatures(input, size).reduce((sum, value, at) => sum + value * (factors[at] ?? 0), 0),
    );
    return { size, logit: most };
  });
};

/** One commit of the past: its cuts, and how many specs would have been enough. */
export interface PastCommit {
  readonly cuts: readonly Cut[];
  /** Rank (from 1) of the last relevant spec. */
  readonly needed: number;
}

/** How far the log-odds of this repository may be from those of others (standard deviation): it is believed as far as its commits show it. */
const PRIOR_DEVIATION = 0.75;
const COMMIT_WEIGHT = 3;
const STEPS = 50;
const LARGEST_STEP = 2;

/**
 * What to add to the log-odds in this repository, so that they agree with what its own commits show: the most likely offset under a normal prior.
 * 0 without commits.
 */
export const calibrationOf = (past: readonly PastCommit[]): number => {
  let offset = 0;
  for (let step = 0; step < STEPS; step++) {
    let slope = -offset / PRIOR_DEVIATION ** 2;
    let curvature = 1 / PRIOR_DEVIATION ** 2;
    for (const { cuts, needed } of past)
      for (const { size, logit } of cuts) {
        const expected = sigmoid(logit + offset);
        const weight = COMMIT_WEIGHT / cuts.length;
        slope += weight * ((needed <= size ? 1 : 0) - expected);
        curvature += weight * expected * (1 - expected);
      }
    const move = Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, slope / curvature));
    offset += move;
    if (Math.abs(move) < 1e-9) break;
  }
  return offset;
};

/** The probability that the first `size` specs hold all that are relevant, as the cuts say; 0 for fewer than the smallest cut, 1 for all specs. */
export const safetyOf = (cuts: readonly Cut[], size: number, specs: number, offset: number): number => {
  if (size >= specs) return 1;
  const cut = cuts.findLast((one) => one.size <= size);
  return cut ? sigmoid(cut.logit + offset) : 0;
};

const SMALLEST_SELECTION = 5;

/** The first cut that is safe enough, with its probability; `undefined` where none is, so that everything has to run. */
export const firstSafe = (
  cuts: readonly Cut[],
  target: number,
  offset: number,
): { readonly size: number; readonly safety: number } | undefined => {
  const cut = cuts.find(({ logit, size }) => size >= SMALLEST_SELECTION && sigmoid(logit + offset) >= target);
  return cut && { size: cut.size, safety: sigmoid(cut.logit + offset) };
};
