import { DOCUMENT_KINDS } from '../../model/document.ts';
import { agentHit, shortSha } from './items.ts';
import { writtenPath } from './place.ts';
import { ToolRefusal } from './refusal.ts';
import type { AgentToolAnswer } from './tool.ts';

const DEFAULT_LIMIT = 8;
const HIGHEST_LIMIT = 100;
/** What is longer is no question: the words that it is searched by are in the first part. */
const LONGEST_QUERY = 2_000;

/** Documents and commits that a query finds. */
export const answerSearch: AgentToolAnswer = async (engine, args, signal) => {
  const query = (args.text('query') ?? '').trim();
  if (query === '') throw new ToolRefusal('`query` is empty. Ask for words, a title, a number or a path.');
  const kinds = args.list('kinds');
  const below = args.text('path');
  const at = args.text('at')?.trim() || undefined;
  if (at !== undefined && kinds?.includes('test'))
    throw new ToolRefusal('End-to-end tests are known only as they are now. Leave "test" or `at` out.');
  const path = below === undefined ? undefined : (await writtenPath(engine.root, below)).path;
  const {
    hits,
    weak,
    index,
    at: then,
  } = await engine.search(
    {
      text: query.slice(0, LONGEST_QUERY),
      limit: Math.min(HIGHEST_LIMIT, Math.max(1, args.number('limit') ?? DEFAULT_LIMIT)),
      filter: {
        ...(kinds === undefined || kinds.length === 0 ? {} : { kinds: DOCUMENT_KINDS.filter((kind) => kinds.includes(kind)) }),
        ...(path === undefined || path === '' ? {} : { path }),
      },
      ...(at === undefined ? {} : { at }),
    },
    signal,
  );
  return {
    ...(then === undefined ? {} : { before: { at: shortSha(then) } }),
    parts: [{ name: 'hits', content: hits.map(agentHit) }],
    notices: [
      ...(query.length > LONGEST_QUERY ? [`Only the first ${LONGEST_QUERY} characters of \`query\` were searched for.`] : []),
      ...(weak ? ['None of these is a good match: what is searched for may not be recorded.'] : []),
    ],
    index,
  };
};
