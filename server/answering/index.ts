export { type Answered, type AnswerSpace, answerQuestion } from './answer.ts';
