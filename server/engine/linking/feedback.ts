import { symbolAt } from '../../code/enclosing.ts';
import { SourceFile } from '../../code/source-file.ts';
import { summaryOf } from '../../decisions/index.ts';
import { LINKS_FILE } from '../../knowledge/links/links.ts';
import { type NewLink, type SameDecision, saveLinks } from '../../knowledge/links/links-file.ts';
import { type Feedback, type FeedbackDone, isRefused, type Refused } from '../../model/authoring.ts';
import { EngineError, messageOf } from '../../model/errors.ts';
import type { RecordEntry } from '../../register/catalogue.ts';
import { recordsMatching } from '../../register/declared-links.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import { insideOf } from '../../workspace/paths.ts';
import type { View } from '../view.ts';
import { recordNamed } from './record-named.ts';

const LARGEST_FILE = 10_000_000;

/** Whether an entry of the file of links means the record that is being linked. What a name means is looked up once. */
const sameRecord = ({ register }: View): SameDecision => {
  const known = new Map<string, string>();
  return (written, link) => {
    const meant = known.get(written);
    if (meant !== undefined) return meant === link.decision;
    const [record, ...others] = recordsMatching(register.catalogue, written);
    known.set(written, record && others.length === 0 ? record.id : '');
    return known.get(written) === link.decision;
  };
};

/** Saves answers to `.lintel/links.yaml` in one edit: all of them or, where one cannot be saved, none. */
export async function saveFeedback(
  { root, files, view }: { readonly root: string; readonly files: WorkspaceFiles; readonly view: View },
  answers: readonly Feedback[],
): Promise<readonly FeedbackDone[] | Refused> {
  const all: { readonly record: RecordEntry; readonly link: NewLink }[] = [];
  for (const { decision, path, line, symbol, verdict, today, note } of answers) {
    const record = recordNamed(view, root, decision);
    if (isRefused(record)) return record;
    const inner = insideOf(root, path);
    if (inner === undefined) return { refused: `${path} is not in this repository.` };
    const text = line === undefined ? undefined : await files.read(inner, LARGEST_FILE);
    const file = text === undefined ? undefined : new SourceFile(inner, text);
    const around = symbol ?? (file && line !== undefined ? symbolAt(await file.symbols(), file.text, inner, line) : undefined);
    const lines = around === undefined && line !== undefined ? { first: line, last: line } : undefined;
    const place = { ...(around === undefined ? {} : { symbol: around }), ...(lines === undefined ? {} : { lines }) };
    const link = { decision: record.id, code: inner, ...place, verdict, date: today, ...(note === undefined ? {} : { note }) };
    all.push({ record, link });
  }
  const links = all.map(({ link }) => link);
  const written = await saveLinks(root, links, sameRecord(view)).catch((cause: unknown) => {
    throw new EngineError('store-failed', `${LINKS_FILE} cannot be written: ${messageOf(cause)}`, { cause });
  });
  if ('refused' in written) return written;
  return all.map(({ record, link: { code, symbol, lines } }, at) => ({
    done: written.done[at] ?? 'unchanged',
    file: LINKS_FILE,
    path: code,
    record: summaryOf(record, view.register),
    ...(symbol === undefined ? {} : { symbol }),
    ...(lines === undefined ? {} : { lines }),
  }));
}
