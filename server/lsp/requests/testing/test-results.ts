import { TEST_RESULTS, type TestResultsParams, type TestResultsResult } from '../../../../protocol/tests.ts';
import { fileParam } from '../../params.ts';
import { lintelRequest } from '../../request.ts';

/** What a runner that the client started has written, read as recorded runs are. */
export const testResultsRequest = lintelRequest<TestResultsParams, TestResultsResult>(
  TEST_RESULTS,
  async (context, { uri, specs, reports }, signal) => ({
    results: await (await fileParam(context, uri)).engine.testRuns.outcomes(reports, specs, signal),
  }),
);
