import { describe, expect, it } from 'vitest';
import { asksForBumps, isBump, sameness } from '../../server/retrieval/routine-commits.ts';

describe('a commit that only raises a version', () => {
  it.each([
    'chore(deps): Bump lib.protobuf-java.version to 4.33.0',
    'Bump lodash from 4.17.20 to 4.17.21',
    'build(deps-dev): bump the group with 3 updates',
    'fix(deps): update dependency react to v19',
    'Update docker/build-push-action action to v6',
    'chore(deps): lock file maintenance',
  ])('is %s', (subject) => expect(isBump(subject)).toBe(true));

  it.each(['Raise the baseline to Java 25', 'Update the record on queues', 'fix: update totals of orders', 'Add dependency injection'])(
    'is not %s',
    (subject) => expect(isBump(subject)).toBe(false),
  );

  it('is told once for one dependency, and other commits once for one subject', () => {
    expect(sameness('Bump lodash from 4.17.20 to 4.17.21')).toBe(sameness('Bump lodash from 4.17.21 to 4.18.0 (#12)'));
    expect(sameness('Bump lodash from 1 to 2')).not.toBe(sameness('Bump react from 1 to 2'));
    expect(sameness('Fix totals (#12)')).toBe(sameness('Fix totals (#15)'));
    expect(sameness('Fix issue 12')).not.toBe(sameness('Fix issue 13'));
  });

  it('is wanted by a question for it', () => {
    expect(asksForBumps('who bumped protobuf')).toBe(true);
    expect(asksForBumps('which java version')).toBe(false);
  });
});
