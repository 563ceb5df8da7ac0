import { z } from 'zod';
import type { RecordedSelection } from '../../model/test-runs.ts';
import { groupBy } from '../../text/group-by.ts';
import { MOST_CHANGED } from './log.ts';

/** Reasons that are kept of a spec, and their length. */
const MOST_REASONS = 3;
const LONGEST_REASON = 200;

const file = z.object({ path: z.string() });

/** What a record needs of a `TestSelection`. */
const schema = z.object({
  version: z.string().optional(),
  verdict: z.enum(['run-selected', 'run-all', 'ask-a-human']),
  cause: z.string(),
  confidence: z.number().min(0).max(1).optional(),
  target: z.number().min(0).max(1),
  suite: z.int().min(0),
  share: z.number().min(0).max(1),
  selected: z.array(
    z.object({ item: file, must: z.literal(true).optional(), evidence: z.array(z.object({ explanation: z.string() })).default([]) }),
  ),
  remainder: z.array(z.object({ item: file, reason: z.string().default('') })).default([]),
  paths: z.array(z.object({ path: z.string(), role: z.string() })).default([]),
});

/** A selection as a run keeps it, with the paths that changed. */
export interface SelectionToRecord {
  readonly selection: RecordedSelection;
  /** Changed paths that can reach a test, in their order; at most 500. */
  readonly changed: readonly string[];
  /** How many there are. */
  readonly changes: number;
}

/**
 * A selection in short, from the answer of the engine or from what `lintel tests select --format json` wrote; `undefined` for anything else.
 * @param version of the program that records, where the selection does not say which one made it
 */
export function selectionToRecord(value: unknown, version: string): SelectionToRecord | undefined {
  const read = schema.safeParse(value);
  if (!read.success) return undefined;
  const { verdict, cause, target, confidence, suite, share, selected, remainder, paths } = read.data;
  const reach = paths.filter(({ role }) => role !== 'inert').map(({ path }) => path);
  return {
    selection: {
      version: read.data.version ?? version,
      verdict,
      cause,
      target,
      ...(confidence === undefined ? {} : { confidence }),
      suite,
      share,
      selected:
        remainder.length === 0 && verdict === 'run-all'
          ? 'all'
          : selected.map(({ item, must, evidence }) => ({
              path: item.path,
              ...(must ? { must } : {}),
              reasons: evidence.slice(0, MOST_REASONS).map(({ explanation }) => explanation.slice(0, LONGEST_REASON)),
            })),
      skipped: [...groupBy(remainder, ({ reason }) => reason)].map(([reason, specs]) => ({
        reason,
        paths: specs.map(({ item }) => item.path),
      })),
    },
    changed: reach.slice(0, MOST_CHANGED),
    changes: reach.length,
  };
}

/** Paths of the selected specs, made once: a report asks for each result of each run. */
const selectedPaths = new WeakMap<RecordedSelection, ReadonlySet<string>>();

/** Whether a selection runs a spec. `ask-a-human` decides nothing, so it leaves nothing out. */
export const keeps = (selection: RecordedSelection, spec: string): boolean => {
  const { verdict, selected } = selection;
  if (verdict === 'ask-a-human' || selected === 'all') return true;
  const paths = selectedPaths.get(selection) ?? new Set(selected.map(({ path }) => path));
  selectedPaths.set(selection, paths);
  return paths.has(spec);
};

/** Why a selection left a spec out. */
export const causeOfSkip = ({ skipped }: RecordedSelection, spec: string): string =>
  skipped.find(({ paths }) => paths.includes(spec))?.reason ?? 'It was not known to the selection.';
