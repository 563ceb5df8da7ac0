import { AGENT_TOOLS, type AgentToolName, agentTool } from '../../model/agent-tools.ts';
import type { IndexPosition } from '../../model/answer.ts';
import type { Engine } from '../../model/engine.ts';
import { didYouMean } from '../../text/suggest.ts';
import { readArguments } from './arguments.ts';
import { answerAsk } from './ask.ts';
import { cutToBudget, type ToolAnswer } from './budget.ts';
import { answerCheck } from './check.ts';
import { clip } from './clip.ts';
import { answerDecisions } from './decisions.ts';
import { shortSha } from './items.ts';
import { ToolRefusal } from './refusal.ts';
import { answerSearch } from './search.ts';
import { answerTests } from './tests.ts';
import type { AgentToolAnswer } from './tool.ts';
import { answerWhy } from './why.ts';

const ANSWERS: Readonly<Record<AgentToolName, AgentToolAnswer>> = {
  why: answerWhy,
  ask: answerAsk,
  search: answerSearch,
  decisions: answerDecisions,
  check: answerCheck,
  tests: answerTests,
};

const MOST_NOTICES = 5;
const LONGEST_NOTICE = 300;

/** One call of a tool. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** Sentences of the face for the answer, such as that the index is being updated. */
  readonly notices?: readonly string[];
}

const freshness = ({ sha, behind }: IndexPosition): object => ({ ...(sha === '' ? {} : { sha: shortSha(sha) }), behind });

/**
 * Answers a call of a tool with an object whose JSON is at most as long as its budget. Every face of agents (MCP, the language server) asks this.
 * Throws a `ToolRefusal` where the call itself is at fault; rejects as the engine does otherwise.
 */
export async function answerTool(engine: Engine, { name, arguments: given, signal, notices: told = [] }: ToolCall): Promise<ToolAnswer> {
  const tool = agentTool(name);
  if (tool === undefined) {
    const known = AGENT_TOOLS.map((one) => one.name);
    throw new ToolRefusal(`There is no tool "${clip(name, 60)}".${didYouMean(clip(name, 60), known)} Tools: ${known.join(', ')}.`);
  }
  const args = readArguments(tool, given);
  signal?.throwIfAborted();
  const { before, parts, notices = [], index } = await ANSWERS[tool.name](engine, args, signal);
  signal?.throwIfAborted();
  const all = [...told, ...notices].map((notice) => clip(notice, LONGEST_NOTICE));
  const after = {
    ...(all.length === 0 ? {} : { notices: all.slice(0, MOST_NOTICES) }),
    ...(args.ignored.length === 0 ? {} : { ignored_arguments: args.ignored }),
    index: freshness(index),
  };
  return cutToBudget({ ...(before ? { before } : {}), after }, parts, args);
}
