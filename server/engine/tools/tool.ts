import type { IndexPosition } from '../../model/answer.ts';
import type { Engine } from '../../model/engine.ts';
import type { ToolArguments } from './arguments.ts';
import type { AnswerPart, ToolAnswer } from './budget.ts';

/** What a tool says, before it is cut to the budget. */
export interface Answered {
  /** Short and bounded: what is never cut. */
  readonly before?: ToolAnswer;
  /** The most useful part first. */
  readonly parts: readonly AnswerPart[];
  /** Sentences on what the answer could not take into account. */
  readonly notices?: readonly string[];
  readonly index: IndexPosition;
}

/** Answers a call of one tool. Throws a `ToolRefusal` for arguments that mean nothing in this repository. */
export type AgentToolAnswer = (engine: Engine, args: ToolArguments, signal: AbortSignal | undefined) => Promise<Answered>;
