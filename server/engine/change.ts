import type { FileFindings, Hit, IndexPosition, Place } from '../model/answer.ts';
import type { ChangedDecision, ChangedPlace, ChangeReport, ChangeRequest } from '../model/change.ts';
import { EngineError } from '../model/errors.ts';
import type { LineRange } from '../model/span.ts';
import { type ChangedFile, changedLines } from './changed-lines.ts';
import { isIdentifierRule } from './rules.ts';

/** More files than a person reviews: the rest is left out, and said so. */
const MOST_FILES = 300;
/** A file that changed at more places than this is asked about as a whole. */
const MOST_PLACES = 8;
/** Changes that are so many lines apart are asked about together. */
const NEAR = 5;

/** What a report on a change is made from. */
export interface ChangeSources {
  readonly root: string;
  /** Decisions that govern a place, and those that probably do; each hit has its level. */
  readonly decisions: (place: Place) => Promise<readonly Hit[]>;
  /** Decisions that govern a file as a whole, and so whatever changed in it. */
  readonly decisionsOfFile: (path: string) => Promise<readonly Hit[]>;
  readonly findings: (signal?: AbortSignal) => Promise<readonly FileFindings[]>;
  /** Whether a path is a record or a guide: no code that a decision governs. */
  readonly isDocument: (path: string) => boolean;
  readonly index: () => Promise<IndexPosition>;
}

/** The changed places of one file: ranges that are close to each other are one place. */
export function placesOf({ path, lines, change }: ChangedFile): readonly ChangedPlace[] {
  if (lines === 'all' || change === 'deleted' || lines.length === 0) return [{ path }];
  const joined: LineRange[] = [];
  for (const { first, last } of lines) {
    const before = joined.at(-1);
    const end = Math.max(first, last);
    if (before && first - before.last <= NEAR) joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, end) };
    else joined.push({ first, last: end });
  }
  return joined.length > MOST_PLACES ? [{ path }] : joined.map((range) => ({ path, lines: range }));
}

const governs = ({ level }: Hit): number => Number(level === 'governs');

/** Orders hits by how surely they govern. */
const bySureness = (a: Hit, b: Hit): number => governs(b) - governs(a) || (b.confidence ?? 0) - (a.confidence ?? 0);

/** Decisions by the places that they govern, the surest first. A place at which a decision only probably governs does not count where it surely does elsewhere. */
function byDecision(answers: readonly { readonly place: ChangedPlace; readonly hits: readonly Hit[] }[]): ChangedDecision[] {
  const found = new Map<string, ChangedDecision>();
  for (const { place, hits } of answers)
    for (const hit of hits) {
      const before = found.get(hit.id);
      const rises = before !== undefined && governs(hit) > governs(before.hit);
      const falls = before !== undefined && governs(hit) < governs(before.hit);
      if (falls) continue;
      if (before === undefined || rises) found.set(hit.id, { hit, places: [place] });
      else found.set(hit.id, { hit: bySureness(hit, before.hit) < 0 ? hit : before.hit, places: [...before.places, place] });
    }
  return [...found.values()].sort(
    (a, b) => bySureness(a.hit, b.hit) || b.places.length - a.places.length || (a.hit.id < b.hit.id ? -1 : 1),
  );
}

/**
 * The decisions that govern what changed, and the findings there. Rejects with `not-a-repository` outside of git and with `unknown-commit` for a base
 * that the repository lacks.
 */
export async function reportChange(sources: ChangeSources, { base }: ChangeRequest, signal?: AbortSignal): Promise<ChangeReport> {
  const changed = await changedLines(sources.root, base);
  if ('refused' in changed) throw new EngineError(changed.reason, changed.refused);
  const notices = [...changed.notices];
  const looked = changed.files.slice(0, MOST_FILES);
  if (looked.length < changed.files.length)
    notices.push(`${changed.files.length} files changed. Decisions are given for the first ${MOST_FILES}.`);
  const answers: { place: ChangedPlace; hits: readonly Hit[] }[] = [];
  for (const file of looked) {
    if (sources.isDocument(file.path)) continue;
    const places = placesOf(file);
    for (const place of places) {
      signal?.throwIfAborted();
      const { path, lines } = place;
      const at = lines ? { path, line: lines.first, endLine: lines.last } : { path };
      answers.push({ place, hits: await sources.decisions({ ...at, unasked: true }) });
    }
    if (places.every(({ lines }) => lines === undefined)) continue;
    const atLines = new Set(
      answers.filter(({ place }) => places.includes(place)).flatMap(({ hits }) => hits.filter(governs).map(({ id }) => id)),
    );
    const whole = (await sources.decisionsOfFile(file.path)).filter(({ id }) => !atLines.has(id));
    if (whole.length > 0) answers.push({ place: { path: file.path }, hits: whole });
  }
  const findings = (await sources.findings(signal)).flatMap(({ document, findings: all }) => {
    const shown = all.filter(
      (finding) =>
        finding.severity !== 'hint' &&
        !(finding.severity === 'info' && isIdentifierRule(finding.rule)) &&
        changed.concerns(document.path ?? '', finding),
    );
    return shown.length > 0 ? [{ document, findings: shown }] : [];
  });
  return { decisions: byDecision(answers), findings, files: changed.files.length, notices, index: await sources.index() };
}
