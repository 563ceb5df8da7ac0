import { describe, expect, test } from 'vitest';
import { lowered } from './lowered.ts';

/** The effects of a function with these statements. */
const inFunction = async (statements: string): Promise<string[]> => {
  const [heading, ...effects] = await lowered('a.ts', `function f() {\n${statements}\n}\n`);
  expect(heading).toBe('function f()');
  return effects.map((line) => line.trim());
};

describe('the common model of TypeScript', () => {
  test.each<[text: string, ...lines: string[]]>([
    [`const k = \`\${kind}:\${id}\`;`, 'k = template(kind, ":", id)'],
    ['const k: string = kind + "-" + id;', 'k: string = concatenation(kind, "-", id)'],
    ['const k = [kind, id].join(":");', 'k = join(kind, ":", id)'],
    ['k += ":" + id;', 'k = concatenation(k, ":", id)'],
    ['k ??= "none";', 'k = "none"'],
    ['k ||= "none";', 'k = "none"'],
    ['const k = a ?? "none";', 'k = one of(a, "none")'],
    ['const [kind, key] = id.split(":");', '(kind, key) = id.split(":")'],
    ['if (id.startsWith("u-")) return <string>id.slice(2);', 'if id.startsWith("u-")', 'return id.slice(())'],
    ['for (const part of id.split("-")) use(part);', 'part = id.split("-")[]', 'use(part)'],
    ['switch (kind) { case "a": g(); }', 'kind == "a"', 'g()'],
    ['save({ id: "x-" + a, kind });', 'save({id: concatenation("x-", a), kind: kind})'],
  ])('%s', async (text, ...lines) => {
    expect(await inFunction(text)).toEqual(lines);
  });
});
