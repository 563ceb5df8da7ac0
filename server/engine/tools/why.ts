import type { Place } from '../../model/answer.ts';
import { lineIndex } from '../../text/lines.ts';
import { readInside } from '../../text/read-file.ts';
import { clip } from './clip.ts';
import { agentHit, agentReach, shortSha } from './items.ts';
import { writtenPath } from './place.ts';
import { ToolRefusal } from './refusal.ts';
import type { AgentToolAnswer } from './tool.ts';

/** The lines of a longer file are not counted to their end. In bytes. */
const MOST_COUNTED = 16_000_000;
/** Fewer than people are shown: an agent pays for each, and searches for what it misses. */
const MOST_RELATED = 5;

/** Refuses a line after the last one, as editors count. */
async function refuseLineBeyond(root: string, path: string, line: number): Promise<void> {
  const text = await readInside(root, path, MOST_COUNTED);
  if (text === undefined || text.length >= MOST_COUNTED / 4) return;
  const { count } = lineIndex(text);
  if (line > count) throw new ToolRefusal(`${path} has ${count} ${count === 1 ? 'line' : 'lines'}; there is no line ${line}.`);
}

/** The decisions that govern a place, those that probably do, and what else is worth reading there. */
export const answerWhy: AgentToolAnswer = async (engine, args, signal) => {
  const { path, is, ...written } = await writtenPath(engine.root, args.text('path') ?? '');
  if (is === 'folder')
    throw new ToolRefusal(
      `${path === '' ? 'The root' : path} is a folder. Name a file in it, or use "search" or "decisions" with \`path\`.`,
    );
  const line = args.number('line') ?? written.line;
  const last = args.number('end_line');
  if (line === undefined && last !== undefined) throw new ToolRefusal('`end_line` needs `line`.');
  if (line !== undefined && last !== undefined && last < line) throw new ToolRefusal(`\`end_line\` ${last} is before \`line\` ${line}.`);
  const at = args.text('at')?.trim() || undefined;
  if (line !== undefined && is === 'file' && at === undefined) await refuseLineBeyond(engine.root, path, line);
  const place: Place = {
    path,
    ...(line === undefined || (is === 'absent' && at === undefined)
      ? {}
      : { line: line - 1, ...(last === undefined ? {} : { endLine: last - 1 }) }),
    ...(at === undefined ? {} : { at }),
  };
  const [{ governing, probable, related, index, notices = [], at: then }, reach] = await Promise.all([
    engine.why(place, signal),
    // What a record reaches is known of the code of now.
    at === undefined ? engine.reach(path) : undefined,
  ]);
  return {
    before: { path: clip(path, 300), ...(place.line === undefined ? {} : { line }), ...(then === undefined ? {} : { at: shortSha(then) }) },
    parts: [
      { name: 'governing', content: governing.map(agentHit) },
      { name: 'probable', content: probable.map(agentHit) },
      ...(reach === undefined ? [] : [{ name: 'reach', content: agentReach(reach) }]),
      { name: 'related', content: related.slice(0, MOST_RELATED).map(agentHit) },
    ],
    notices: [
      ...(is === 'absent' && at === undefined
        ? [`${clip(path, 200)} does not exist yet; this is what decisions say of a file there.`]
        : []),
      ...notices,
    ],
    index,
  };
};
