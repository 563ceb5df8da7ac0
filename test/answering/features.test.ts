import { describe, expect, it } from 'vitest';
import { type FoundDocument, featuresOf, scoreOf } from '../../server/answering/features.ts';
import { questionOf } from '../../server/answering/question.ts';
import { candidatesOfCommit } from '../../server/answering/stretches.ts';
import type { DocumentHead } from '../../server/model/document.ts';

const ID = 'commit:abcdef';
const HEAD: DocumentHead = { id: ID, kind: 'commit', sha: 'abcdef', title: 'Send edits slowly', format: 'commit', links: [], findings: [] };
const MESSAGE = 'Send edits slowly\n\nThe intervals are constants now.\n\nOtherwise the editor never gets to read its messages.';
const FOUND: FoundDocument = { id: ID, score: 1, rank: 0, reason: { startLine: 5, endLine: 5 } };
const VECTOR = Float32Array.of(1);

const featuresFor = (written: string, found: FoundDocument = FOUND) => {
  const candidates = candidatesOfCommit(HEAD, MESSAGE);
  const vectors = candidates.map(() => VECTOR);
  return featuresOf(questionOf(written), candidates, new Map([[ID, found]]), vectors, VECTOR, () => 1, new Map());
};

describe('the lines of a commit', () => {
  it('that say why weigh most where the question asks why', () => {
    const features = featuresFor('Why are edits sent slowly?');
    expect(features.map(({ explains }) => explains)).toEqual([0, 0, 1]);
    expect(features.map(({ told }) => told)).toEqual([1, 1, 1]);
    const [, second = 0, reason = 0] = features.map(scoreOf);
    expect(reason - second).toBeGreaterThan(2);
  });

  it('weigh no more where the question asks something else, or where no sentence says why', () => {
    const { reason: _, ...plain } = FOUND;
    expect(featuresFor('How are edits sent?').every(({ explains, told }) => explains === 0 && told === 0)).toBe(true);
    expect(featuresFor('Why are edits sent slowly?', plain).every(({ explains }) => explains === 0)).toBe(true);
  });
});
