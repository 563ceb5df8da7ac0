import { declarationAt } from '../code/enclosing.ts';
import type { SourceFile } from '../code/source-file.ts';
import type { WhyAnswers } from '../decisions/index.ts';
import { idTrail } from '../identifiers/index.ts';
import type { CitedRecord, IdentifierTrail, Inspection, Place } from '../model/answer.ts';
import type { Position } from '../model/span.ts';
import { citationsOf } from '../register/citations/cache.ts';
import { toCitation } from '../register/citations/citations.ts';
import { recordHit } from '../register/hit.ts';
import { spanContains } from '../text/positions.ts';
import type { View } from './view.ts';

/** Records of an ambiguous citation that are looked up. */
const MOST_RECORDS = 3;
const MOST_SUCCESSORS = 5;

/** The record that a citation may mean, as a card shows it. */
function citedRecord({ documentIndex, register }: View, target: CitedRecord['target']): CitedRecord {
  const record = recordHit(documentIndex, register, target.id);
  const successors = (record?.supersededBy ?? []).slice(0, MOST_SUCCESSORS).flatMap((id) => recordHit(documentIndex, register, id) ?? []);
  return { target, ...(record ? { record } : {}), successors };
}

/** What the file does with the identifier whose name is at a position. Needs no index. */
export const identifierAt = (file: SourceFile, position: Position): Promise<IdentifierTrail | undefined> =>
  idTrail(file, file.lines.offset(position));

type WithoutIndex<T> = T extends unknown ? Omit<T, 'index'> : never;

/** Answers `Engine.inspect` from one view. */
export async function inspectPlace(
  view: View,
  why: WhyAnswers,
  { place, file, position, signal }: { place: Place; file: SourceFile; position: Position; signal: AbortSignal | undefined },
): Promise<WithoutIndex<Inspection>> {
  const citations = citationsOf(view.register, file).map(toCitation);
  const citation = citations.find(({ targets, span }) => targets.length > 0 && spanContains(span, position));
  const targets = citation?.targets.filter(({ path }) => path !== place.path) ?? [];
  if (citation && targets.length > 0) {
    const records = targets.slice(0, MOST_RECORDS).map((target) => citedRecord(view, target));
    return { citation: { ...citation, targets }, records };
  }
  const symbol = declarationAt(await file.symbols(), position);
  const isComment = symbol === undefined && file.kindAt(file.lines.offset(position)) === 'comment';
  const lines = symbol ? { line: symbol.span.start.line, endLine: symbol.span.end.line } : { line: position.line };
  const { governing, probable } = await why.answer(view, { ...place, ...lines, unasked: true }, file, signal);
  return { ...(symbol ? { symbol } : {}), ...(isComment ? { comment: true } : {}), governing, probable };
}
