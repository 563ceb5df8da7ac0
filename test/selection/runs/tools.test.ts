import { describe, expect, it } from 'vitest';
import { readTestReport } from '../../../server/selection/runs/read-report.ts';
import { resultsOf } from '../../../server/selection/runs/results.ts';

/** What tools wrote when they ran, without stacks, times of day and properties of the machine. */
const GOTESTSUM = (tests: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="6" failures="0" errors="0" time="5.883476">
	<testsuite tests="6" failures="0" time="0.628000" name="example.com/shop/e2e/checkout" timestamp="2026-11-28T00:04:35Z">
		<properties>
			<property name="go.version" value="go1.19.8 linux/amd64"></property>
		</properties>
${tests}
	</testsuite>
</testsuites>`;
const goTest = (name: string, time: string, inside = ''): string =>
  `		<testcase classname="example.com/shop/e2e/checkout" name="${name}" time="${time}">${inside}</testcase>`;
const GO_FAILURE = '<failure message="Failed" type="">=== RUN   TestPay&#xA;    pay_test.go:14: not yet &amp; &lt;never&gt;&#xA;</failure>';

const SUREFIRE = (name: string, tests: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd" name="shop.${name}" time="0.001" tests="1" errors="0" skipped="0" failures="0">
  <properties>
    <property name="java.class.path" value="/ci/shop/target/test-classes:"/>
  </properties>
${tests}
</testsuite>`;

const WDIO = (file: string, suite: string, tests: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="0" errors="0" skipped="1">
  <testsuite name="${suite}" timestamp="2026-11-28T00:08:48" time="8.328" tests="3" failures="0" errors="0" skipped="1">
    <properties>
      <property name="specId" value="0"/>
      <property name="suiteName" value="${suite}"/>
      <property name="capabilities" value="chrome.156_0_8078_108.linux"/>
      <property name="file" value="file://./test/specs/${file}"/>
    </properties>
${tests}
  </testsuite>
</testsuites>`;
const wdioTest = (suite: string, name: string, inside: string): string =>
  `    <testcase classname="chrome.156_0_8078_108.linux.${suite}" name="${name}" time="1.043">${inside}</testcase>`;
const WDIO_ERROR =
  '<system-err><![CDATA[\nError: not yet\n    at Context.<anonymous> (file:///ci/shop/test/specs/login.e2e.js:4:94)\n]]></system-err>';

const SPECS = {
  'e2e/checkout/pay_test.go': 'func TestPay(t *testing.T) {}\nfunc TestInTurn(t *testing.T) {}\nfunc TestSideBySide(t *testing.T) {}',
  'e2e/checkout/refund_test.go': 'func TestRefund(t *testing.T) {}',
  'src/test/java/shop/CartIT.java': 'package shop; public class CartIT {}',
  'src/test/java/shop/SetUpTest.java': 'package shop; public class SetUpTest {}',
  'src/test/java/shop/OffTest.java': 'package shop; @Ignore public class OffTest {}',
  'test/specs/cart.e2e.js': "describe('Works', () => {})",
  'test/specs/login.e2e.js': "describe('Works', () => {})",
};
const read = (...texts: readonly string[]) =>
  resultsOf(
    texts.map((text) => {
      const report = readTestReport(new TextEncoder().encode(text));
      if ('refused' in report) throw new Error(report.refused);
      return report;
    }),
    Object.entries(SPECS).map(([path, text]) => ({ path, text })),
  );

describe('reports as the tools themselves write them', () => {
  it('of gotestsum, with a rerun and a subtest that is skipped', () => {
    const again = [goTest('TestPay', '0.000000', GO_FAILURE), goTest('TestRefund/by_card', '0.0', '<skipped message="later"></skipped>')];
    const { results, unmatched, errors } = read(
      GOTESTSUM([...again, goTest('TestPay', '0.000000'), goTest('TestRefund', '0.0')].join('\n')),
    );
    expect(results).toMatchObject([
      { path: 'e2e/checkout/pay_test.go', outcome: 'flaky' },
      { path: 'e2e/checkout/refund_test.go', outcome: 'passed' },
    ]);
    expect([...unmatched, ...errors]).toEqual([]);
  });

  it('of gotestsum, where the time of a test holds that of its subtests, unless they run in parallel', () => {
    const inTurn = [goTest('TestInTurn/a', '0.200000'), goTest('TestInTurn/b/c', '0.200000'), goTest('TestInTurn', '0.410000')];
    const parallel = [goTest('TestSideBySide/a', '0.200000'), goTest('TestSideBySide/b', '0.200000'), goTest('TestSideBySide', '0.000000')];
    expect(read(GOTESTSUM(inTurn.join('\n'))).results).toMatchObject([{ seconds: 0.41 }]);
    expect(read(GOTESTSUM([...inTurn, ...parallel].join('\n'))).results).toMatchObject([{ seconds: 0.81 }]);
  });

  it('of Surefire, with reruns, a class whose set-up fails, and one that is skipped', () => {
    const stack = '<stackTrace><![CDATA[java.lang.AssertionError: once & <never>\n\tat shop.CartIT.flaky(CartIT.java:5)\n]]></stackTrace>';
    const flaky = `  <testcase name="flaky" classname="shop.CartIT" time="0">\n    <flakyFailure message="once &amp; &lt;never&gt;" type="java.lang.AssertionError">${stack}</flakyFailure>\n  </testcase>`;
    const error = `<error message="no browser" type="java.lang.IllegalStateException">java.lang.IllegalStateException: no browser</error>`;
    const rerun = `<rerunError message="no browser" type="java.lang.IllegalStateException">${stack}</rerunError>`;
    const { results } = read(
      SUREFIRE('CartIT', flaky),
      SUREFIRE('SetUpTest', `  <testcase name="shop.SetUpTest" classname="shop.SetUpTest" time="0.015">${error}${rerun}</testcase>`),
      SUREFIRE('OffTest', '  <testcase name="shop.OffTest" classname="shop.OffTest" time="0"><skipped/></testcase>'),
    );
    expect(results.map(({ path, outcome }) => `${path} ${outcome}`)).toEqual([
      'src/test/java/shop/CartIT.java flaky',
      'src/test/java/shop/OffTest.java skipped',
      'src/test/java/shop/SetUpTest.java failed',
    ]);
  });

  it('of WebdriverIO, by the file in a property, with an attempt that it calls skipped', () => {
    const { results } = read(
      WDIO(
        'login.e2e.js',
        'Works',
        `${wdioTest('Works', 'comes and goes', `<skipped/>${WDIO_ERROR}`)}\n${wdioTest('Works', 'comes and goes', '')}`,
      ),
      WDIO('cart.e2e.js', 'Works', `${wdioTest('Works', 'shows the shelf', '')}\n${wdioTest('Works', 'is emptied', '<skipped/>')}`),
    );
    expect(results).toMatchObject([
      { path: 'test/specs/cart.e2e.js', outcome: 'passed' },
      { path: 'test/specs/login.e2e.js', outcome: 'flaky' },
    ]);
  });

  it('where what is skipped may write errors, if nothing follows', () => {
    const { results } = read(WDIO('login.e2e.js', 'Works', wdioTest('Works', 'comes and goes', `<skipped/>${WDIO_ERROR}`)));
    expect(results).toMatchObject([{ path: 'test/specs/login.e2e.js', outcome: 'skipped' }]);
  });
});
