import { factsOf } from '../../server/code/facts.ts';
import { splitPassages } from '../../server/knowledge/passages.ts';
import { readRecord } from '../../server/knowledge/records/record.ts';
import { DocumentIndex, type IndexedDocument } from '../../server/retrieval/knowledge.ts';
import { MutableSourceIndex } from '../../server/retrieval/source-index.ts';
import type { CodeChange } from '../../server/store/code-log.ts';

const DIMENSIONS = 2;

/** Records as the engine holds them, read by the real reader; their vectors say nothing. By path and text. */
export const knowledgeOf = (records: Readonly<Record<string, string>>): DocumentIndex => {
  const knowledge = new DocumentIndex(DIMENSIONS);
  const loaded = Object.entries(records).map(([path, text]) => {
    const document = readRecord({ path, text, sha: '' });
    const { sections: _, ...head } = document;
    const vector = Float32Array.of(1, 0);
    const passages = splitPassages(document).map(({ headingPath, text: part, span }) => ({
      headingPath,
      text: part,
      words: [],
      span,
      vector,
    }));
    return { head, version: text, passages };
  });
  knowledge.update(loaded, []);
  return knowledge;
};

/** One of them. */
export const heldRecord = (path: string, text: string): IndexedDocument => {
  const held = knowledgeOf({ [path]: text }).get(path);
  if (!held) throw new Error(`${path} is not held`);
  return held;
};

/** The index of source files with these contents. */
export const codeOf = (files: Readonly<Record<string, string>>): MutableSourceIndex => {
  const facts = new MutableSourceIndex();
  const changes = Object.entries(files).map(
    ([path, text]): CodeChange => ({ path, size: text.length, mtimeMs: 1, ...factsOf(path, text) }),
  );
  facts.take({ anew: true, changes });
  return facts;
};
