import { isRefused } from '../../../model/authoring.ts';
import type { ShadowCriteria } from '../../../model/test-runs.ts';
import { RefusedError, UsageError } from '../../command.ts';
import { json } from '../../hits.ts';
import { tellNotices } from '../../session.ts';
import { DIFF_OPTIONS, diffOf, type TestsAction, type TestsInvocation } from './options.ts';
import { recordRequest } from './record.ts';
import { sinceOf } from './report.ts';

const numberOf = (option: string, written: string | undefined): number | undefined => {
  if (written === undefined) return undefined;
  if (!/^\d{1,6}(?:\.\d{1,6})?%?$/.test(written)) throw new UsageError(`--${option}: give a number, not "${written}".`);
  return Number(written.replace('%', ''));
};

const criteriaOf = ({ values }: TestsInvocation): Partial<ShadowCriteria> => {
  const [runs, days, missed] = [numberOf('runs', values.runs), numberOf('days', values.days), numberOf('missed', values.missed)];
  if (missed !== undefined && missed > 100) throw new UsageError('--missed: give a percentage, such as 1%.');
  return {
    ...(runs === undefined ? {} : { runs }),
    ...(days === undefined ? {} : { days }),
    ...(missed === undefined ? {} : { missed: missed / 100 }),
  };
};

/** `lintel tests shadow`: ends with 0 where the gate is open, and with 10 (run all) where it is closed. */
export const shadowAction: TestsAction = {
  name: 'shadow',
  takes: [...DIFF_OPTIONS, 'junit', 'selection', 'took', 'override', 'folder', 'since', 'runs', 'days', 'missed'],
  arguments: [0, 10_000],
  run: async (engine, invocation) => {
    const { values, terminal } = invocation;
    const criteria = criteriaOf(invocation);
    const since = sinceOf(invocation);
    const request = recordRequest(invocation);
    if (request.reports.length > 0) {
      const recorded = await engine.testRuns.shadow({ ...request, diff: await diffOf(invocation) }, terminal.signal);
      if (isRefused(recorded)) throw new RefusedError(recorded.refused);
      tellNotices(invocation, recorded.notices);
    }
    const { gate, notices } = await engine.testRuns.report({
      from: terminal.folder,
      criteria,
      ...(values.folder === undefined ? {} : { folder: values.folder }),
      ...(since === undefined ? {} : { since }),
    });
    tellNotices(invocation, notices);
    await terminal.out(values.json ? json(gate) : `${gate.sentence}\n`);
    return gate.open ? 0 : 10;
  },
};
