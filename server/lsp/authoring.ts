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
import type { RequestContext } from './context.ts';
import { citation } from './requests/citation.ts';
import { decisions } from './requests/decisions.ts';
import { feedback } from './requests/feedback.ts';
import { history } from './requests/history.ts';
import { linkCode } from './requests/link-code.ts';
import { newDecision } from './requests/new-decision.ts';
import { supersede } from './requests/supersede.ts';

/** Registers one request of a view; a failure is told to the client. */
export type Register = <P>(method: string, request: (context: RequestContext, params: P, signal: AbortSignal) => Promise<unknown>) => void;

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
  on<FeedbackParams>(FEEDBACK, async (context, params) => {
    const result = await feedback(context, params);
    onLinks();
    return result;
  });
};
