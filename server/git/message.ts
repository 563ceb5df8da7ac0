import type { Commit, Trailer } from '../model/commit.ts';

const LONGEST_BODY = 65_536;

/**
 * Splits a commit message as git does: the first paragraph is the subject, the rest the body. Trailers are the `Key: value` lines of the last paragraph,
 * if every line of it is one or continues one. Configured trailer commands are never run.
 */
export const parseMessage = (message: string): Pick<Commit, 'subject' | 'body' | 'trailers'> => {
  const text = message
    .slice(0, 4 * LONGEST_BODY)
    .replace(/\r\n?/g, '\n')
    .replace(/^\s*\n/, '')
    .trimEnd();
  const end = text.search(/\n[ \t]*\n/);
  const subject = (end < 0 ? text : text.slice(0, end))
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
    .slice(0, 1000)
    .trim();
  if (end < 0) return { subject, body: '', trailers: [] };
  const rest = text.slice(end).replace(/^(?:[ \t]*\n)+/, '');
  return { subject, body: rest.slice(0, LONGEST_BODY), trailers: parseTrailers(rest) };
};

const parseTrailers = (text: string): readonly Trailer[] => {
  const lines = text.slice(-LONGEST_BODY).split('\n');
  let first = lines.length;
  while (first > 0 && lines[first - 1]?.trim() !== '') first--;
  const trailers: Trailer[] = [];
  for (const line of lines.slice(first)) {
    const found = /^([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)$/.exec(line);
    const last = trailers.at(-1);
    if (found?.[1] !== undefined) trailers.push({ key: found[1], value: (found[2] ?? '').trim() });
    else if (/^[ \t]/.test(line) && last) trailers[trailers.length - 1] = { key: last.key, value: `${last.value} ${line.trim()}`.trim() };
    else if (!/^\(cherry picked from commit /.test(line)) return [];
  }
  return trailers;
};
