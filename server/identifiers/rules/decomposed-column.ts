import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, findingOf } from '../../model/finding.ts';
import type { IdentifierKnowledge } from '../knowledge.ts';
import { DECOMPOSED_ID } from '../rules.ts';
import type { Schema } from '../schemas/model.ts';

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
