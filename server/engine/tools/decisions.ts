import type { RecordSummary } from '../../model/authoring.ts';
import { numberOf } from '../../model/authoring.ts';
import type { Document } from '../../model/document.ts';
import type { Engine } from '../../model/engine.ts';
import { numberedTitle } from '../../model/title.ts';
import { readInside } from '../../text/read-file.ts';
import { clip } from './clip.ts';
import { agentReach, shortId, shortSha } from './items.ts';
import { writtenPath } from './place.ts';
import { ToolRefusal } from './refusal.ts';
import type { AgentToolAnswer, Answered } from './tool.ts';

const MOST_CANDIDATES = 10;

const listed = (record: RecordSummary, sha: string): object => {
  const number = numberOf(record);
  return {
    id: record.id,
    title: clip(numberedTitle(number === '' ? { title: record.title } : { number, title: record.title }), 200),
    status: record.status ?? 'none',
    ...(record.supersededBy.length === 0 ? {} : { superseded_by: record.supersededBy.slice(0, 5) }),
    ...(record.date === undefined ? {} : { date: record.date.slice(0, 10) }),
    ...(sha === '' ? {} : { sha: shortSha(sha) }),
  };
};

const positionOf = async (engine: Engine) => (await engine.status({ load: false, measure: false })).position;

/** The commit at which each record was read, by its id. */
const shasOf = async (engine: Engine): Promise<ReadonlyMap<string, string>> =>
  new Map((await engine.documents(['decision'])).map(({ id, sha }) => [id, sha]));

/** The records in the order of an agent's interest: those in force, then the others; each by path. */
const inOrder = (records: readonly RecordSummary[]): readonly RecordSummary[] => {
  const isInForce = ({ status, supersededBy }: RecordSummary): boolean =>
    supersededBy.length === 0 && (status === undefined || status === 'accepted');
  return [...records.filter(isInForce), ...records.filter((record) => !isInForce(record))];
};

/** The most that is read of a file. What is longer is no record. */
const MOST_BYTES = 10_000_000;

/** The text as it is on disk; of a commit, and of what is gone since it was indexed, the indexed passages. */
async function textOf(engine: Engine, { path, sections }: Document): Promise<string> {
  const text = path === undefined ? undefined : await readInside(engine.root, path, MOST_BYTES);
  return text ?? sections.map((section) => section.text).join('\n\n');
}

/** All records, of one status or below a folder. */
const list: AgentToolAnswer = async (engine, args) => {
  const status = args.text('status');
  const written = args.text('path');
  const below = written === undefined ? '' : (await writtenPath(engine.root, written)).path;
  const at = args.text('at')?.trim() || undefined;
  const [records, shas] = await Promise.all([engine.authoring.list(at), at === undefined ? shasOf(engine) : new Map<string, string>()]);
  const wanted = records.filter(
    (record) =>
      (status === undefined || (record.status ?? 'unknown') === status) &&
      (below === '' || record.path === below || record.path.startsWith(`${below}/`)),
  );
  return {
    before: { total: wanted.length, ...(at === undefined ? {} : { at: clip(at, 60) }) },
    parts: [{ name: 'decisions', content: inOrder(wanted).map((record) => listed(record, shas.get(record.id) ?? '')) }],
    notices:
      records.length === 0 ? [at === undefined ? 'No decision records are indexed here.' : 'There were no decision records then.'] : [],
    index: await positionOf(engine),
  };
};

/** The commit whose sha begins so; `undefined` where none or several do. */
async function commitOf(engine: Engine, written: string): Promise<Document | undefined> {
  const [, sha] = /^(?:commit:)?([0-9a-f]{7,64})$/i.exec(written) ?? [];
  if (sha === undefined) return undefined;
  const begun = (await engine.documents(['commit'])).filter((head) => head.sha.startsWith(sha.toLowerCase()));
  const [one] = begun;
  return one && begun.length === 1 ? engine.document(one.id) : undefined;
}

/** The document that an id, path, sha, number or name means, or the records that it may mean. */
async function documentOf(engine: Engine, written: string): Promise<Document | readonly RecordSummary[]> {
  const exact = await engine.document(written);
  if (exact) return exact;
  const found = await engine.authoring.find(written);
  const [one] = found;
  const record = one && found.length === 1 ? await engine.document(one.id) : undefined;
  if (record) return record;
  if (found.length > 1) return found;
  const commit = await commitOf(engine, written);
  if (commit) return commit;
  const path = await writtenPath(engine.root, written).catch(() => undefined);
  const byPath = path === undefined || path.path === '' ? undefined : await engine.document(path.path);
  if (byPath) return byPath;
  throw new ToolRefusal(
    `Nothing is recorded under "${clip(written, 100)}". Without \`id\`, all records are listed; "search" finds by words.`,
  );
}

const ofCommit = ({ author, paths = [] }: Document): object => ({
  ...(author === undefined ? {} : { author: clip(author, 100) }),
  ...(paths.length === 0 ? {} : { files: paths.length }),
});

const whole = async (engine: Engine, document: Document): Promise<Omit<Answered, 'index'>> => {
  const { id, kind, path, sha, title, number, status, date } = document;
  const [record, reach] = await Promise.all([engine.record(id), engine.reach(id)]);
  const replaces = reach?.replaces.map((one) => one.id) ?? [];
  return {
    before: {
      id: shortId(id),
      kind,
      title: clip(record ? numberedTitle(record) : numberedTitle(number === undefined ? { title } : { number, title }), 200),
      ...(kind === 'decision' || status !== undefined ? { status: status?.value ?? 'none' } : {}),
      ...(record && record.supersededBy.length > 0 ? { superseded_by: record.supersededBy.slice(0, 5) } : {}),
      ...(replaces.length === 0 ? {} : { supersedes: replaces.slice(0, 10) }),
      ...(date === undefined ? {} : { date: date.slice(0, 10) }),
      sha: shortSha(sha),
      ...(kind === 'commit' ? ofCommit(document) : {}),
    },
    parts: [
      { name: 'text', content: await textOf(engine, document) },
      ...(path === undefined || reach === undefined ? [] : [{ name: 'reach', content: agentReach(reach) }]),
      ...(kind === 'commit' ? [{ name: 'paths', content: document.paths ?? [] }] : []),
    ],
  };
};

/** All decisions, or one document in full. */
export const answerDecisions: AgentToolAnswer = async (engine, args, signal) => {
  const written = args.text('id')?.trim();
  if (written === undefined || written === '') return list(engine, args, signal);
  if (args.text('at')?.trim())
    throw new ToolRefusal('`at` is for the list of all records: leave `id` out. What a record said then, "ask" with `at` tells.');
  const found = await documentOf(engine, written);
  const index = await positionOf(engine);
  if ('sections' in found) return { ...(await whole(engine, found)), index };
  const shas = await shasOf(engine);
  return {
    before: { ambiguous: clip(written, 100) },
    parts: [{ name: 'candidates', content: found.slice(0, MOST_CANDIDATES).map((record) => listed(record, shas.get(record.id) ?? '')) }],
    notices: [`"${clip(written, 100)}" may mean ${found.length} records. Ask again with the id of one.`],
    index,
  };
};
