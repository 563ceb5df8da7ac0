import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import {
  type Authored,
  type DecisionHistory,
  isRefused,
  type KindredRecord,
  type RecordSummary,
  type Refused,
} from '../../model/authoring.ts';
import { STATUS_VALUES } from '../../model/document.ts';
import type { Engine } from '../../model/engine.ts';
import { EngineError } from '../../model/errors.ts';
import { didYouMean } from '../../text/suggest.ts';
import {
  defineCommand,
  EXIT,
  type Invocation,
  NO_UPDATE,
  NO_UPDATE_OPTION,
  RefusedError,
  refuseUnknownCommit,
  UsageError,
} from '../command.ts';
import { dotOf, mermaidOf } from '../decision-graph.ts';
import { json } from '../hits.ts';
import { renderMining } from '../mining.ts';
import { MODEL_OPTIONS, modelOf } from '../model.ts';
import { asksFirst, renderKindred, subjectOf } from '../new-decision.ts';
import { renderHistory, renderRecord, renderRecords } from '../records.ts';
import { freshen, indexWritten, withEngine } from '../session.ts';
import { printable, type Terminal } from '../terminal.ts';
import { today } from '../today.ts';

const OPTIONS = {
  status: { type: 'string', multiple: true },
  path: { type: 'string' },
  at: { type: 'string' },
  history: { type: 'boolean' },
  format: { type: 'string' },
  near: { type: 'string' },
  changes: { type: 'boolean' },
  from: { type: 'string' },
  lines: { type: 'string' },
  ...MODEL_OPTIONS,
  'dry-run': { type: 'boolean' },
  accept: { type: 'boolean' },
  since: { type: 'string' },
  limit: { type: 'string' },
  ...NO_UPDATE_OPTION,
} as const;

type DecisionsInvocation = Invocation<typeof OPTIONS>;

const FORMATS = ['mermaid', 'dot', 'json'] as const;

/** A record as the engine identifies it: the name of a file in the current folder becomes its path in the repository. */
export const recordName = (written: string, { folder }: Terminal, root: string): string => {
  const from = resolve(folder, written);
  return existsSync(from) && !existsSync(join(root, written)) ? relative(root, from).split(sep).join('/') : written;
};

/** Fails with the reason why nothing was done, and the records that may have been meant. */
export const refuse = ({ refused, candidates = [] }: Refused): never => {
  const list = candidates.map(({ path, title }) => `\n  ${printable(path)}  ${printable(title)}`).join('');
  throw new RefusedError(printable(refused) + list);
};

const unlessRefused = <T extends object>(answer: T | Refused): T => (isRefused(answer) ? refuse(answer) : answer);

const statusesOf = (given: readonly string[] | undefined): ReadonlySet<string> | undefined => {
  const words = given?.flatMap((value) => value.split(',')).map((value) => value.trim().toLowerCase());
  for (const word of words ?? []) {
    if (!STATUS_VALUES.some((value) => value === word))
      throw new UsageError(`--status: there is no status "${word}".${didYouMean(word, STATUS_VALUES)} Known: ${STATUS_VALUES.join(', ')}.`);
  }
  return words && new Set(words);
};

const list = async (engine: Engine, { values, terminal }: DecisionsInvocation): Promise<number> => {
  const statuses = statusesOf(values.status);
  const folder = values.path?.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/+$/, '');
  const records = (await engine.authoring.list(values.at).catch(refuseUnknownCommit)).filter(
    ({ status, path }) =>
      (statuses === undefined || (status !== undefined && statuses.has(status))) &&
      (folder === undefined || folder === '' || path === folder || path.startsWith(`${folder}/`)),
  );
  if (values.json) await terminal.out(json({ decisions: records }));
  else await terminal.out(records.length === 0 ? 'No decisions.\n' : renderRecords(records, terminal));
  return EXIT.ok;
};

const findOne = async (engine: Engine, written: string, terminal: Terminal): Promise<RecordSummary> => {
  const found = await engine.authoring.find(recordName(written, terminal, engine.root));
  const [record] = found;
  if (record && found.length === 1) return record;
  if (record)
    return refuse({
      refused: `"${printable(written)}" matches ${found.length} decisions. Use the path of one of them:`,
      candidates: found,
    });
  throw new RefusedError(`No decision matches "${printable(written)}". Use its path, its number, or the words of its file name.`);
};

