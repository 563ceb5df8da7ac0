import { groupBy } from '../../text/group-by.ts';
import type { ReportedTest } from './report.ts';

const GO_SUBTEST = /^(?:Test|Fuzz|Example|Benchmark)\w*\//;

/**
 * The same tests, each with the time that no other has. Reports of Go name subtests beside their test, as `TestPay/by_card`, and the time of a test holds
 * that of its subtests unless they run in parallel.
 */
export function withoutSubtestTime<Test extends ReportedTest & { readonly report: number }>(tests: readonly Test[]): readonly Test[] {
  if (!tests.some(({ name }) => GO_SUBTEST.test(name))) return tests;
  const inside = new Map<Test, number>();
  for (const own of groupBy(tests, ({ report, group, classname }) => `${report} ${group} ${classname}`).values()) {
    const byName = new Map(own.map((test) => [test.name, test]));
    const innermostFirst = own.filter(({ name }) => GO_SUBTEST.test(name)).sort((a, b) => b.name.length - a.name.length);
    for (const test of innermostFirst) {
      const above = aboveOf(test.name, byName);
      if (above) inside.set(above, (inside.get(above) ?? 0) + Math.max(test.seconds, inside.get(test) ?? 0));
    }
  }
  return tests.map((test) => {
    const within = inside.get(test);
    return within === undefined ? test : { ...test, seconds: Math.max(0, test.seconds - within) };
  });
}

/** The nearest test around a subtest; names of subtests may have slashes of their own. */
const aboveOf = <Test>(name: string, byName: ReadonlyMap<string, Test>): Test | undefined => {
  for (let end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
    const above = byName.get(name.slice(0, end));
    if (above) return above;
  }
  return undefined;
};
