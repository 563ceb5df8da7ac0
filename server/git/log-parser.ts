import type { ChangedPath, ChangeStatus, Commit } from '../model/commit.ts';
import { parseMessage } from './message.ts';

const MOST_PATHS = 2_000;
/** Bytes that are kept of a field: far more than is indexed of a message, and a message may have 100 MB. */
const LONGEST_FIELD = 1_000_000;

/** Format of one commit for `git log -z --name-status`, with NUL between the fields because no field can contain one. Read by {@link logParser}. */
export const LOG_FORMAT = '--format=tformat:%H%x00%P%x00%ct%x00%an%x00%aI%x00%B%x00';

/** A commit with its commit time in seconds, by which the log is sorted. */
export interface TimedCommit {
  readonly commit: Commit;
  readonly time: number;
}

type State = 'sha' | 'parents' | 'time' | 'author' | 'date' | 'message' | 'end' | 'paths' | 'from' | 'to';

interface Draft {
  sha: string;
  parents: readonly string[];
  time: number;
  author: string;
  date: string;
  message: string;
  paths: ChangedPath[];
  status: ChangeStatus;
  from: string;
}

/** Parses the output of `git log -z --name-status` as it arrives. */
export interface LogParser {
  /** Answers the commits that this chunk completed. */
  readonly push: (bytes: Buffer) => TimedCommit[];
  /** Answers the last commit. Call it only after git has succeeded; before that, the commit may lack paths. */
  readonly finish: () => TimedCommit[];
}

/**
 * A state machine over NUL-terminated tokens. The position of a token decides what it is, so no file name or message can be mistaken for something else:
 * after the six fields comes an empty token, then pairs (for renames, triples) of status and path, or the next sha.
 */
export const logParser = (): LogParser => {
  /** The beginning of a field that is not complete. */
  let rest: Buffer[] = [];
  let restBytes = 0;
  let state: State = 'sha';
  let draft: Draft | undefined;
  let done: TimedCommit[] = [];

  const begin = (sha: string): void => {
    if (draft) done.push(finished(draft));
    draft = { sha, parents: [], time: 0, author: '', date: '', message: '', paths: [], status: 'M', from: '' };
    state = 'parents';
  };

  const take = (token: string): void => {
    if (state === 'sha' || draft === undefined) {
      begin(token);
      return;
    }
    switch (state) {
      case 'parents':
        draft.parents = token === '' ? [] : token.split(' ');
        state = 'time';
        return;
      case 'time':
        draft.time = Number(token);
        state = 'author';
        return;
      case 'author':
        draft.author = token;
        state = 'date';
        return;
      case 'date':
        draft.date = token;
        state = 'message';
        return;
      case 'message':
        draft.message = token;
        state = 'end';
        return;
      case 'end':
        state = 'paths';
        return;
      case 'paths': {
        if (token.length >= 40) {
          begin(token);
          return;
        }
        const letter = token.charAt(token.charCodeAt(0) === 10 ? 1 : 0);
        draft.status = statusOf(letter);
        state = letter === 'R' || letter === 'C' ? 'from' : 'to';
        return;
      }
      case 'from':
        draft.from = token;
        state = 'to';
        return;
      case 'to': {
        const { status } = draft;
        if (draft.paths.length < MOST_PATHS) {
          draft.paths.push(status === 'R' || status === 'C' ? { status, path: token, from: draft.from } : { status, path: token });
        }
        state = 'paths';
        return;
      }
    }
  };

  const keep = (bytes: Buffer): void => {
    if (bytes.length === 0) return;
    rest.push(bytes);
    restBytes += bytes.length;
  };

  const push = (bytes: Buffer): TimedCommit[] => {
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      keep(bytes.subarray(start, Math.min(end, start + LONGEST_FIELD - restBytes)));
      const [only] = rest;
      take(decode(only && rest.length === 1 ? only : Buffer.concat(rest)));
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < bytes.length) keep(bytes.subarray(start, start + LONGEST_FIELD - restBytes));
    const commits = done;
    done = [];
    return commits;
  };

  const finish = (): TimedCommit[] => (draft && (state === 'paths' || state === 'end') ? [finished(draft)] : []);

  return { push, finish };
};

/** Nearly all text is UTF-8. A message in an undeclared encoding is read as Latin-1, which loses no byte. */
const decode = (bytes: Buffer): string => {
  const text = bytes.toString('utf8');
  return text.includes('\uFFFD') && !bytes.includes('\uFFFD') ? bytes.toString('latin1') : text;
};

const statusOf = (letter: string): ChangeStatus =>
  letter === 'A' || letter === 'D' || letter === 'R' || letter === 'C' || letter === 'T' ? letter : 'M';

const finished = ({ sha, parents, time, author, date, message, paths }: Draft): TimedCommit => ({
  time,
  commit: { sha, parents, ...parseMessage(message), author, date, paths, merge: parents.length > 1 },
});
