import { languageOf } from '../../code/languages/index.ts';
import { tokenKindAt } from '../../code/tokens.ts';

const COMMENT_START = /\/\/|\/\*|#|<!--/g;

/** The text with its comments as spaces, so that what is commented out does not count; lines and offsets stay as they are. */
export function blankComments(path: string, text: string): string {
  const language = languageOf(path);
  if (!language) return text;
  const kindAt = tokenKindAt(text, language);
  let out = '';
  let from = 0;
  for (const match of text.matchAll(COMMENT_START)) {
    const start = match.index;
    if (start < from || kindAt(start) !== 'comment') continue;
    let end = start;
    while (end < text.length && kindAt(end) === 'comment') end += 1;
    out += text.slice(from, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    from = end;
  }
  return out + text.slice(from);
}
