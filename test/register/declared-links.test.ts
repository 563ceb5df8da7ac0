import { describe, expect, it } from 'vitest';
import { readLinks } from '../../server/knowledge/links/links.ts';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { catalogueOf } from '../../server/register/catalogue.ts';
import { type LinkIndex, linkIndexOf, recordsMatching } from '../../server/register/declared-links.ts';

const KAFKA = 'docs/adr/0007-use-kafka.md';
const NATS = 'docs/adr/0012-use-nats.md';
const STOCK = 'services/stock/docs/adr/0007-count-twice.md';
const MAIL = 'docs/rfcs/0007-mail/README.md';
const PATHS = [KAFKA, NATS, STOCK, MAIL];

const catalogue = catalogueOf(PATHS.map((path) => readRecord({ path, text: `# ${path}\n`, sha: '' })));
const book = (...links: string[]): LinkIndex =>
  linkIndexOf(readLinks(`links:\n${links.map((link) => `  - { ${link} }\n`).join('')}`), catalogue);
const called = (written: string): string[] => recordsMatching(catalogue, written).map(({ path }) => path);

describe('the record that a link names', () => {
  it('is found by path, with or without a dot before it', () => {
    expect(called(KAFKA)).toEqual([KAFKA]);
    expect(called(`./${KAFKA}`)).toEqual([KAFKA]);
  });

  it('is followed to its new folder, to its new number, and by the words of its name', () => {
    expect(called('doc/architecture/0007-use-kafka.md')).toEqual([KAFKA]);
    expect(called('docs/adr/0003-use-nats.md')).toEqual([NATS]);
    expect(called('use-nats')).toEqual([NATS]);
    expect(called('0007-use-kafka')).toEqual([KAFKA]);
  });

  it('is found by number only where the number is unique, and told as ambiguous where it is not', () => {
    expect(called('12')).toEqual([NATS]);
    expect(called('ADR-0012')).toEqual([NATS]);
    expect(called('0007').sort()).toEqual([KAFKA, STOCK]);
    expect(called('RFC 7')).toEqual([MAIL]);
    expect(called('99')).toEqual([]);
  });

  it('is followed by number where the words are alike, never where the number was given to another decision', () => {
    expect(called('docs/adr/0012-use-nats-jetstream.md')).toEqual([NATS]);
    expect(called('docs/adr/0012-paint-it-black.md')).toEqual([]);
  });

  it('is a problem at its place where it is unknown or ambiguous', () => {
    const { findings, byRecord } = book(
      'decision: 7, code: a, verdict: governs',
      'decision: nobody, code: a, verdict: governs',
      `decision: ${NATS}, code: a, verdict: governs`,
    );
    expect([...byRecord.keys()]).toEqual([NATS]);
    expect(findings.map(({ rule, message, span }) => [rule, message, span.start.line])).toEqual([
      ['link-unknown-decision', `"7" may mean 2 decision records, so this link has no effect. Use the path of one, such as ${KAFKA}.`, 1],
      ['link-unknown-decision', 'No decision record matches "nobody", so this link has no effect. Use the path of the record.', 2],
    ]);
  });
});
