import { describe, expect, it } from 'vitest';
import type { EvidenceKind } from '../../protocol/index.ts';
import { isAnchored, isLikeness, mayGovern } from '../../server/model/evidence.ts';

/** What each kind of evidence can show: [may make a record govern, names its own lines, is only a likeness of texts]. */
const EXPECTED: Readonly<Record<EvidenceKind, readonly [boolean, boolean, boolean]>> = {
  cited: [true, true, false],
  scoped: [true, true, false],
  declared: [true, true, false],
  'changed-together': [true, false, false],
  'explained-by': [true, false, false],
  neighbour: [false, false, false],
  similar: [false, false, true],
  matched: [false, false, true],
};

describe('the roles of evidence', () => {
  it.each(Object.entries(EXPECTED) as [EvidenceKind, readonly boolean[]][])(
    '%s evidence has the role that decision 0012 relies on',
    (kind, expected) => {
      expect([mayGovern({ kind }), isAnchored({ kind }), isLikeness({ kind })]).toEqual(expected);
    },
  );

  it('never let a likeness of texts govern', () => {
    for (const kind of Object.keys(EXPECTED) as EvidenceKind[]) expect(isLikeness({ kind }) && mayGovern({ kind })).toBe(false);
  });
});
