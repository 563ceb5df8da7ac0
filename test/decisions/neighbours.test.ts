import { describe, expect, it } from 'vitest';
import { neighbourEvidence } from '../../server/decisions/governing/neighbour.ts';
import { ownersOf, parseCodeowners } from '../../server/knowledge/codeowners.ts';
import { documentedFolder } from '../../server/register/documented-folder.ts';

const owners = (text: string) => {
  const rules = parseCodeowners(text);
  return (path: string) => ownersOf(rules, path);
};

describe('neighbours of code', () => {
  it('finds the package whose documentation a record belongs to', () => {
    expect(documentedFolder('services/payments/docs/adr/0001-retry.md')).toBe('services/payments');
    expect(documentedFolder('docs/adr/0001-retry.md')).toBe('');
  });

  it('takes a record of the same package for a neighbour, and none of the whole repository', () => {
    expect(neighbourEvidence('services/payments/docs/adr/0001-retry.md', 'services/payments/src/retry.ts')).toMatchObject({
      kind: 'neighbour',
      folder: 'services/payments',
    });
    expect(neighbourEvidence('services/payments/docs/adr/0001-retry.md', 'services/orders/src/retry.ts')).toBeUndefined();
    expect(neighbourEvidence('docs/adr/0001-retry.md', 'services/payments/src/retry.ts')).toBeUndefined();
  });

  it('takes a record that belongs to the same team for a weaker neighbour', () => {
    const of = owners('* @all\n/docs/adr/0001-* @money @all\n/services/payments/ @money\n/services/orders/ @orders\n');
    expect(neighbourEvidence('docs/adr/0001-retry.md', 'services/payments/src/retry.ts', of)).toMatchObject({
      kind: 'neighbour',
      owners: ['@money'],
      explanation: 'belongs to @money, as this file does',
    });
    expect(neighbourEvidence('docs/adr/0001-retry.md', 'services/orders/src/a.ts', of)).toBeUndefined();
    const own = neighbourEvidence('services/payments/docs/adr/0002-x.md', 'services/payments/src/retry.ts', of);
    expect(own?.folder).toBe('services/payments');
    expect(own?.weight).toBeGreaterThan(neighbourEvidence('docs/adr/0001-retry.md', 'services/payments/a.ts', of)?.weight ?? 1);
  });

  it('says nothing of people who own everything', () => {
    expect(neighbourEvidence('docs/adr/0001-retry.md', 'src/retry.ts', owners('* @all\n'))).toBeUndefined();
    expect(neighbourEvidence('docs/adr/0001-retry.md', 'src/retry.ts', owners(''))).toBeUndefined();
  });
});
