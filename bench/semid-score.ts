import type { Severity } from '../server/model/finding.ts';

/** A line of the labelled part of the benchmark: a place where an identifier has a meaning, or one that looks like it and is fine. */
export interface Labelled {
  readonly id: string;
  readonly repo: string;
  readonly sha: string;
  readonly path: string;
  readonly language: string;
  /** One-based, like `endLine`. */
  readonly line: number;
  readonly endLine?: number;
  readonly label: number | boolean;
  /** Of a positive. */
  readonly rule?: string;
  /** Of a negative, by the letters of the benchmark's page. */
  readonly reason?: string;
  readonly why: string;
  /** A second engineer may differ. */
  readonly arguable?: boolean;
}

/** A finding, as the benchmark's own scorer reads it. */
export interface Detection {
  readonly repo: string;
  readonly path: string;
  /** One-based. */
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
}

/** What became of a labelled place. */
export interface Outcome {
  readonly row: Labelled;
  /** The detections that count for it: at a positive all that are near, at a negative those that are near no positive. */
  readonly near: readonly Detection[];
}

export interface Score {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Lines by which a detection may miss the labelled ones. */
const TOLERANCE = 3;

export const fileOf = ({ repo, path }: { readonly repo: string; readonly path: string }): string => `${repo}\t${path}`;

const byFile = <T extends { readonly repo: string; readonly path: string }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const files = new Map<string, T[]>();
  for (const item of items) files.set(fileOf(item), [...(files.get(fileOf(item)) ?? []), item]);
  return files;
};

const isNear = ({ line }: Detection, row: Labelled): boolean =>
  line >= row.line - TOLERANCE && line <= (row.endLine ?? row.line) + TOLERANCE;

/** Compares detections with the labelled places. A detection near a negative and near a positive of the same file counts for the positive only. */
export function outcomesOf(rows: readonly Labelled[], detections: readonly Detection[]): readonly Outcome[] {
  const found = byFile(detections);
  const positives = byFile(rows.filter(({ label }) => Boolean(label)));
  return rows.map((row) => {
    const near = (found.get(fileOf(row)) ?? []).filter((detection) => isNear(detection, row));
    if (row.label) return { row, near };
    const others = positives.get(fileOf(row)) ?? [];
    return { row, near: near.filter((detection) => !others.some((other) => isNear(detection, other))) };
  });
}

/** Detections in labelled files that are near no labelled place. */
export function unjudged(rows: readonly Labelled[], detections: readonly Detection[]): readonly Detection[] {
  const labelled = byFile(rows);
  return detections.filter((detection) => {
    const own = labelled.get(fileOf(detection));
    return own !== undefined && !own.some((row) => isNear(detection, row));
  });
}

const scoreOf = (tp: number, fp: number, fn: number): Score => {
  const precision = tp / (tp + fp || 1);
  const recall = tp / (tp + fn || 1);
  return { tp, fp, fn, precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
};

/** Precision and recall over the outcomes. */
export const score = (outcomes: readonly Outcome[]): Score =>
  scoreOf(
    outcomes.filter(({ row, near }) => row.label && near.length > 0).length,
    outcomes.filter(({ row, near }) => !row.label && near.length > 0).length,
    outcomes.filter(({ row, near }) => row.label && near.length === 0).length,
  );

/** The score of each rule: hits and misses by the rule of the positive, false ones by the rules that were found at the negative. */
export function scoreByRule(outcomes: readonly Outcome[]): ReadonlyMap<string, Score> {
  const rules = new Set(outcomes.flatMap(({ row, near }) => (row.label ? [row.rule ?? '?'] : near.map(({ rule }) => rule))));
  return new Map(
    [...rules].sort().map((rule) => {
      const own = outcomes.filter(({ row, near }) => (row.label ? row.rule === rule : near.some((detection) => detection.rule === rule)));
      return [rule, score(own)];
    }),
  );
}

/** The score of each language. */
export function scoreByLanguage(outcomes: readonly Outcome[]): ReadonlyMap<string, Score> {
  const languages = [...new Set(outcomes.map(({ row }) => row.language))].sort();
  return new Map(languages.map((language) => [language, score(outcomes.filter(({ row }) => row.language === language))]));
}

/** Share of the hits at which the rule is the labelled one. */
export function ruleAgreement(outcomes: readonly Outcome[]): number {
  const hits = outcomes.filter(({ row, near }) => row.label && near.length > 0);
  return hits.filter(({ row, near }) => near.some(({ rule }) => rule === row.rule)).length / (hits.length || 1);
}

/** For each reason of the negatives, how many were found and how many there are; the most found first. */
export function falseByReason(outcomes: readonly Outcome[]): readonly (readonly [string, number, number])[] {
  const reasons = new Map<string, [string, number, number]>();
  for (const { row, near } of outcomes) {
    if (row.label) continue;
    const reason = row.reason ?? '?';
    const counts = reasons.get(reason) ?? [reason, 0, 0];
    if (near.length > 0) counts[1] += 1;
    counts[2] += 1;
    reasons.set(reason, counts);
  }
  return [...reasons.values()].sort((a, b) => b[1] - a[1]);
}

/** A known positive in a file of the clean part. */
export type CleanTruth = Pick<Labelled, 'repo' | 'path' | 'line'>;

export interface CleanScore {
  readonly falseFindings: readonly Detection[];
  readonly filesWithFalse: number;
  readonly known: number;
  readonly knownHit: number;
}

/** What was found in files that were drawn at random, less the known positives there. */
export function cleanScore(files: ReadonlySet<string>, truth: readonly CleanTruth[], detections: readonly Detection[]): CleanScore {
  const known = truth.filter((place) => files.has(fileOf(place)));
  const matches = (place: CleanTruth, detection: Detection): boolean =>
    fileOf(place) === fileOf(detection) && Math.abs(detection.line - place.line) <= TOLERANCE;
  const falseFindings = detections.filter((detection) => files.has(fileOf(detection)) && !known.some((place) => matches(place, detection)));
  return {
    falseFindings,
    filesWithFalse: new Set(falseFindings.map(fileOf)).size,
    known: known.length,
    knownHit: known.filter((place) => detections.some((detection) => matches(place, detection))).length,
  };
}
