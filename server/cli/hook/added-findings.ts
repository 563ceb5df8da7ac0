import type { Engine } from '../../model/engine.ts';
import type { Finding } from '../../model/finding.ts';
import { printable } from '../terminal.ts';
import { shownPath } from './brief-text.ts';
import type { InnerEdit } from './inner-edits.ts';
import { linesAfter, textBefore } from './locate.ts';

const LONGEST_MESSAGE = 300;

/** Findings that tell of a mistake, not those for readers. */
const isTold = ({ severity, rule }: Finding): boolean => severity !== 'hint' && !(severity === 'info' && rule.startsWith('SID'));
/** A finding apart from where it is: numbers in a message may be those of lines. */
export const sameFinding = ({ rule, message }: Finding): string => `${rule}\n${message.replace(/\d+/g, '#')}`;

/** Findings in the text now that the text before did not have. */
export async function addedFindings(
  engine: Engine,
  { original }: { readonly original: string | undefined },
  edit: InnerEdit,
): Promise<readonly Finding[]> {
  const { inner, text } = edit;
  if (text === undefined) return [];
  const now = ((await engine.findings(inner, text))?.findings ?? []).filter(isTold);
  if (now.length === 0) return [];
  const before = original ?? textBefore(edit, text);
  const lines = linesAfter(edit, text);
  const touched = ({ span }: Finding): boolean =>
    lines === 'all' || lines.some(({ first, last }) => span.start.line <= last && span.end.line >= first);
  if (before === undefined) return now.filter(touched);
  const left = new Map<string, number>();
  for (const finding of (await engine.findings(inner, before))?.findings ?? [])
    left.set(sameFinding(finding), (left.get(sameFinding(finding)) ?? 0) + 1);
  return now.filter((finding) => {
    const rest = left.get(sameFinding(finding)) ?? 0;
    if (rest > 0) left.set(sameFinding(finding), rest - 1);
    return rest === 0;
  });
}

/** A finding in one line. */
export const findingLine = (path: string, { span, rule, message, severity }: Finding): string =>
  `- ${shownPath(path)}:${span.start.line + 1} ${severity} ${rule}: ${printable(message).slice(0, LONGEST_MESSAGE)}`;
