import { expect, it } from 'vitest';
import { catalogueOf } from '../../server/register/catalogue.ts';
import { statesSuccessor } from '../../server/register/stated-successor.ts';
import { record } from '../knowledge/records/support.ts';

const path = (number: number): string => `docs/adr/000${number}-record-${number}.md`;
const adr = (number: number, body: string) => record(`# Title of ${number}\n\n${body}\n`, path(number));

it.each([
  ['in its status', '## Status\n\nSuperseded by ADR 2', 'Accepted', true],
  ['in front of the status of the next', '## Status\n\nSuperseded by ADR 3', 'Accepted', false],
  ['in part only', '## Status\n\nSuperseded by ADR 2 (partially)', 'Accepted', false],
  ['in a sentence of the body only', '## Status\n\nSuperseded\n\n## Decision\n\nThis ADR was superseded by ADR 2.', 'Accepted', false],
  ['nowhere: only the successor says so', '## Status\n\nAccepted', 'Accepted\n\nSupersedes ADR 1', false],
])('a record names its successor %s', (_where, body, next, expected) => {
  const records = [adr(1, body), adr(2, `## Status\n\n${next}`), adr(3, '## Status\n\nAccepted')];
  const [first] = records;
  expect(first && statesSuccessor(catalogueOf(records), first, path(2))).toBe(expected);
});

it('a record names its successor through others whose statuses do, and ends in a circle', () => {
  const records = [
    adr(1, '## Status\n\nSuperseded by ADR 2'),
    adr(2, '## Status\n\nSuperseded by ADR 3'),
    adr(3, '## Status\n\nSuperseded by ADR 1'),
  ];
  const [first] = records;
  expect(first && [3, 4].map((number) => statesSuccessor(catalogueOf(records), first, path(number)))).toEqual([true, false]);
});
