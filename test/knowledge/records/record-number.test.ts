import { describe, expect, it } from 'vitest';
import { links, record } from './support.ts';

/** Number and series of a record without a number in its file name. */
const numberOf = (text: string, path = 'docs/adr/use-kafka.md') => {
  const { number, namespace } = record(text, path);
  return [namespace ?? 'adr', number];
};

describe('the number of a record', () => {
  it.each([
    ['id: ADR-0007', 'adr', '7'],
    ['id: A-13', 'a', '13'],
    ['number: 7', 'adr', '7'],
    ['adr: "0007"', 'adr', '7'],
    ['adr-id: ADR 7', 'adr', '7'],
    ['rfc: 12', 'rfc', '12'],
    ['id: use-kafka', 'adr', undefined],
    ['id: 20240304', 'adr', undefined],
    ['id: UTF-8', 'adr', undefined],
  ])('is read from the front matter %s', (line, namespace, number) => {
    expect(numberOf(`---\n${line}\n---\n# Use Kafka\n`)).toEqual([namespace, number]);
  });

  it('is read from a field and from the title', () => {
    expect(numberOf('# Use Kafka\n\n* ID: ADR-0007\n')).toEqual(['adr', '7']);
    expect(numberOf('# A-13: Use Kafka\n')).toEqual(['a', '13']);
    expect(numberOf('# ADR-0007\n\n## Use Kafka\n')).toEqual(['adr', '7']);
  });

  it('is that of the file before every other', () => {
    expect(numberOf('---\nid: 99\n---\n# ADR-98: Use Kafka\n', 'docs/adr/0007-use-kafka.md')).toEqual(['adr', '7']);
  });

  it('has the letters of a proposal that names the same number', () => {
    expect(numberOf('# Use Kafka\n\n* Proposal: [SE-0007](0007-use-kafka.md)\n', 'proposals/0007-use-kafka.md')).toEqual(['se', '7']);
  });
});

describe('letters and a number in a text', () => {
  const path = 'docs/adr/A-14-flows.md';

  it('are a link to a record of the same series', () =>
    expect(links(record('# Flows\n\nAs A-13 says, in UTF-8.\n', path))).toEqual(['cites A-13']));

  it('are a link to a record of another series only where the record is replaced by it', () => {
    expect(links(record('# Flows\n\n## Status\n\nSuperseded by B-3\n\n## Context\n\nAs B-4 says.\n', path))).toEqual(['superseded-by B-3']);
  });
});
