/** The message about a question. What an answer holds is defined in `server/model/ask.ts`. */
import type { AnswerSpan, AskAnswer, AskRequest, ReplacedRecord } from '../server/model/ask.ts';
import type { WireModel } from './models.ts';

/** Request `lintel/ask`: the verbatim lines that answer a question, with where they are, from every repository of the workspace or from one. */
export const ASK = 'lintel/ask';
export interface AskParams extends Omit<AskRequest, 'signal' | 'model'> {
  /** The language model that words the answer. Default: none, and the answer comes at once. */
  readonly model?: WireModel;
  /** Only from the repository of this file or folder. Default: from all repositories of the workspace. */
  readonly folderUri?: string;
}
export interface AskResult {
  /** One entry per repository, in the order of the workspace. */
  readonly repositories: readonly RepositoryAnswer[];
}
export interface RepositoryAnswer {
  /** Name of the root folder. */
  readonly name: string;
  /** Absent exactly where there is a failure. */
  readonly answer?: WireAskAnswer;
  /** Why this one of several repositories does not answer, in a sentence to show to the user. */
  readonly failure?: string;
}
export interface WireAskAnswer extends Omit<AskAnswer, 'spans' | 'closest' | 'replaced'> {
  readonly spans: readonly WireAnswerSpan[];
  readonly closest?: readonly WireAnswerSpan[];
  readonly replaced: readonly WireReplacedRecord[];
}
export interface WireAnswerSpan extends AnswerSpan {
  /** Absent for a commit. */
  readonly uri?: string;
}
export interface WireReplacedRecord extends ReplacedRecord {
  readonly uri: string;
}
