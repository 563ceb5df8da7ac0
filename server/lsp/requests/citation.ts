import { CITATION, type CitationParams, type CitationResult } from '../../../protocol/authoring.ts';
import { isRefused } from '../../model/authoring.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireRefused } from '../wire.ts';

export const citationRequest = lintelRequest<CitationParams, CitationResult>(CITATION, async (context, params) => {
  const { engine, repository, path } = await fileParam(context, params.uri);
  const answer = await engine.authoring.citation(path);
  return isRefused(answer) ? wireRefused(context.repositories, repository, answer) : answer;
});
