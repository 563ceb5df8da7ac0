import type { CitationParams, CitationResult } from '../../protocol/authoring.ts';
import { isRefused } from '../model/authoring.ts';
import { locate, wireRefused } from './authoring-wire.ts';
import type { Face } from './face.ts';

/** `lintel/citation`: how this repository cites a record. */
export const citation = async (face: Face, params: CitationParams): Promise<CitationResult> => {
  const { engine, repository, path } = await locate(face, params?.uri, 'lintel/citation');
  const answer = await engine.authoring.citation(path);
  return isRefused(answer) ? wireRefused(face.workspaces, repository, answer) : answer;
};
