export { type Answered, answerQuestion } from './answer.ts';
export type { AnswerSpace } from './find.ts';
export { arrangeWithModel } from './model/arrange.ts';
export type { Endpoint } from './model/client.ts';
export { type DraftSentences, type DraftSpan, draftWithModel } from './model/draft.ts';
export { EndpointFailure } from './model/stream.ts';
export { endpointWriter, ownWriter, type Refusing, type Write } from './model/write.ts';
