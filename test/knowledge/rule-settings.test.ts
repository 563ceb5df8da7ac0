import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../server/knowledge/discovery/config.ts';
import { levelsOf } from '../../server/knowledge/discovery/rule-settings.ts';
import { partOf } from './spec-helpers.ts';

const load = (text: string) => loadConfig('/nowhere', async (path) => (path === 'lintel.yaml' ? text : undefined));

describe('the settings of rules in lintel.yaml', () => {
  it.each([
    ['rules:\n  broken-link: warn\n', 'warn', /use off, hint, info, warning or error\. Did you mean "warning"\?/],
    ['rules:\n  broken-link: 3\n', '3', /"rules.broken-link" is not valid: use off, hint, info, warning or error\./],
    ['rules:\n  broken-links: off\n', 'broken-links', /Did you mean "broken-link"\?/],
    ['overrides:\n  - paths: [docs/**]\n    rules: { all: loud }\n', 'loud', /use off, hint, info, warning or error/],
    ['overrides:\n  - paths: [docs/**]\n    rule: { all: off }\n', 'rule', /"overrides\.0\.rule" is not a Lintel setting/],
  ])('%j is told at its place, with what is meant', async (text, place, message) => {
    const { findings } = await load(text);
    const found = findings.find(({ message: words }) => message.test(words));
    expect(findings.map(({ message: words }) => words).join('\n')).toMatch(message);
    expect(found && partOf(text, found.span)).toBe(place);
  });

  it('an override is stronger than a rule, a later one than an earlier one, and a name than "all"', async () => {
    const { config, findings } = await load(
      'rules: { all: info, broken-link: off }\noverrides:\n  - { paths: [docs/**], rules: { broken-link: error } }\n  - { paths: [docs/old/**], rules: { all: hint, broken-link: warning } }\n',
    );
    expect(findings).toEqual([]);
    const levelOf = levelsOf(config);
    expect(
      (
        [
          ['a.md', 'broken-link'],
          ['a.md', 'scope-gone'],
          ['docs/a.md', 'broken-link'],
          ['docs/old/a.md', 'broken-link'],
          ['docs/old/a.md', 'scope-gone'],
        ] as const
      ).map(([path, rule]) => levelOf(path, rule)),
    ).toEqual(['off', 'info', 'error', 'warning', 'hint']);
  });
});
