import { describe, expect, it } from 'vitest';
import { readTestReport, resultsOf } from '../../../server/selection/index.ts';

const read = (text: string) => {
  const report = readTestReport(Buffer.from(text));
  if ('refused' in report) throw new Error(report.refused);
  return report;
};

const junit = read(
  '<testsuites time="3"><testsuite name="order.spec.ts" time="3"><testcase name="Order › pays" classname="order.spec.ts" time="3"><failure/></testcase></testsuite></testsuites>',
);
const result = { status: 'failed', duration: 3000, retry: 0 };
const order = { title: 'pays', ok: false, file: 'order.spec.ts', tests: [{ projectName: '', status: 'unexpected', results: [result] }] };
const suite = { title: 'Order', file: 'order.spec.ts', specs: [order] };
const playwright = read(
  JSON.stringify({
    config: { rootDir: '/ci/shop/e2e' },
    suites: [{ title: 'order.spec.ts', file: 'order.spec.ts', specs: [], suites: [suite] }],
    errors: [],
    stats: { duration: 3000 },
  }),
);
const SPECS = [{ path: 'e2e/order.spec.ts', text: "test.describe('Order', () => { test('pays', () => {}); });" }];

describe('JUnit and the JSON of Playwright of one run', () => {
  it.each([
    ['JUnit first', [junit, playwright]],
    ['JSON first', [playwright, junit]],
  ])('count the time and the failing test once: %s', (_, reports) => {
    const { results, seconds } = resultsOf(reports, SPECS);
    expect(results).toMatchObject([{ path: 'e2e/order.spec.ts', outcome: 'failed', seconds: 3 }]);
    expect(results[0]?.failing).toHaveLength(1);
    expect(seconds).toBe(3);
  });

  it('add up where two reports of one format tell of different shards', () => {
    expect(resultsOf([junit, junit], SPECS).seconds).toBe(6);
  });
});
