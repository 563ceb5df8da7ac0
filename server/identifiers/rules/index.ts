import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, findingOf } from '../../model/finding.ts';
import { readFlow } from '../flow/read.ts';
import { settingOf } from '../flow/setting.ts';
import { trailOf } from '../flow/trail.ts';
import { COMPOSED_ID, DECOMPOSED_ID, SEMANTIC_LITERAL } from '../rules.ts';
import { composedIds } from './composed-id.ts';
import { decomposedIds } from './decomposed-id.ts';
import { opaqueFix } from './opaque-fix.ts';
import { semanticLiterals } from './semantic-literal.ts';

const RULES = [
  [COMPOSED_ID, composedIds],
  [DECOMPOSED_ID, decomposedIds],
  [SEMANTIC_LITERAL, semanticLiterals],
] as const;

/** Findings in what code does with identifiers. */
export async function flowFindings(source: SourceFile): Promise<readonly Finding[]> {
  const setting = settingOf(source);
  if (setting === 'quiet' || setting === 'tool') return [];
  const file = await readFlow(source);
  if (!file) return [];
  const trail = trailOf(file);
  return RULES.flatMap(([info, find]) =>
    [...find(trail, setting)].map(({ start, end, composed, ...draft }) => {
      const fix = composed && opaqueFix(source, composed);
      const span = { start: source.lines.position(start), end: source.lines.position(end) };
      return findingOf(info, { ...draft, span, ...(fix ? { fixes: [fix] } : {}) });
    }),
  );
}
