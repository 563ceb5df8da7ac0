import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../server/decisions/findings/records/rules.ts';
import type { Document } from '../../../server/model/document.ts';
import { at, record } from './support.ts';

const check = (documents: readonly Document[], ...files: string[]) => {
  const exists = (path: string): boolean => files.includes(path);
  const found = documents.map((document) => [document.id, checkDocument(document, { heads: documents, exists })] as const);
  return new Map(found.filter(([, findings]) => findings.length > 0));
};
const rules = (documents: readonly Document[], ...files: string[]) =>
  [...check(documents, ...files)].flatMap(([id, problems]) => problems.map(({ rule }) => `${id} ${rule}`));
const adr = (name: string, body: string) => record(body, `docs/adr/${name}`);

describe('problems between records', () => {
  it('are none in a sound register', () => {
    const documents = [
      adr(
        '0001-a.md',
        '# A\n\n## Status\n\nSuperseded by [B](0002-b.md#why)\n\nSee [code](../../src/a.ts), [folder](../../src/), [site](https://example.com/x.md).\n',
      ),
      adr('0002-b.md', '# B\n\n## Status\n\nAccepted\n\nSee [A](./0001-a), [A](0001-a.html), [anchor](#why).\n'),
    ];
    expect(rules(documents, 'src/a.ts', 'src')).toEqual([]);
  });

  it('include a status that nobody understands, at its words', () => {
    const text = '# A\n\n- Status: purple haze\n\n## Decision\n\nWe use queues.\n';
    const [problem] = check([adr('0001-a.md', text)]).get('docs/adr/0001-a.md') ?? [];
    expect(problem).toMatchObject({ rule: 'unknown-status', severity: 'warning' });
    expect(problem?.message).toContain('"purple haze"');
    expect(at(text, problem?.span)).toBe('purple haze');
  });

  it('do not include a record that has no status', () => {
    expect(rules([adr('0001-a.md', '# A\n\nText.\n')])).toEqual([]);
  });

  it('include a link to a file that does not exist, at the link, once for each place', () => {
    const text = '# A\n\n[x](../gone.md) and [x](../gone.md) and `[x](in-code.md)`\n';
    const problems = check([adr('0001-a.md', text)]).get('docs/adr/0001-a.md') ?? [];
    expect(problems.map(({ rule, span }) => [rule, at(text, span)])).toEqual([
      ['broken-link', '[x](../gone.md)'],
      ['broken-link', '[x](../gone.md)'],
    ]);
    expect(problems[0]?.message).toContain('docs/gone.md');
  });

  it('say where a record went that was renumbered', () => {
    const documents = [adr('0001-a.md', '# A\n\n[x](0034-provide-a-queue.md)\n'), adr('0045-provide-a-queue.md', '# Provide a queue\n')];
    const [problem] = check(documents).get('docs/adr/0001-a.md') ?? [];
    expect(problem?.message).toContain('Did you mean docs/adr/0045-provide-a-queue.md?');
  });

  it.each([
    ['not by which record. Write "Superseded by" and a link to the record.', 'Superseded'],
    ['no record matches "ADR 9". Link to the record that replaces this one.', 'Superseded by ADR 9'],
    ['"ADR 2" matches several records. Link to the file of the one that you mean.', 'Superseded by ADR 2'],
    ['the records supersede each other in a circle', 'Superseded by [4](0004-circle.md)'],
  ])('include a record that was superseded, but %s', (reason, status) => {
    const documents = [
      adr('0001-a.md', `# A\n\n## Status\n\n${status}\n`),
      adr('0002-one.md', '# One\n'),
      adr('0002-two.md', '# Two\n'),
      adr('0004-circle.md', '# Circle\n\n## Status\n\nSuperseded by [1](0001-a.md)\n'),
    ];
    const problem = check(documents, 'docs/adr/0004-circle.md')
      .get('docs/adr/0001-a.md')
      ?.find(({ rule }) => rule === 'superseded-by-nothing');
    expect(problem?.message).toContain(reason);
  });

  it('do not include a record superseded by one of another repository', () => {
    const text = '# A\n\n## Status\n\nSuperseded by [x](https://github.com/o/other/blob/main/adr/0003-x.md)\n';
    expect(rules([adr('0001-a.md', text)])).toEqual([]);
  });

  it('include a number that two records of one folder have, once: on all but the first', () => {
    const documents = [adr('0007-a.md', '# A\n'), adr('ADR-007.md', '# B\n'), adr('0008-c.md', '# C\n')];
    const problems = check(documents);
    expect([...problems.keys()]).toEqual(['docs/adr/ADR-007.md']);
    expect(problems.get('docs/adr/ADR-007.md')?.[0]).toMatchObject({ rule: 'duplicate-number', span: documents[1]?.titleSpan });
    expect(problems.get('docs/adr/ADR-007.md')?.[0]?.message).toContain('docs/adr/0007-a.md');
  });

  it('count a folder with a README as a record of the folder above', () => {
    const documents = [record('# A\n', 'docs/adr/0007-a/README.md'), record('# B\n', 'docs/adr/0007-b/README.md')];
    expect(rules(documents)).toEqual(['duplicate-number']);
  });

  it('do not include equal numbers in different folders, or of an ADR and an RFC, or details beside a README', () => {
    const documents = [
      record('# A\n', 'apps/a/adr/0007-a.md'),
      record('# B\n', 'apps/b/adr/0007-b.md'),
      record('# C\n', 'apps/b/adr/rfc-0007-c.md'),
      record('# D\n', 'docs/adr/0007-d/README.md'),
      record('# Details\n', 'docs/adr/0007-d/details.md'),
    ];
    expect(rules(documents)).toEqual([]);
  });
});
