import { type ChangedPath, type Commit, commitId } from '../model/commit.ts';
import type { Document, Link, Rename, Section } from '../model/document.ts';
import type { Span } from '../model/span.ts';

/** Version of what is indexed of a commit. Raised where the same commit gives another row, so that commits are indexed again after Lintel was updated. */
export const COMMIT_READERS = 2;

const MOST_PATHS = 200;

/** Trailers about people rather than about the change. */
const PEOPLE = /-by$|^(cc|from|author|committer|change-id|git-svn-id|bug-url|x-)/i;

/**
 * A commit as a document. Its text is the subject, an empty line and the body, and spans refer to that text. The body is one section; trailers
 * such as `Decision: 0007` or `Refs: #12` become `cites` links at the trailer's span.
 */
export const commitDocument = (commit: Commit): Document => {
  const { sha, subject, body, trailers, author, date, paths, merge } = commit;
  const lines = body === '' ? [] : body.split('\n');
  const title = subject === '' ? '(no message)' : subject;
  const end = { line: 1 + lines.length, character: lines.at(-1)?.length ?? 0 };
  const sections: Section[] =
    lines.length === 0 ? [] : [{ heading: '', level: 0, headingPath: [], text: body, span: { start: { line: 2, character: 0 }, end } }];
  return {
    id: commitId(sha),
    kind: 'commit',
    sha,
    title,
    titleSpan: { start: { line: 0, character: 0 }, end: { line: 0, character: subject.length } },
    ...(date === '' ? {} : { date }),
    format: 'commit',
    sections,
    links: trailers.flatMap((trailer): Link[] => {
      if (PEOPLE.test(trailer.key) || trailer.value === '') return [];
      return [{ kind: 'cites', target: trailer.value, span: trailerSpan(lines, trailer.key, trailer.value) }];
    }),
    findings: [],
    paths: paths.slice(0, MOST_PATHS).map(({ path }) => path),
    ...renamesOf(paths),
    ...(merge ? { merge } : {}),
    author,
  };
};

const renamesOf = (paths: readonly ChangedPath[]): { readonly renames?: readonly Rename[] } => {
  const renames = paths.flatMap(({ status, path, from }): Rename[] => (status === 'R' && from !== undefined ? [{ from, to: path }] : []));
  return renames.length === 0 ? {} : { renames: renames.slice(0, MOST_PATHS) };
};

/** Span of a trailer's line. Searches from the end, because trailers are in the last paragraph. */
const trailerSpan = (lines: readonly string[], key: string, value: string): Span => {
  const start = value.split(' ')[0] ?? value;
  const index = lines.findLastIndex((line) => line.startsWith(key) && line.slice(key.length).includes(start));
  const line = 2 + Math.max(0, index);
  return { start: { line, character: 0 }, end: { line, character: lines[index]?.length ?? 0 } };
};
