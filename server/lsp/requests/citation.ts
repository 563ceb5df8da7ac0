import type { CitationParams, CitationResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { locate, wireRefused } from '../authoring-wire.ts';
import type { RequestContext } from '../context.ts';

/** `lintel/citation`: how this repository cites a record. */
export const citation = async (context: RequestContext, params: CitationParams): Promise<CitationResult> => {
  const { engine, repository, path } = await locate(context, params?.uri, 'lintel/citation');
  const answer = await engine.authoring.citation(path);
  return isRefused(answer) ? wireRefused(context.workspaces, repository, answer) : answer;
};
