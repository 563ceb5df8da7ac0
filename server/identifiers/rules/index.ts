import type { SourceFile } from '../../code/source-file.ts';
import { type Finding, findingOf } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
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
  const trail = trailOf(file, source.text);
  return RULES.flatMap(([info, find]) => {
    // What is read twice, such as the subject of a switch, is found once.
    const found = new Map([...find(trail, setting)].map((one) => [`${one.start} ${one.end}`, one]));
    return [...found.values()].map(({ start, end, places, composed, ...draft }) => {
      const fix = composed && opaqueFix(source, composed);
      const related = places?.map((place) => ({ path: source.path, span: spanOf(source, place.start, place.end), message: place.message }));
      return findingOf(info, {
        ...draft,
        span: spanOf(source, start, end),
        ...(related ? { related } : {}),
        ...(fix ? { fixes: [fix] } : {}),
      });
    });
  });
}

/** From and to offsets; an empty part is the rest of its line. */
function spanOf({ lines, textLines }: SourceFile, start: number, end: number): Span {
  const from = lines.position(start);
  return {
    start: from,
    end: end > start ? lines.position(end) : { line: from.line, character: textLines[from.line]?.length ?? from.character },
  };
}
