import type { SourceFile } from '../../code/source-file.ts';
import type { Definition } from './model.ts';

/** What a comment has that says how something is put together, in a line that also has a template or quotation marks, or words for parts. */
const CANDIDATE =
  /\b(?:format(?:ted)?|(?:the )?form of|(?:in|has) the (?:form|shape)|pattern|syntax|looks like|composed (?:of|from)|consists? of|concatenat\w+|prefixed (?:with|by))\b[^\n]{0,40}[{<"'`“:$[]|\b(?:part|segment|digit|letter|character|block|section)s? (?:of|is|are|denote|identif|encode|represent)\w*\b/gi;
const NEIGHBOURS = 1;
/** Marks of comments at both ends of a line. */
const MARKS = /^\s*(?:\/\/[/!]?|\/\*+|\*+|#+|--+|;+|"""|'''|<!--)?\s?|\s*(?:\*\/|-->|"""|''')\s*$/g;
/** Lines that are too long to be a comment that people read. In UTF-16 units. */
const LONGEST = 400;

/** Comments that say how an identifier is put together, in any language that has comments. */
export function commentsIn(source: SourceFile): readonly Definition[] {
  const { text, lines, language } = source;
  if (!language) return [];
  const found: Definition[] = [];
  let last = -1;
  for (const match of text.matchAll(CANDIDATE)) {
    const line = lines.lineAt(match.index);
    const start = lines.start(line);
    const end = lines.end(line);
    if (line === last || end - start > LONGEST || source.kindAt(match.index) !== 'comment') continue;
    last = line;
    const said = [];
    for (let near = Math.max(0, line - NEIGHBOURS); near <= Math.min(lines.count - 1, line + NEIGHBOURS); near++) {
      const written = text.slice(lines.start(near), lines.end(near));
      const middle = lines.start(near) + written.search(/\S|$/);
      if (written.length <= LONGEST && source.kindAt(middle) === 'comment') said.push(written.replace(MARKS, '').trim());
    }
    const indent = text.slice(start, end).search(/\S|$/);
    found.push({ name: '', said: { text: said.join(' '), start: start + indent, end }, form: 'description', published: false });
  }
  return found;
}
