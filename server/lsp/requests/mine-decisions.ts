import { MINE_DECISIONS, type MineDecisionsParams, type MineDecisionsResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireRefused } from '../wire.ts';

/** All messages of the log are read. Seconds. */
const LONGEST = 300;

export const mineDecisionsRequest = lintelRequest<MineDecisionsParams, MineDecisionsResult>(
  MINE_DECISIONS,
  async (context, { uri, since }, signal) => {
    const { engine, repository } = await fileParam(context, uri);
    const answer = await engine.authoring.mine(since === undefined ? {} : { since }, signal);
    return isRefused(answer) ? wireRefused(context.repositories, repository, answer) : answer;
  },
  { seconds: LONGEST },
);
