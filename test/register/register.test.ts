import { describe, expect, it } from 'vitest';
import { strength } from '../../server/model/ranked.ts';
import { documentedFolder } from '../../server/register/documented-folder.ts';
import { formerNumbersOf } from '../../server/register/former-numbers.ts';
import { hitOf, recordHit } from '../../server/register/hit.ts';
import { registerOf } from '../../server/register/register.ts';
import { treeOf } from '../../server/workspace/tree.ts';
import { documentIndexOf, documentsIn, recordsIn, registerOfFiles } from '../support/register.ts';

const OLD = 'docs/adr/0001-use-kafka.md';
const NEW = 'docs/adr/0002-use-nats.md';
const FILES = {
  [OLD]: '# 1. Use Kafka\n\n## Status\n\nSuperseded by [2](0002-use-nats.md)\n\n## Decision\n\nWe will send events through Kafka.\n',
  [NEW]:
    '# 2. Use NATS\n\nDate: 2024-05-01\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will send events from `src/relay.ts` through NATS.\n',
  'src/relay.ts': 'export const relay = 1;\n',
  'docs/guide.txt': 'Nothing.\n',
};

describe('the register of a repository', () => {
  const register = registerOfFiles(FILES, { home: 'me/shop' });

  it('knows the records by number, name and slug', () => {
    expect(register.catalogue.byNumber.get('adr:1')?.map(({ path }) => path)).toEqual([OLD]);
    expect(register.catalogue.byName.get('0002-use-nats')?.map(({ path }) => path)).toEqual([NEW]);
    expect(register.catalogue.bySlug.get('use-nats')?.map(({ path }) => path)).toEqual([NEW]);
  });

  it('knows what replaced a record, what a record is about, and whose repository it is', () => {
    expect(register.successors.get(OLD)).toEqual([NEW]);
    expect([...(register.scopes.get(NEW)?.files.keys() ?? [])]).toEqual(['src/relay.ts']);
    expect(register.home).toBe('me/shop');
  });

  it('reads scopes and names again only for records that changed', () => {
    const index = documentIndexOf(documentsIn(FILES));
    const tree = treeOf(Object.keys(FILES));
    const first = registerOf(index, tree);
    const second = registerOf(index, tree);
    expect(second.scopes.get(NEW)).toBe(first.scopes.get(NEW));
    expect(second.names).toBe(first.names);
    expect(registerOf(index, treeOf([])).scopes.get(NEW)?.files.size).toBe(0);
  });

  it('names a record in a folder of its own by that folder', () => {
    const { catalogue } = registerOfFiles({ 'docs/rfcs/0002-mail/README.md': '# Mail\n' });
    expect(catalogue.records).toMatchObject([{ namespace: 'rfc', number: '2', name: '0002-mail', slug: 'mail' }]);
  });
});

describe('the hit for a record', () => {
  const register = registerOfFiles(FILES);
  const index = documentIndexOf(documentsIn(FILES));

  it('shows what the record decides, verbatim, and what replaced it', () => {
    const hit = recordHit(index, register, OLD);
    expect(hit).toMatchObject({ id: OLD, path: OLD, status: 'superseded', score: 0, supersededBy: [NEW] });
    expect(hit?.snippet).toBe('We will send events through Kafka.');
    expect(hit?.span.start).toEqual({ line: 8, character: 0 });
  });

  it('has the weight of its strongest evidence as score', () => {
    const document = index.get(NEW);
    if (!document) throw new Error(NEW);
    const similar = (weight: number) => ({ kind: 'similar' as const, weight, explanation: 'x' });
    const evidenced = { item: document, evidence: [similar(0.2), similar(0.70004)] };
    expect(strength(evidenced)).toBe(0.70004);
    expect(hitOf(evidenced, register)).toMatchObject({ score: 0.7, date: '2024-05-01', supersededBy: [] });
    expect(strength({ evidence: [] })).toBe(0);
  });

  it('is none for an unknown id', () => {
    expect(recordHit(index, register, 'nobody')).toBeUndefined();
  });
});

describe('the numbers that records had before', () => {
  const { catalogue } = registerOfFiles(FILES, { documents: recordsIn({ [OLD]: FILES[OLD], [NEW]: FILES[NEW] }) });

  it('are those of their former files, without the current one', () => {
    const former = (path: string) => (path === NEW ? ['docs/adr/0009-use-nats.md', 'docs/0002-nats.md', 'rfcs/0009-nats.md'] : []);
    const found = [...formerNumbersOf(catalogue, former)].map(([number, records]) => [number, records.map(({ path }) => path)]);
    expect(found).toEqual([
      ['adr:9', [NEW]],
      ['rfc:9', [NEW]],
    ]);
  });

  it('may be one number of several records', () => {
    expect(formerNumbersOf(catalogue, () => ['docs/adr/0007-x.md']).get('adr:7')).toHaveLength(2);
  });
});

it.each([
  ['docs/adr/0001-x.md', ''],
  ['services/payments/docs/adr/0001-x.md', 'services/payments'],
  ['services/payments/adr/0001-x.md', 'services/payments'],
  ['packages/a/architecture/decisions/0001-x.md', 'packages/a'],
  ['rfcs/0001-x/README.md', ''],
  ['x.md', ''],
])('the folder that %s documents is %j', (path, expected) => {
  expect(documentedFolder(path)).toBe(expected);
});
