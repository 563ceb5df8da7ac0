import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../server/indexing/progress.ts';
import type { IndexProgress } from '../../server/model/answer.ts';

describe('the progress of a run', () => {
  const meter = (): { readonly meter: ProgressMeter; readonly reports: IndexProgress[] } => {
    const reports: IndexProgress[] = [];
    return { meter: new ProgressMeter((progress) => reports.push(progress)), reports };
  };

  it('begins at zero in the first phase', () => expect(meter().reports).toEqual([{ phase: 'plan', done: 0, total: 0, percent: 0 }]));

  it('is reported once per percent and at each change of phase', () => {
    const { meter: progress, reports } = meter();
    progress.expect(1_000);
    for (let unit = 0; unit < 20; unit++) progress.advance('read', 1);
    progress.advance('write', 0);
    expect(reports.map(({ phase, percent }) => `${phase} ${percent}`)).toEqual(['plan 0', 'read 0', 'read 1', 'read 2', 'write 2']);
  });

  it('is never more than the whole', () => {
    const { meter: progress, reports } = meter();
    progress.expect(10);
    progress.advance('read', 25);
    expect(reports.at(-1)).toEqual({ phase: 'read', done: 10, total: 10, percent: 100 });
  });

  it('never falls, although work is added while it is done', () => {
    const step = fc.oneof(
      fc.record({ expect: fc.nat(500) }),
      fc.record({ advance: fc.nat(200), phase: fc.constantFrom<IndexProgress['phase']>('read', 'embed', 'write', 'upkeep') }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { meter: progress, reports } = meter();
        for (const each of steps) {
          if ('expect' in each) progress.expect(each.expect);
          else progress.advance(each.phase, each.advance);
        }
        const percents = reports.map(({ percent }) => percent);
        expect(percents).toEqual(percents.toSorted((a, b) => a - b));
        for (const { done, total, percent } of reports) {
          expect(done).toBeLessThanOrEqual(total);
          expect(percent).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
