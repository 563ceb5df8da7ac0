export { type Answered, answerQuestion } from './answer.ts';
export type { AnswerSpace } from './find.ts';
