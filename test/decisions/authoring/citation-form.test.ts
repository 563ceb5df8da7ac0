import { describe, expect, it } from 'vitest';
import { citationForm, citationOf } from '../../../server/decisions/authoring/citation-form.ts';
import { graphOf, summariesOf } from '../../../server/decisions/authoring/graph.ts';
import { registerOfFiles } from '../../support/register.ts';

const FILES = {
  'docs/adr/0007-use-kafka.md': '# 7. Use Kafka\n\n## Status\n\nSuperseded by [9. Use NATS](0009-use-nats.md)\n',
  'docs/adr/0008-keep-orders.md': '# 8. Keep orders\n\nSee [9](0009-use-nats.md) and [NATS again](0009-use-nats.md).\n',
  'docs/adr/0009-use-nats.md':
    '# 9. Use NATS\n\n## Status\n\nAccepted\n\nSupersedes [7. Use Kafka](0007-use-kafka.md)\n\nAmends [8. Keep orders](0008-keep-orders.md)\n',
  'docs/rfcs/0007-mail/README.md': '# RFC 7: Mail\n\nParts of this were superseded by [RFC 8](../0008-post/README.md).\n',
  'docs/rfcs/0008-post/README.md': '# RFC 8: Post\n',
  'services/a/docs/adr/0008-count.md': '# 8. Count\n',
  'docs/adr/20240102-no-number.md': '# No number\n',
};
const register = registerOfFiles(FILES);
const cite = (path: string, ...lines: string[]): string => {
  const record = register.catalogue.records.find((one) => one.path === path);
  if (!record) throw new Error(path);
  return citationOf(record, register, citationForm([{ path: 'src/a.ts', text: lines.join('\n\n\n') }], register));
};

describe('the citation of a record', () => {
  it('has the form that the repository uses most', () => {
    expect(cite('docs/adr/0009-use-nats.md', '// ADR-0007', '// ADR-0009', '// docs/adr/0007-use-kafka.md')).toBe('ADR-0009');
    expect(cite('docs/adr/0009-use-nats.md', '// docs/adr/0007-use-kafka.md', '// docs/adr/0009-use-nats.md', '// ADR-0009')).toBe(
      'docs/adr/0009-use-nats.md',
    );
    expect(cite('docs/adr/0009-use-nats.md', '// see ADR 7')).toBe('ADR 9');
    expect(cite('docs/adr/0009-use-nats.md', '// see adr-0007')).toBe('adr-0009');
    expect(cite('docs/adr/0009-use-nats.md', '// see 0007-use-kafka.md')).toBe('0009-use-nats.md');
  });

  it('is the number where nothing was cited before', () => {
    expect(cite('docs/adr/0009-use-nats.md', 'nothing')).toBe('ADR-0009');
    expect(cite('docs/rfcs/0007-mail/README.md')).toBe('RFC-0007');
  });

  it('is the path where a number would not lead to this record alone, or there is none', () => {
    expect(cite('docs/adr/0008-keep-orders.md', '// ADR-0007')).toBe('docs/adr/0008-keep-orders.md');
    expect(cite('docs/adr/20240102-no-number.md', '// ADR-0007')).toBe('docs/adr/20240102-no-number.md');
  });

  it('calls an RFC an RFC, whatever the form of the others', () => {
    expect(cite('docs/rfcs/0008-post/README.md', '// ADR-0007')).toBe('RFC-0008');
  });
});

describe('the graph of decisions', () => {
  const { nodes, edges } = graphOf(register);

  it('holds every decision, ordered by path, with its status', () => {
    expect(nodes.map(({ path }) => path)).toEqual(Object.keys(FILES).sort());
    expect(summariesOf(register)).toEqual(nodes);
    expect(nodes.find(({ number, path }) => number === '7' && path.includes('kafka'))).toMatchObject({
      title: 'Use Kafka',
      status: 'superseded',
      supersededBy: ['docs/adr/0009-use-nats.md'],
    });
  });

  it('has one edge for two records, the strongest, and none for what the supersession says already', () => {
    expect(edges).toEqual([
      { from: 'docs/adr/0008-keep-orders.md', to: 'docs/adr/0009-use-nats.md', kind: 'cites' },
      { from: 'docs/adr/0009-use-nats.md', to: 'docs/adr/0007-use-kafka.md', kind: 'supersedes' },
      { from: 'docs/adr/0009-use-nats.md', to: 'docs/adr/0008-keep-orders.md', kind: 'amends' },
      { from: 'docs/rfcs/0008-post/README.md', to: 'docs/rfcs/0007-mail/README.md', kind: 'supersedes', partial: true },
    ]);
  });
});
