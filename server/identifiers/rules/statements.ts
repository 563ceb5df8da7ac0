import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, findingOf } from '../../model/finding.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';
import { COMPOSED_ID, DECOMPOSED_ID } from '../rules.ts';
import type { Schema } from '../schemas/model.ts';
import { composedMessage } from './composed-id.ts';
import { meaningfulParts } from './parts.ts';

/** Identifiers that statements of a database put together of parts with a meaning. A hint where a query only gives them; an info where a migration ran already. */
export function composedValues(source: SourceFile, { composed }: Schema, knowledge: IdentifierKnowledge): readonly Finding[] {
  const ran = knowledge.existed?.(source.path) === true;
  return composed.flatMap(({ value, how, at, kept }) => {
    const parts = meaningfulParts(value, () => []);
    if (parts.length === 0) return [];
    return findingOf(COMPOSED_ID, {
      message: composedMessage(parts, how),
      severity: !kept ? 'hint' : ran ? 'info' : 'warning',
      span: source.lines.span(value.start, value.end),
      related: [{ path: source.path, span: source.lines.span(at.start, at.end), message: `The identifier is ${how}.` }],
    });
  });
}

/** Identifiers that statements of a database take apart, or whose beginning they ask for; an info where a migration ran already. */
export function decomposedColumns(source: SourceFile, { takenApart }: Schema, knowledge: IdentifierKnowledge): readonly Finding[] {
  const ran = knowledge.existed?.(source.path) === true;
  return takenApart.map(({ subject, prefix, start, end }) =>
    findingOf(DECOMPOSED_ID, {
      message:
        prefix === undefined
          ? `This reads a part out of the identifier ${subject.text}, so its format becomes a contract. Keep what is read here as a column of its own, and ask the column.`
          : `This depends on whether the identifier ${subject.text} begins with "${prefix}", so its format becomes a contract. Keep what that says as a column of its own, and ask the column.`,
      ...(ran && { severity: 'info' as const }),
      span: source.lines.span(start, end),
    }),
  );
}
