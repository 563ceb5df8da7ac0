import { DEFAULT_BRANCH, type DefaultBranchParams, type DefaultBranchResult } from '../../../../protocol/tests.ts';
import { fileParam } from '../../params.ts';
import { lintelRequest } from '../../request.ts';

export const defaultBranchRequest = lintelRequest<DefaultBranchParams, DefaultBranchResult>(
  DEFAULT_BRANCH,
  async (context, { uri }, signal) => {
    const branch = await (await fileParam(context, uri)).engine.defaultBranch(signal);
    return branch === undefined ? {} : { branch };
  },
);
