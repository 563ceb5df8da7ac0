import type { Schema } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreDocument } from '../../server/engine/stored-document.ts';
import { rowsOf } from '../../server/indexing/rows.ts';
import { readDocument } from '../../server/knowledge/read.ts';
import type { Document } from '../../server/model/document.ts';
import { decodeRows, encodeRows, makeSchema, NUMBER_COLUMNS, TEXT_COLUMNS } from '../../server/store/encode.ts';
import { loadNative } from '../../server/store/native.ts';
import type { Store } from '../../server/store/store.ts';

const COLUMNS = [...TEXT_COLUMNS, ...NUMBER_COLUMNS, 'vector'] as const;
const embedder = {
  name: 'none',
  fingerprint: 'none',
  dimensions: 2,
  embed: (texts: readonly string[]) => Promise.resolve(texts.map(() => Float32Array.of(1, 0))),
  dispose: () => Promise.resolve(),
};

/** Indexes a record, writes its rows to an Arrow table in memory and restores the document from what comes back. */
const restored = async (text: string): Promise<Document | undefined> => {
  const native = await loadNative();
  const document = readDocument({ path: 'docs/adr/0001-x.md', kind: 'decision', format: 'markdown', sha: 'abc', text });
  const schema: Schema = makeSchema(native, 2, 'none');
  const rows = decodeRows(encodeRows(native, schema, await rowsOf([document], embedder)), COLUMNS);
  const store: Pick<Store, 'rowsOf'> = { rowsOf: async () => rows };
  return restoreDocument(store as Store, document.id);
};

describe('the headings of a restored document', () => {
  it('keep their level where one contains the sign that paths are shown with', async () => {
    const document = await restored('# Messaging\n\n## Kafka > RabbitMQ\n\nWe use Kafka.\n');
    expect(document?.sections).toMatchObject([
      { heading: 'Kafka > RabbitMQ', level: 2, headingPath: ['Messaging', 'Kafka > RabbitMQ'], text: 'We use Kafka.' },
    ]);
  });

  it('are those that were read, whatever characters they are made of', async () => {
    const heading = fc.string({ unit: fc.constantFrom('a', ' > ', '"', ']', ',', '\\\\', 'ä', '👍'), minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(heading, heading, async (top, below) => {
        const text = `# x${top}x\n\nIntro.\n\n## x${below}x\n\nBody.\n`;
        const read = readDocument({ path: 'docs/adr/0001-x.md', kind: 'decision', format: 'markdown', sha: 'abc', text });
        const pick = ({ sections }: Document) => sections.map(({ heading, level, headingPath }) => ({ heading, level, headingPath }));
        const back = await restored(text);
        expect(back && pick(back)).toEqual(pick(read));
      }),
      { numRuns: 50 },
    );
  });
});
