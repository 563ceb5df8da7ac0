// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import { idTrail } from '../../server/identifiers/index.ts';

async function trailIn(path: string, text: string, name: string): Promise<Record<string, readonly string[]> | undefined> {
  const source = new SourceFile(path, text);
  const found = await idTrail(source, text.indexOf(name) + 1);
  const texts = (spans: readonly { start: Parameters<typeof source.lines.offset>[0]; end: Parameters<typeof source.lines.offset>[0] }[]) =>
    spans.map(({ start, end }) => source.text.slice(source.lines.offset(start), source.lines.offset(end)));
  return found && { made: texts(found.made), takenApart: texts(found.takenApart), stored: texts(found.stored) };
}

describe('the trail of an identifier', () => {
  it('says where it is made, taken apart and stored', async () => {
    const text =
      'function f(kind: string, key: string) {\n  const ruleId = `${kind}:${key}`;\n  const [head] = ruleId.split(":");\n  rule.ruleId = ruleId;\n}\n';
    expect(await trailIn('a.ts', text, 'ruleId')).toEqual({
      made: ['`${kind}:${key}`'],
      takenApart: ['ruleId.split(":")'],
      stored: ['rule.ruleId'],
    });
  });

  it('shows a slice and a generator', async () => {
    const text = 'def f():\n    rule_id = uuid4()\n    rest = rule_id[len(P):]\n    save(rule_id)\n';
    expect(await trailIn('a.py', text, 'rule_id')).toEqual({
      made: ['uuid4()'],
      takenApart: ['rule_id[len(P):]'],
      stored: ['save(rule_id)'],
    });
  });

  it('is not there for a name that is no identifier, or of which the file says nothing', async () => {
    expect(await trailIn('a.ts', 'const title = `${a}:${b}`;', 'title')).toBeUndefined();
    expect(await trailIn('a.ts', 'use(ruleId);', 'ruleId')).toBeUndefined();
  });
});
