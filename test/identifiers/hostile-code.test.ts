// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy, marksOf } from './code-support.ts';

const MADE = 'def rule_id(kind, key):\n    return f"{kind}-{key}"\n';
const MARK = ['warning f"{kind}-{key}"'];

describe('the rules about identifiers in code that is hard to read', () => {
  it('find the same while what follows is being written', async () => {
    for (const tail of ['def g(:\n', 'x = f"{', 'class\n', 'if (\n  y = [', '"""'])
      expect(await marksOf('SID001', 'a.py', `${MADE}\n${tail}`)).toEqual(MARK);
  });

  it('find the same with the line ends of Windows and a byte order mark', async () => {
    const text = `\uFEFF${MADE.replaceAll('\n', '\r\n')}`;
    const [finding] = await foundBy('SID001', 'a.py', text);
    expect(finding?.span).toEqual({ start: { line: 1, character: 11 }, end: { line: 1, character: 26 } });
  });

  it('count columns in UTF-16 units', async () => {
    const text = 'const 名 = "😀😀"; const [kind, key] = ruleId.split(":");\n';
    const [finding] = await foundBy('SID002', 'a.ts', text);
    expect(finding?.span).toEqual({
      start: { line: 0, character: text.indexOf('ruleId') },
      end: { line: 0, character: text.indexOf(';\n') },
    });
  });

  it('find the only place among 50,000 lines', async () => {
    const text = `${'\n'.repeat(25_000)}${MADE}${'\n'.repeat(25_000)}`;
    const found = await foundBy('SID001', 'a.py', text);
    expect(found.map(({ span }) => span.start.line)).toEqual([25_001]);
  });

  it('pass over a minified line', async () => {
    const text = `${'a.ruleId=b+"-"+c;d.ruleId.split(":");'.repeat(28_000)}\n`;
    expect(text.length).toBeGreaterThan(1_000_000);
    expect(await foundBy('SID001', 'a.js', text)).toEqual([]);
    expect(await foundBy('SID002', 'a.js', text)).toEqual([]);
  });

  it('read no file of a language that has no table', async () => {
    expect(await foundBy('SID002', 'a.ex', 'String.split(rule_id, ":")\n')).toEqual([]);
  });
});
