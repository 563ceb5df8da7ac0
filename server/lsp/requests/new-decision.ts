import { type AuthoredResult, NEW_DECISION, type NewDecisionParams } from '../../../protocol/authoring.ts';
import { LONGEST_WITH_MODEL, modelWish } from '../model-wish.ts';
import { dayParam } from '../params.ts';
import { lintelRequest } from '../request.ts';
import { wireAuthored } from '../wire.ts';
import { draftSubject } from './draft-subject.ts';

export const newDecisionRequest = lintelRequest<NewDecisionParams, AuthoredResult>(
  NEW_DECISION,
  async (context, params, signal) => {
    const { engine, repository, subject } = await draftSubject(context, NEW_DECISION, params, signal);
    const { model } = params;
    const answer = await engine.authoring.newDecision({
      ...subject,
      today: dayParam(params.today, NEW_DECISION),
      ...(model === undefined ? {} : { model: modelWish(context, model) }),
    });
    return wireAuthored(context.repositories, repository, answer);
  },
  { seconds: LONGEST_WITH_MODEL },
);
