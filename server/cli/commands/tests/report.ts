import { EXIT, UsageError } from '../../command.ts';
import { json } from '../../hits.ts';
import { tellNotices } from '../../session.ts';
import { reportText } from '../../test-report.ts';
import { reportPage } from '../../test-report-page.ts';
import { formatOf, type TestsAction, type TestsInvocation } from './options.ts';

const FORMATS = ['text', 'json', 'html'] as const;

/** The day of `--since`. */
export const sinceOf = ({ values: { since } }: TestsInvocation): string | undefined => {
  if (since !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(since) || Number.isNaN(Date.parse(since))))
    throw new UsageError('--since: give a day, such as 2026-11-01.');
  return since;
};

/** `lintel tests report` */
export const reportAction: TestsAction = {
  name: 'report',
  takes: ['format', 'since', 'folder'],
  run: async (engine, invocation) => {
    const { values, terminal } = invocation;
    const format = formatOf(invocation, FORMATS);
    const since = sinceOf(invocation);
    const report = await engine.testRuns.report({
      from: terminal.folder,
      ...(values.folder === undefined ? {} : { folder: values.folder }),
      ...(since === undefined ? {} : { since }),
    });
    tellNotices(invocation, report.notices);
    await terminal.out(format === 'json' ? json(report) : format === 'html' ? reportPage(report) : reportText(report));
    return EXIT.ok;
  },
};
