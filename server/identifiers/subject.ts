import type { SourceFile } from '../code/source-file.ts';
import type { Finding } from '../model/finding.ts';

/** What a finding is about, by the names in the text around it. */
export interface Subject {
  /** Names of the identifier, column or resource as written, nearest first. */
  readonly names: readonly string[];
  /** Name of the table, type or function around it. */
  readonly container: string | undefined;
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:-[\p{L}\p{N}_$]+)*/gu;
/** Words of languages, and of types that say nothing of whose identifier it is. */
const NOISE =
  /^(?:const|let|var|val|def|fn|func|fun|function|return|if|else|unless|elif|match|switch|case|when|await|async|new|this|self|public|private|protected|static|final|readonly|export|default|string|str|text|varchar|char|int|integer|bigint|smallint|serial|primary|key|not|null|unique|generated|always|as|identity|references|required|optional|type|name|f|f?mt|sprintf|format)$/i;
/** Names a table, type or function that the lines below belong to. */
const CONTAINER =
  /\b(?:create\s+(?:unlogged\s+|temp(?:orary)?\s+)?table(?:\s+if\s+not\s+exists)?|alter\s+table(?:\s+only)?(?:\s+if\s+exists)?|create_table|class|interface|struct|record|model|message|entity|type|enum|function|func|def|fn|fun|resource\s+"[\w-]+")\s*[(:]?\s*(?:\([^)]*\)\s*)?["'`]?(?:[\w$]+["'`]?\.["'`]?)*([\p{L}_$][\p{L}\p{N}_$]*)|\b(?:const|let|val|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*=\s*(?:async\s*)?(?:\([^)]*\)|\w+)\s*(?::\s*[\w<>[\]|. ]+)?=>/iu;
const MOST_LINES_ABOVE = 60;
const LONGEST_LINE = 500;

const namesIn = (text: string): string[] => (text.match(NAME) ?? []).filter((name) => !NOISE.test(name));

function containerOf({ textLines }: SourceFile, line: number): string | undefined {
  for (let at = line; at >= Math.max(0, line - MOST_LINES_ABOVE); at -= 1) {
    const match = CONTAINER.exec((textLines[at] ?? '').slice(0, LONGEST_LINE));
    const name = match?.[1] ?? match?.[2];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** What stands before a sign of assignment, which is what gets the value; `undefined` without one. */
const assigned = (text: string): string | undefined => /^([^=]*?)(?::=|(?<![=!<>])=(?![=>])|:\s*$)/.exec(text)?.[1];

/** Messages begin with a column of a table, or say which identifier is read. */
const COLUMN = /^`?([\p{L}_$][\p{L}\p{N}_$]*)\.([\p{L}_$][\p{L}\p{N}_$]*)/u;
const READ = /\bthe identifier ([\p{L}_$][\p{L}\p{N}_$.]*)/u;

/** What the message itself names. */
function namedIn(message: string): Subject | undefined {
  const [, container, column] = COLUMN.exec(message) ?? [];
  if (column !== undefined) return { names: [column], container };
  const read = READ.exec(message)?.[1]?.replace(/\.+$/, '');
  const own = read?.split('.').at(-1);
  return own === undefined ? undefined : { names: [...new Set([own, read ?? own])], container: read?.split('.').at(-2) };
}

/**
 * The subject of a finding. A value that is built belongs to what gets it: its parts are other identifiers. Everything else is about the names that are
 * marked.
 */
export function subjectOf(source: SourceFile, { rule, span, message }: Finding): Subject {
  const named = namedIn(message);
  if (named) return named;
  const { text, lines, textLines } = source;
  const start = lines.offset(span.start);
  const marked = text.slice(start, Math.min(lines.offset(span.end), start + LONGEST_LINE));
  const line = (textLines[span.start.line] ?? '').slice(0, LONGEST_LINE);
  const container = containerOf(source, span.start.line);
  if (rule !== 'SID001') {
    const names = namesIn(marked);
    return { names: names.length > 0 ? names : namesIn(line), container };
  }
  const before = line.slice(0, span.start.character);
  const target = assigned(marked) ?? assigned(before) ?? (/[:(,]\s*$/.test(before) ? before : undefined);
  const names = namesIn(target ?? '').reverse();
  return names.length > 0 ? { names, container } : { names: container === undefined ? [] : [container], container };
}
