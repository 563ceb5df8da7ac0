import type { Workbench } from './workbench.ts';

export interface UiTest {
  /** A sentence that says what holds. */
  readonly title: string;
  /** Rejects where it does not hold. */
  readonly run: (workbench: Workbench) => Promise<void>;
}

export interface UiResult {
  readonly title: string;
  readonly state: 'passed' | 'failed';
  readonly milliseconds: number;
  readonly error?: string;
}

export interface Report {
  readonly file: string;
  /** Resolves to whether the test passed. */
  run(test: UiTest, workbench: Workbench): Promise<boolean>;
  /** Notes a failure outside any test. */
  broken(title: string, error: unknown): void;
  summary(): { readonly passed: number; readonly failed: number; readonly results: readonly UiResult[] };
}

const messageOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Runs tests one after the other and keeps what became of them. A failed test leaves a screenshot and does not stop the next one. */
export const createReport = (file: string): Report => {
  const results: UiResult[] = [];
  const note = (result: UiResult): void => {
    results.push(result);
    console.log(`${result.state === 'passed' ? '  ok' : 'FAIL'}  ${result.title} (${result.milliseconds} ms)`);
    if (result.error !== undefined) console.log(result.error);
  };
  return {
    file,
    run: async (test, workbench) => {
      const begun = performance.now();
      const took = (): number => Math.round(performance.now() - begun);
      try {
        await test.run(workbench);
        note({ title: test.title, state: 'passed', milliseconds: took() });
        return true;
      } catch (error) {
        await workbench.screenshot(`failed-${test.title.replace(/\W+/g, '-').slice(0, 60)}`).catch(() => undefined);
        note({ title: test.title, state: 'failed', milliseconds: took(), error: messageOf(error) });
        return false;
      }
    },
    broken: (title, error) => note({ title, state: 'failed', milliseconds: 0, error: messageOf(error) }),
    summary: () => ({
      passed: results.filter(({ state }) => state === 'passed').length,
      failed: results.filter(({ state }) => state === 'failed').length,
      results,
    }),
  };
};
