import { describe, expect, it } from 'vitest';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { StoreUnusable } from '../../server/store/failure.ts';
import { decodeHead, encodeHead } from '../../server/store/head.ts';

const read = (text: string) => readRecord({ path: 'docs/adr/0007-use-kafka.md', text, sha: 'c0ffee' });
const FOLDER = '/cache/shop';
const TEXT = '# Use Kafka\n\nStatus: accepted\n\n## Context\n\nQueues are slow, see ADR-4.\n';

describe('the head of a document in the store', () => {
  it('comes back as everything of the document but its sections', () => {
    const { sections, ...head } = read(TEXT);
    expect(sections).not.toEqual([]);
    expect(decodeHead(encodeHead(read(TEXT)), FOLDER)).toEqual(head);
  });

  it('is the same text for the same document', () => expect(encodeHead(read(TEXT))).toBe(encodeHead(read(TEXT))));

  it('changes with the text of a section, although it does not contain it', () => {
    const changed = read(TEXT.replace('slow', 'late'));
    expect(encodeHead(changed)).not.toBe(encodeHead(read(TEXT)));
    expect(decodeHead(encodeHead(changed), FOLDER)).toEqual(decodeHead(encodeHead(read(TEXT)), FOLDER));
    expect(encodeHead(changed)).not.toContain('late');
  });

  it('means that the store is damaged where the stored text is not JSON', () =>
    expect(() => decodeHead('{"id"', FOLDER)).toThrow(StoreUnusable));
});
