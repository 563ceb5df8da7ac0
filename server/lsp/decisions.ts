import type { DecisionsParams, DecisionsResult } from '../../protocol/authoring.ts';
import { locate, wireRecord } from './authoring-wire.ts';
import type { Face } from './face.ts';

/** `lintel/decisions`: all decisions of a repository, for a person to choose from. */
export const decisions = async (face: Face, params: DecisionsParams): Promise<DecisionsResult> => {
  const { engine, repository } = await locate(face, params?.uri, 'lintel/decisions');
  return { decisions: (await engine.authoring.list()).map((record) => wireRecord(face.workspaces, repository, record)) };
};
