import {
  CITATION,
  type CitationParams,
  DECISIONS,
  type DecisionsParams,
  FEEDBACK,
  type FeedbackParams,
  HISTORY,
  type HistoryParams,
  LINK_CODE,
  type LinkCodeParams,
  NEW_DECISION,
  type NewDecisionParams,
  SUPERSEDE,
  type SupersedeParams,
} from '../../protocol/authoring.ts';
import { citation } from './citation.ts';
import { decisions } from './decisions.ts';
import type { Face } from './face.ts';
import { feedback } from './feedback.ts';
import { history } from './history.ts';
import { linkCode } from './link-code.ts';
import { newDecision } from './new-decision.ts';
import { supersede } from './supersede.ts';

/** Registers one request of a view; a failure is told to the client. */
export type Register = <P>(method: string, request: (face: Face, params: P, signal: AbortSignal) => Promise<unknown>) => void;

/**
 * Registers the requests around writing decisions.
 *
 * @param onLinks What governs may have changed: clients are to ask again.
 */
export const registerAuthoring = (on: Register, onLinks: () => void): void => {
  on<DecisionsParams>(DECISIONS, decisions);
  on<NewDecisionParams>(NEW_DECISION, newDecision);
  on<SupersedeParams>(SUPERSEDE, supersede);
  on<LinkCodeParams>(LINK_CODE, linkCode);
  on<CitationParams>(CITATION, citation);
  on<HistoryParams>(HISTORY, history);
  on<FeedbackParams>(FEEDBACK, async (face, params) => {
    const result = await feedback(face, params);
    onLinks();
    return result;
  });
};
