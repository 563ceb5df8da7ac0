import { languageOf } from '../../code/languages/index.ts';
import { tokenKindAt } from '../../code/tokens.ts';
import type { FileDiff, Hunk } from '../../model/diff.ts';

/** Whether a text of whole lines is nothing but comments and space. */
const isOnlyComments = (text: string, path: string): boolean => {
  const language = languageOf(path);
  if (language === undefined) return text.trim() === '';
  const kindAt = tokenKindAt(text, language);
  for (let at = 0; at < text.length; at++) if (!/\s/.test(text[at] ?? '') && kindAt(at) !== 'comment') return false;
  return true;
};

/** The changed lines of one side, and whether unchanged lines around them show that they lie in a comment that begins above. */
const side = ({ lines }: Hunk, kind: 'added' | 'removed'): string =>
  lines
    .filter((line) => line.kind === kind)
    .map(({ text }) => text)
    .join('\n');

/** Comments that tools obey: switches of compilers, linters and bundlers, shebangs, encodings. */
const OBEYED =
  /#!|coding[:=]|@ts-|eslint-|noqa|type:\s*ignore|pragma|go:(?:build|generate|embed|linkname)|\+build|webpack\w+:|@jsx|frozen_string_literal|language=/;

/** Whether a difference touches comments and blank lines only. Unsure is no: a line in the middle of a long comment counts as code. */
export const touchesOnlyComments = ({ path, hunks, binary, change }: FileDiff): boolean =>
  binary === undefined &&
  change === 'changed' &&
  hunks.length > 0 &&
  hunks.every((hunk) =>
    (['added', 'removed'] as const).every((kind) => {
      const text = side(hunk, kind);
      return !OBEYED.test(text) && isOnlyComments(text, path);
    }),
  );
