import { type BrokenRule, type KinPhrases, type KnownOf, kindredOf, type ReadRecord, readRecordText } from '../../decisions/index.ts';
import { type Repository, readBlobs } from '../../git/index.ts';
import { loadConfig } from '../../knowledge/discovery/config.ts';
import type { Hit, Place } from '../../model/answer.ts';
import type { DraftSubject, KindredRecord } from '../../model/authoring.ts';
import type { FileDiff } from '../../model/diff.ts';
import { recordHit } from '../../register/hit.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { ReadPast } from '../answering/past.ts';
import { stopsOf } from '../hook/stops.ts';
import { searchView } from '../search.ts';
import type { View } from '../view.ts';
import type { DraftSources } from './sources.ts';

/** What the records of a draft are found with. */
export interface KinSources {
  readonly root: string;
  readonly files: WorkspaceFiles;
  readonly repository: Repository | undefined;
  readonly view: View;
  readonly past: ReadPast;
  /** The decisions that govern a place, without what is only worth reading. */
  readonly governing: (place: Place) => Promise<readonly Hit[]>;
  /** The decisions that govern a file as a whole. */
  readonly governingFile: (path: string) => Promise<readonly Hit[]>;
}

const MOST_HITS = 8;
/** Files and places of a change that are asked about. */
const MOST_FILES = 20;
const MOST_PLACES = 3;
const LARGEST_FILE = 1_000_000;

const shownPlace = ({ path, line, endLine }: Place): string =>
  line === undefined ? path : `${path}:${line + 1}${endLine === undefined || endLine === line ? '' : `-${endLine + 1}`}`;

/** The places of a change, in the files as they are on disk; of a change in the past, whole files, because lines have moved since. */
const placesOf = ({ path, hunks }: FileDiff, isNow: boolean): readonly Place[] =>
  !isNow || hunks.length === 0 || hunks.length > MOST_PLACES
    ? [{ path }]
    : hunks.map(({ new: { first, last } }) => ({ path, line: first, endLine: Math.max(first, last) }));

/** What the changes write that a constraint of a record forbids. */
async function brokenRules(
  { root, files, repository, view }: KinSources,
  { changes, states }: DraftSources,
): Promise<readonly BrokenRule[]> {
  const { config } = await loadConfig(root);
  if (!repository || !changes || !states || config.gate.constraints.length === 0) return [];
  const changed = changes.files.filter(({ change, binary }) => change !== 'deleted' && !binary).slice(0, MOST_FILES);
  const blobsAt = async (sha: string, paths: readonly string[]) => readBlobs(repository, sha, paths, { mostBytes: LARGEST_FILE });
  const before = await blobsAt(
    states.from,
    changed.map(({ path, from }) => from ?? path),
  );
  const after =
    states.to === undefined
      ? undefined
      : await blobsAt(
          states.to,
          changed.map(({ path }) => path),
        );
  const decode = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);
  const found: BrokenRule[] = [];
  for (const { path, from } of changed) {
    const written = after ? decode(after.get(path)) : await files.read(path, LARGEST_FILE);
    if (written === undefined) continue;
    const old = decode(before.get(from ?? path));
    const stops = await stopsOf(
      { root, view, files, repository, config },
      { path, after: written, ...(old === undefined ? {} : { before: old }) },
    );
    for (const { reason, forbidden = '', lines, record } of stops)
      if (reason === 'CONSTRAINT_BROKEN') found.push({ id: record.id, forbidden, place: shownPlace({ path, line: lines.first }) });
  }
  return found;
}

/** The records that govern what the draft is about. */
async function governingOf({ view, governing, governingFile, files }: KinSources, subject: DraftSubject, sources: DraftSources) {
  const found: KnownOf[] = [];
  const isCode = (path: string): boolean => files.exists(path) && !view.documentIndex.get(path);
  const add = (hits: readonly Hit[], place: Place): void => {
    for (const { id } of hits) if (!found.some((one) => one.id === id)) found.push({ id, place: shownPlace(place) });
  };
  const { selection, near } = subject;
  if (selection && isCode(selection.path)) {
    const { path, lines } = selection;
    const place = { path, line: lines.first, endLine: lines.last };
    add(await governing(place), place);
    add(await governingFile(path), { path });
  } else if (near !== undefined && isCode(near)) add(await governingFile(near), { path: near });
  const isNow = sources.states !== undefined && sources.states.to === undefined;
  for (const file of (sources.changes?.files ?? []).slice(0, MOST_FILES)) {
    if (!isCode(file.path)) continue;
    for (const place of placesOf(file, isNow)) {
      subject.signal?.throwIfAborted();
      add(place.line === undefined ? await governingFile(place.path) : await governing(place), place);
    }
  }
  return found;
}

/**
 * The records to read before a record about a subject is written.
 * @param say in which words it is said why; absent: in English, for faces
 */
export async function kindredRecords(
  from: KinSources,
  subject: DraftSubject,
  sources: DraftSources,
  say?: KinPhrases,
): Promise<readonly KindredRecord[]> {
  const { view, files, past } = from;
  const text = [subject.title, subject.because ?? '', ...sources.commits.map((commit) => commit.subject)].join('\n');
  const { hits } = await searchView(view, { text, filter: { kinds: ['decision'] }, limit: MOST_HITS }, past, subject.signal);
  const governing = await governingOf(from, subject, sources);
  const near = hits.map(({ id }) => id);
  const texts = new Map<string, ReadRecord>();
  for (const id of new Set([...governing.map((one) => one.id), ...near])) {
    const record = view.register.catalogue.records.find((one) => one.id === id);
    // A section of a log has no text of its own.
    const read = record && record.id === record.path ? await readRecordText(files, record.path) : undefined;
    if (read) texts.set(id, read);
  }
  return kindredOf(
    {
      title: subject.title,
      near,
      governing,
      broken: await brokenRules(from, sources),
      decides: (id) => recordHit(view.documentIndex, view.register, id)?.snippet,
      textOf: (id) => texts.get(id),
    },
    view.register,
    say,
  );
}
