import { describe, expect, it } from 'vitest';
import { type LoadedConfig, loadConfig } from '../../../server/knowledge/discovery/config.ts';
import { partOf } from '../spec-helpers.ts';

const load = (text: string): Promise<LoadedConfig> => loadConfig('/nowhere', async (path) => (path === 'lintel.yaml' ? text : undefined));
const told = async (text: string): Promise<string[]> =>
  (await load(text)).findings.map(({ message, span }) => `${partOf(text, span)}: ${message}`);

const ENTRY = { rules: [], paths: [], names: [] };

describe('what lintel.yaml says about identifiers', () => {
  it('are teams, a database and allowed formats, each with its reason', async () => {
    const text = `identifiers:
  teams: [Payments Crew]
  database: cockroachdb
  allow:
    - rules: [SID001, SID002]
      paths: [services/labels/**]
      names: [parcelId]
      reason: The carrier prescribes it.
      link: docs/adr/0031.md
`;
    const { config, findings } = await load(text);
    expect(findings).toEqual([]);
    expect(config.identifiers).toEqual({
      teams: ['Payments Crew'],
      database: 'cockroachdb',
      allow: [
        {
          rules: ['SID001', 'SID002'],
          paths: ['services/labels/**'],
          names: ['parcelId'],
          reason: 'The carrier prescribes it.',
          link: 'docs/adr/0031.md',
        },
      ],
    });
  });

  it('may name a database for some paths', async () => {
    const { config, findings } = await load('identifiers:\n  database:\n    - { paths: [legacy/**], engine: mysql }\n');
    expect(findings).toEqual([]);
    expect(config.identifiers.database).toEqual([{ paths: ['legacy/**'], engine: 'mysql' }]);
  });

  it('is told what is wrong with the name of a database, and what was probably meant', async () => {
    expect(await told('identifiers:\n  database: postgres\n')).toEqual([expect.stringContaining('Did you mean "postgresql"?')]);
  });

  it.each([
    ['no reason', 'names: [a]', 'it needs a "reason".'],
    ['the word that stands where the reason belongs', 'names: [a]\n      reason: REASON', 'it needs a "reason".'],
    ['an empty reason', 'names: [a]\n      reason: ""', 'it needs a "reason".'],
    ['nothing that narrows it', 'reason: It is old.', 'name rules, paths or names; an entry without them would allow everything.'],
    [
      'a rule that there is not',
      'rules: [SID099]\n      paths: [a]\n      reason: It is old.',
      '"rules.0" is not valid: use the id of a rule',
    ],
    ['a rule about something else', 'rules: [broken-link]\n      reason: It is old.', '"rules.0" is not valid: use the id of a rule'],
  ])('has no effect where an allowed format has %s, and the others stay', async (_, entry, because) => {
    const text = `identifiers:\n  allow:\n    - ${entry}\n    - names: [b]\n      reason: It is printed on labels.\n`;
    const { config, findings } = await load(text);
    expect(config.identifiers.allow).toEqual([{ ...ENTRY, names: ['b'], reason: 'It is printed on labels.' }]);
    expect(findings.map(({ rule }) => rule)).toEqual(['config-invalid']);
    expect(findings[0]?.message).toContain(`"identifiers.allow.0" has no effect: ${because}`);
  });

  it('does not allow more than was meant where a key of an entry is misspelt', async () => {
    const { config, findings } = await load('identifiers:\n  allow:\n    - rules: [SID001]\n      path: [a]\n      reason: It is old.\n');
    expect(config.identifiers.allow).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toEqual(['config-unknown-key']);
  });
});