const show = async (engine: Engine, { values, positionals, terminal }: DecisionsInvocation): Promise<number> => {
  const record = await findOne(engine, positionals[1] ?? '', terminal);
  const history: DecisionHistory | undefined = values.history
    ? unlessRefused(await engine.authoring.history(record.path, terminal.signal))
    : undefined;
  const sections = (await engine.document(record.id))?.sections ?? [];
  if (values.json) {
    const texts = sections.map(({ heading, level, text, span }) => ({ heading, level, text, span }));
    await terminal.out(json({ ...record, sections: texts, ...(history ? { history: history.events, notice: history.notice } : {}) }));
    return EXIT.ok;
  }
  await terminal.out(renderRecord(record, history ? [] : sections, terminal) + (history ? renderHistory(history, terminal) : ''));
  return EXIT.ok;
};

const graph = async (engine: Engine, { values, terminal }: DecisionsInvocation): Promise<number> => {
  const format = values.json ? 'json' : (values.format ?? 'mermaid').toLowerCase();
  if (!FORMATS.some((known) => known === format))
    throw new UsageError(`--format: there is no format "${format}".${didYouMean(format, FORMATS)} Known: ${FORMATS.join(', ')}.`);
  const found = await engine.authoring.graph();
  await terminal.out(format === 'json' ? json(found) : format === 'dot' ? dotOf(found) : mermaidOf(found));
  return EXIT.ok;
};

const mine = async (engine: Engine, { values, terminal }: DecisionsInvocation): Promise<number> => {
  const { since, limit } = values;
  if (limit !== undefined && !/^[1-9]\d{0,4}$/.test(limit)) throw new UsageError(`--limit: "${limit}" is not a number from 1 to 99999.`);
  const request = { ...(since === undefined ? {} : { since }), ...(limit === undefined ? {} : { limit: Number(limit) }) };
  const answer = await engine.authoring.mine(request, terminal.signal).catch((error: unknown) => {
    throw error instanceof EngineError && error.code === 'unknown-commit' ? new RefusedError(`--since: ${error.message}`) : error;
  });
  const found = unlessRefused(answer);
  if (values.json) await terminal.out(json(found));
  else {
    for (const notice of found.notices) terminal.err(`lintel: ${printable(notice)}\n`);
    await terminal.out(renderMining(found, terminal));
  }
  return EXIT.ok;
};

/** Applies the edits, or prints them as a patch. */
const applyOrPrint = async (
  engine: Engine,
  invocation: DecisionsInvocation,
  { edits, path, retires, notes }: Authored,
  kindred?: readonly KindredRecord[],
): Promise<number> => {
  const { values, terminal } = invocation;
  const told = { ...(kindred ? { kindred } : {}), ...(notes ? { notes } : {}) };
  if (values['dry-run']) {
    if (values.json) await terminal.out(json({ path, edits, ...told }));
    else await terminal.out(await engine.authoring.patch(edits));
    return EXIT.ok;
  }
  await engine.authoring.apply(edits);
  const files = [...new Set(edits.map((edit) => edit.path))];
  if (files.length > 0) await indexWritten(engine, invocation, files);
  if (values.json) await terminal.out(json({ path, files, ...told }));
  else
    await terminal.out(
      files.length === 0 ? 'Nothing to do: the records are already up to date.\n' : files.map((file) => `${printable(file)}\n`).join(''),
    );
  if (retires === false && !values.json)
    terminal.err('The new decision is proposed. The old one stays in force until it is accepted; "--accept" does that at once.\n');
  return EXIT.ok;
};

const create = async (engine: Engine, invocation: DecisionsInvocation): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  const subject = subjectOf(positionals.slice(1).join(' '), values, engine.root, terminal);
  const kindred = unlessRefused(await engine.authoring.kindred(subject));
  terminal.err(renderKindred(kindred, engine.root, terminal));
  const isWatched = terminal.key !== undefined && !values['dry-run'] && !values.json;
  if (isWatched && asksFirst(kindred) && !(await terminal.ask('Write the new record all the same?'))) {
    terminal.err('Nothing was written.\n');
    return EXIT.ok;
  }
  const authored = unlessRefused(await engine.authoring.newDecision({ ...subject, today: today(), ...modelOf(values, terminal) }));
  for (const note of authored.notes ?? []) terminal.err(`${printable(note)}\n`);
  return applyOrPrint(engine, invocation, authored, kindred);
};

