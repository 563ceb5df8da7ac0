import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import { findingsOfIdentifiers, IDENTIFIER_RULES, NO_KNOWLEDGE } from '../../server/identifiers/index.ts';

/** Where the code of a page might stand, by the name of its language. */
const PATHS: Readonly<Record<string, string>> = {
  ts: 'src/pages.ts',
  python: 'src/pages.py',
  go: 'pages.go',
  java: 'src/Pages.java',
  hcl: 'main.tf',
  yaml: 'deploy/pages.yaml',
  protobuf: 'pages.proto',
  sql: 'db/postgres/pages.sql',
};

const examplesOf = (rule: string): readonly { readonly language: string; readonly before: string; readonly after: string }[] =>
  [...readFileSync(join(import.meta.dirname, `../../docs/identifiers/${rule}.md`), 'utf8').matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(
    ([, language = '', code = '']) => {
      const [, before = '', after = ''] = code.split(/^(?:\/\/|#|--) (?:before|after)\n/m);
      return { language, before, after };
    },
  );

const foundIn = async (language: string, text: string): Promise<readonly string[]> =>
  (await findingsOfIdentifiers(new SourceFile(PATHS[language] ?? '', text), NO_KNOWLEDGE)).map(
    ({ rule, severity }) => `${rule} ${severity}`,
  );

describe.each(IDENTIFIER_RULES.map(({ id }) => id))('the examples on the page of %s', (rule) => {
  const examples = examplesOf(rule);

  it('are several, in languages that are read', () => {
    expect(examples.length).toBeGreaterThan(1);
    for (const { language, before, after } of examples) {
      expect(Object.keys(PATHS)).toContain(language);
      expect([before, after]).not.toContain('');
    }
  });

  it.each(examples)('are found before, and quiet after: $language', async ({ language, before, after }) => {
    const found = await foundIn(language, before);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((one) => !one.startsWith(rule) || one.endsWith('hint'))).toEqual([]);
    expect(await foundIn(language, after)).toEqual([]);
  });
});
