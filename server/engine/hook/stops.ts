import { createHash } from 'node:crypto';
import { headOf, type Repository } from '../../git/index.ts';
import type { Config } from '../../knowledge/discovery/config.ts';
import { readFrontMatter } from '../../knowledge/markup/front-matter.ts';
import type { ProposedEdit, Stop, StopAnswer } from '../../model/gate.ts';
import { recordsMatching } from '../../register/declared-links.ts';
import { recordHit } from '../../register/hit.ts';
import { isInForce } from '../../register/in-force.ts';
import type { IndexedDocument } from '../../retrieval/document-index.ts';
import { lineIndex } from '../../text/lines.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { View } from '../view.ts';
import { readAnswers } from './answers.ts';
import { breachesOf, linesMissing, type NumberedLine } from './constraints.ts';
import { decidersOf } from './people.ts';

/** More are not shown at once. */
const MOST_STOPS = 5;

/** What stops are made from. */
export interface StopSources {
  readonly root: string;
  readonly view: View;
  readonly files: WorkspaceFiles;
  readonly repository: Repository | undefined;
  readonly config: Pick<Config, 'gate'>;
}

const codeOf = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 8);

/** The lines of a record that may change while it is in force: its front matter, its status, and what says which records it replaces or is replaced by. */
function metadataLines({ head }: IndexedDocument, before: string): ReadonlySet<number> {
  const index = lineIndex(before);
  const front = readFrontMatter(before, index);
  const bodyLine = front ? index.lineAt(front.bodyStart) : 0;
  const spans = [
    ...(head.status ? [head.status.span] : []),
    ...head.links.filter(({ kind }) => kind !== 'cites' && kind !== 'applies-to').map(({ span }) => span),
  ];
  const lines = new Set(Array.from({ length: bodyLine }, (_, line) => line));
  for (const { start, end } of spans) for (let line = start.line; line <= end.line; line++) lines.add(line);
  return lines;
}

/** The first line of a record in force that an edit removes or changes. */
function rewrittenLine(document: IndexedDocument, { before = '', after }: ProposedEdit): NumberedLine | undefined {
  const metadata = metadataLines(document, before);
  return linesMissing(before, after).find(({ line }) => !metadata.has(line));
}

type Contradiction = Pick<Stop, 'reason' | 'lines' | 'found' | 'forbidden' | 'code'> & { readonly document: IndexedDocument };

function contradictions({ view, config }: StopSources, edit: ProposedEdit): Contradiction[] {
  const { documentIndex, register } = view;
  const edited = documentIndex.get(edit.path);
  const isDocument = edited?.head.kind === 'decision' || edited?.head.kind === 'guide';
  const inForce = (id: string): IndexedDocument | undefined => {
    const document = documentIndex.get(id);
    return document?.head.kind === 'decision' && isInForce(document.head, register.successors) ? document : undefined;
  };
  const constraints = config.gate.constraints.filter(({ paths }) => paths.length > 0 || !isDocument);
  const broken = breachesOf(constraints, edit).flatMap(({ constraint, forbidden, line, text }): Contradiction[] => {
    const [named, ...others] = recordsMatching(register.catalogue, constraint.record);
    // A name that means no record, or several, binds nothing: nobody could say who decided it.
    const document = named && others.length === 0 ? inForce(named.id) : undefined;
    if (!document || document.head.path === edit.path) return [];
    const code = codeOf('CONSTRAINT_BROKEN', document.head.id, forbidden, edit.path);
    return [{ code, reason: 'CONSTRAINT_BROKEN', lines: { first: line, last: line }, found: text, forbidden, document }];
  });
  const document = config.gate.appendOnly && edit.before !== undefined ? inForce(edit.path) : undefined;
  const rewritten = document && rewrittenLine(document, edit);
  if (!document || !rewritten) return broken;
  const code = codeOf('RECORD_REWRITTEN', document.head.id, rewritten.text);
  const lines = { first: rewritten.line, last: rewritten.line };
  return [...broken, { code, reason: 'RECORD_REWRITTEN', lines, found: rewritten.text, document }];
}

/** Who decides about a contradiction: those whom the record names, else the owners of its file, else those of the edited one. */
async function peopleFor(
  { view, files }: StopSources,
  document: IndexedDocument,
  edited: string,
): Promise<Pick<Stop, 'people' | 'peopleFrom'>> {
  const path = document.head.path ?? document.head.id;
  const named = decidersOf((await files.read(path)) ?? '');
  if (named.length > 0) return { people: named, peopleFrom: 'record' };
  const ownersOf = view.register.ownersOf ?? (() => []);
  const owners = [path, edited].map((one) => ownersOf(one)).find((found) => found.length > 0) ?? [];
  return owners.length > 0 ? { people: owners, peopleFrom: 'owners' } : { people: [] };
}

/** The newest answer to a code that was given at the current HEAD. */
const answerTo = (answers: readonly StopAnswer[], code: string, head: string): StopAnswer | undefined =>
  answers.findLast((answer) => answer.code === code && answer.head === head);

/** The contradictions between an edit and decisions in force, at most five. Empty where `lintel.yaml` declares nothing. */
export async function stopsOf(sources: StopSources, edit: ProposedEdit): Promise<readonly Stop[]> {
  const found = contradictions(sources, edit).slice(0, MOST_STOPS);
  if (found.length === 0) return [];
  const { root, view, repository } = sources;
  const [answers, head] = await Promise.all([readAnswers(root), currentHead(repository)]);
  return Promise.all(
    found.map(async ({ document, ...stop }): Promise<Stop> => {
      const { id, title } = document.head;
      const hit = recordHit(view.documentIndex, view.register, id);
      const answered = answerTo(answers, stop.code, head);
      return {
        ...stop,
        path: edit.path,
        record: { id, title, ...(hit?.number === undefined ? {} : { number: hit.number }), sentence: hit?.snippet ?? '' },
        ...(await peopleFor(sources, document, edit.path)),
        ...(answered ? { answered } : {}),
      };
    }),
  );
}

/** HEAD as it is now; empty outside of git and before the first commit. */
export const currentHead = async (repository: Repository | undefined): Promise<string> => (repository ? headOf(repository) : '');