const supersede = async (engine: Engine, invocation: DecisionsInvocation): Promise<number> => {
  const { values, positionals, terminal } = invocation;
  const decision = recordName(positionals[1] ?? '', terminal, engine.root);
  const title = positionals.slice(2).join(' ');
  return applyOrPrint(
    engine,
    invocation,
    unlessRefused(await engine.authoring.supersede({ decision, title, today: today(), ...(values.accept ? { accept: true } : {}) })),
  );
};

/** Subcommands by name: the least and most arguments, the arguments as help writes them, and what runs. */
const ACTIONS: Readonly<
  Record<
    string,
    {
      readonly takes: readonly [number, number];
      readonly arguments: string;
      readonly run: (engine: Engine, invocation: DecisionsInvocation) => Promise<number>;
    }
  >
> = {
  list: { takes: [0, 0], arguments: '', run: list },
  show: { takes: [1, 1], arguments: 'RECORD', run: show },
  graph: { takes: [0, 0], arguments: '', run: graph },
  mine: { takes: [0, 0], arguments: '', run: mine },
  new: { takes: [1, 60], arguments: 'TITLE', run: create },
  supersede: { takes: [2, 60], arguments: 'RECORD TITLE', run: supersede },
};

/** `lintel decisions list|show|graph|mine|new|supersede` */
export const decisionsCommand = defineCommand({
  name: 'decisions',
  summary: 'List, show and draw decisions, find some in the log, create new ones and supersede old ones',
  arguments: 'list | show RECORD | graph | mine | new TITLE | supersede RECORD TITLE  [OPTIONS]',
  options: OPTIONS,
  optionHelp: [
    ['--status S,S', 'list: only decisions with these statuses'],
    ['--path PATH', 'list: only decisions in this folder'],
    ['--at REV', 'list: the decisions of this commit, with their status then; a sha, a branch or a tag'],
    ['--history', 'show: the commits that changed the record, and the records before and after it'],
    ['--format F', 'graph: mermaid (default), dot or json'],
    ['--since REV|DAY', 'mine: only commits after this one, or from this day on (2026-01-31); default: all'],
    ['--limit N', 'mine: topics at most; default: 30'],
    ['--near PATH', 'new: follow the records that belong to this code; default: those of the whole repository'],
    ['--changes', 'new: draft from your uncommitted changes'],
    ['--from REV', 'new: draft from a commit, or from those of a range such as main..HEAD: their messages, reasons and changes'],
    ['--lines PATH:N-M', 'new: draft from these lines of code'],
    ['--no-model', 'new: ask no language model, even if one is set'],
    ['--allow-host HOST', 'new: agree to send what the draft is made of to the language model at this host; can be repeated'],
    ['--accept', 'supersede: accept the new decision at once and mark the old one as superseded; default: it is proposed'],
    ['--dry-run', 'new, supersede: print a patch for "git apply" and change nothing'],
    NO_UPDATE,
  ],
  examples: [
    'lintel decisions list --status accepted',
    'lintel decisions list --status accepted --at v1.2.0',
    'lintel decisions show 7 --history',
    'lintel decisions graph --format dot | dot -Tsvg > decisions.svg',
    'lintel decisions mine --since v2.0.0',
    'lintel decisions new "Send events through NATS" --near services/orders',
    'lintel decisions new "Send events through NATS" --from main..HEAD',
    'lintel decisions supersede 7 "Send events through NATS" --dry-run',
  ],
  takes: [1, 61],
  run: (invocation) => {
    const [name = '', ...given] = invocation.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action)
      throw new UsageError(
        `"lintel decisions" has no subcommand "${name}".${didYouMean(name, Object.keys(ACTIONS))} Known: ${Object.keys(ACTIONS).join(', ')}.`,
      );
    const [least, most] = action.takes;
    if (given.length < least) throw new UsageError(`"lintel decisions ${name}" needs ${action.arguments}.`);
    if (given.length > most) throw new UsageError(`Unexpected argument "${given[most]}" for "lintel decisions ${name}".`);
    if (invocation.values.at !== undefined && name !== 'list') throw new UsageError('--at: use it with "lintel decisions list".');
    return withEngine(invocation, async (engine) => {
      await freshen(engine, invocation);
      return action.run(engine, invocation);
    });
  },
});
