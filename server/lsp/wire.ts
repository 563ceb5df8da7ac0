import { existsSync } from 'node:fs';
import type { WireAuthored, WireHistoryEvent, WireRecord, WireRefused } from '../../protocol/authoring.ts';
import type { WireHit, WireStatus } from '../../protocol/index.ts';
import type { Hit } from '../model/answer.ts';
import { type Authored, type HistoryEvent, isRefused, type RecordSummary, type Refused } from '../model/authoring.ts';
import { serialiseHit } from '../model/serialise.ts';
import { plainMarkdown } from '../text/plain-markdown.ts';
import { nativePath } from './files.ts';
import type { OpenRepositories, OpenRepository } from './open-repositories.ts';

// Answers of the engine as they are sent to the client: paths get the URI under which the editor knows the file.

type Uris = Pick<OpenRepositories, 'uriOf'>;

/** Snippets of Markdown lose its marks, since editors show them as they are; those of specifications and commits stay verbatim. */
const shownSnippet = ({ kind, snippet, highlights }: Hit): Pick<Hit, 'snippet' | 'highlights'> => {
  if (kind !== 'decision' && kind !== 'guide') return { snippet, highlights };
  const plain = plainMarkdown({ text: snippet, highlights });
  return { snippet: plain.text, highlights: plain.highlights };
};

export const wireHit = (repositories: Uris, repository: OpenRepository, hit: Hit): WireHit => ({
  ...serialiseHit(hit),
  ...(hit.path === undefined ? {} : { uri: repositories.uriOf(repository, hit.path) }),
  ...(hit.date === undefined ? {} : { date: hit.date }),
  ...shownSnippet(hit),
  supersededBy: hit.supersededBy,
});

/** If the engine of a repository could not be opened, its state is `failed` and the first notice says why. */
export const wireStatus = ({ root, failure, status, percent }: OpenRepository): WireStatus => ({
  root,
  state: failure === undefined ? (status?.state ?? 'absent') : 'failed',
  ...(percent === undefined ? {} : { percent }),
  index: status?.position ?? { sha: '', behind: 0 },
  counts: status?.counts ?? {},
  model: status?.model ?? '',
  notices: [...(failure === undefined ? [] : [failure]), ...(status?.notices ?? [])],
  ...(status?.remarks ? { remarks: status.remarks } : {}),
  git: status?.git ?? false,
});

export const wireRecord = (repositories: Uris, repository: OpenRepository, record: RecordSummary): WireRecord => ({
  ...record,
  uri: repositories.uriOf(repository, record.path),
});

export const wireRefused = (repositories: Uris, repository: OpenRepository, { refused, candidates }: Refused): WireRefused => ({
  refused,
  ...(candidates ? { candidates: candidates.map((record) => wireRecord(repositories, repository, record)) } : {}),
});

/** Edits for the editor, or the reason why there are none. */
export const wireAuthored = (repositories: Uris, repository: OpenRepository, answer: Authored | Refused): WireAuthored | WireRefused => {
  if (isRefused(answer)) return wireRefused(repositories, repository, answer);
  return {
    edits: answer.edits.map(({ path, span, text }) => ({
      uri: repositories.uriOf(repository, path),
      create: !existsSync(nativePath(repository.root, path)),
      range: span,
      text,
    })),
    uri: repositories.uriOf(repository, answer.path),
    selection: answer.selection,
    ...(answer.notes ? { notes: answer.notes } : {}),
  };
};

export const wireHistoryEvent = (repositories: Uris, repository: OpenRepository, event: HistoryEvent): WireHistoryEvent => {
  if (event.kind !== 'commit') return { kind: event.kind, record: wireRecord(repositories, repository, event.record) };
  const { status, before, path: _, ...rest } = event;
  return { ...rest, ...(status ? { status: status.text } : {}), ...(before ? { before: before.text } : {}) };
};
