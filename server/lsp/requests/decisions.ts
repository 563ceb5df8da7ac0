import type { DecisionsParams, DecisionsResult } from '../../../protocol/authoring.ts';
import { locate, wireRecord } from '../authoring-wire.ts';
import type { RequestContext } from '../context.ts';

/** `lintel/decisions`: all decisions of a repository, for a person to choose from. */
export const decisions = async (context: RequestContext, params: DecisionsParams): Promise<DecisionsResult> => {
  const { engine, repository } = await locate(context, params?.uri, 'lintel/decisions');
  return { decisions: (await engine.authoring.list()).map((record) => wireRecord(context.workspaces, repository, record)) };
};
