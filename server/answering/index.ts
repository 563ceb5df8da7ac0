export { type Answered, answerQuestion } from './answer.ts';
export type { AnswerSpace } from './find.ts';
export { arrangeWithModel, type Refusing } from './model/arrange.ts';
export type { Endpoint } from './model/client.ts';
export { EndpointFailure } from './model/stream.ts';
