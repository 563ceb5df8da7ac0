import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { WhyParams, WhyResult } from '../../protocol/index.ts';
import { type Face, placeOf } from './face.ts';
import { wireHit } from './wire.ts';

/** `lintel/why`: what governs a place and what else is worth reading there; a file of no open repository has neither. */
export const why = async (face: Face, params: WhyParams, signal: AbortSignal): Promise<WhyResult> => {
  if (typeof params?.uri !== 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, 'lintel/why needs the "uri" of a file.');
  const located = await placeOf(face, params.uri, params.line);
  if (located === undefined) return { governing: [], related: [], index: { sha: '', behind: 0 } };
  const answer = await located.engine.why(located.place, signal);
  const wire = (hit: (typeof answer.governing)[number]) => wireHit(face.workspaces, located.repository, hit);
  const { governing, related, index, notices } = answer;
  return { governing: governing.map(wire), related: related.map(wire), index, ...(notices ? { notices } : {}) };
};
