import { TOOL, type ToolParams, type ToolResult } from '../../../protocol/agents.ts';
import { answerTool } from '../../engine/tools/answer.ts';
import { ToolRefusal } from '../../engine/tools/refusal.ts';
import { isEngineError } from '../../model/errors.ts';
import { fileParam } from '../params.ts';
import { lintelRequest } from '../request.ts';

/** `tests` reads the whole suite the first time. Seconds. */
const LONGEST = 300;
const NO_REPOSITORY = 'No repository is open. Open its folder, then ask again.';

/** Answers a tool of agents. What is wrong with a call is an answer too, because a model reads it and asks better. */
export const toolRequest = lintelRequest<ToolParams, ToolResult>(
  TOOL,
  async (context, { name, arguments: given = {}, folderUri }, signal) => {
    const { repositories } = context;
    await repositories.settled(folderUri);
    const engine =
      folderUri === undefined
        ? repositories.all().find((repository) => repository.engine !== undefined)?.engine
        : (await fileParam(context, folderUri)).engine;
    if (engine === undefined) return { text: NO_REPOSITORY, failed: true };
    try {
      return { text: JSON.stringify(await answerTool(engine, { name, arguments: given, signal })) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ToolRefusal || isEngineError(error)) return { text: error.message, failed: true };
      throw error;
    }
  },
  { seconds: LONGEST },
);
