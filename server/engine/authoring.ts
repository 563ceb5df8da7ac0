import {
  citationForm,
  citationOf,
  cleanTitle,
  commentEdit,
  draftEdits,
  draftOf,
  draftPhrases,
  graphOf,
  hasTitle,
  isMoreThanNear,
  materialFor,
  readRecordText,
  readText,
  summariesOf,
  summaryOf,
  supersession,
  type WhyAnswers,
} from '../decisions/index.ts';
import { headOf, type Repository } from '../git/index.ts';
import { mineDecisions } from '../history/mining/mine.ts';
import { folderOf } from '../knowledge/paths.ts';
import type { Hit } from '../model/answer.ts';
import {
  type Authored,
  type Authoring,
  type DecisionHistory,
  type DraftSubject,
  type Feedback,
  type FeedbackDone,
  type HistoryEvent,
  isRefused,
  type QuotedCode,
  type RecordSummary,
  type Refused,
  type SelectedCode,
} from '../model/authoring.ts';
import { EngineError } from '../model/errors.ts';
import type { RecordEntry } from '../register/catalogue.ts';
import { recordsMatching } from '../register/declared-links.ts';
import { commitsOfRecord, historyNotice } from '../register/record-log.ts';
import { groupBy } from '../text/group-by.ts';
import type { WorkspaceFiles } from '../workspace/files.ts';
import { insideOf } from '../workspace/paths.ts';
import type { FindModel } from './answering/model.ts';
import type { ReadPast } from './answering/past.ts';
import { type KinSources, kindredRecords } from './drafting/kindred.ts';
import { type DraftSources, readSources } from './drafting/sources.ts';
import { NOTHING_WORDED, wordDraft } from './drafting/word.ts';
import { saveFeedback } from './linking/feedback.ts';
import { recordNamed } from './linking/record-named.ts';
import { patchOf } from './patch.ts';
import type { Requests } from './requests.ts';
import type { View } from './view.ts';
import { writeEdits, writeRefusal } from './write-edits.ts';

export interface AuthoringOptions {
  readonly root: string;
  readonly files: () => WorkspaceFiles;
  readonly repository: () => Repository | undefined;
  readonly view: () => Promise<View | undefined>;
  readonly past: ReadPast;
  /** Called after `.lintel/links.yaml` was written. */
  readonly onLinks: () => void;
  readonly findModel: FindModel;
  /** For the decisions that govern the code which a new record is about. */
  readonly requests: Pick<Requests, 'answerAt'>;
  readonly why: Pick<WhyAnswers, 'answer' | 'governingFile'>;
}

/** A subject whose selected lines were read. */
type Subject = Omit<DraftSubject, 'selection'> & { readonly selection?: QuotedCode };

const LARGEST_FILE = 10_000_000;
const MOST_CITING_FILES = 2_000;
const NO_INDEX: Refused = { refused: 'There is no index yet. Run "lintel index", or wait until indexing is done.' };
const NO_TITLE: Refused = { refused: 'A decision needs a title.' };

/** Reads and writes decisions. The view is asked for on every call, because indexing replaces it. */
export function createAuthoring(options: AuthoringOptions): Authoring {
  const { root, files, repository, view, past, onLinks, findModel, requests, why } = options;
  const exists = (path: string): boolean => files().exists(path);

  /** Runs `work` with the record that `written` names; refuses if there is no index, or not exactly one such record. */
  const withRecord = async <T>(written: string, work: (record: RecordEntry, view: View) => Promise<T | Refused>): Promise<T | Refused> => {
    const current = await view();
    if (!current) return NO_INDEX;
    const record = recordNamed(current, root, written);
    return isRefused(record) ? record : work(record, current);
  };

  const feedbackAll = async (all: readonly Feedback[]): Promise<readonly FeedbackDone[] | Refused> => {
    const now = await view();
    if (!now) return NO_INDEX;
    const done = await saveFeedback({ root, files: files(), view: now }, all);
    if (!isRefused(done)) onLinks();
    return done;
  };

  const feedback = async (one: Feedback): Promise<FeedbackDone | Refused> => {
    const done = await feedbackAll([one]);
    if (isRefused(done)) return done;
    const [first] = done;
    if (first === undefined) throw new Error('No answer was saved.');
    return first;
  };

  const history = (decision: string, signal?: AbortSignal): Promise<DecisionHistory | Refused> =>
    withRecord(decision, async (record, { register }) => {
      const found = repository();
      const commits = found ? await commitsOfRecord(found, record.path, signal) : [];
      const summary = summaryOf(record, register);
      const chain = (ids: readonly string[], kind: 'supersedes' | 'superseded-by'): HistoryEvent[] =>
        ids.flatMap((id): HistoryEvent[] => {
          const other = register.catalogue.records.find((one) => one.id === id);
          return other ? [{ kind, record: summaryOf(other, register) }] : [];
        });
      const before = [...register.successors].filter(([, heirs]) => heirs.includes(record.id)).map(([id]) => id);
      const events = [...chain(before.sort(), 'supersedes'), ...commits, ...chain(summary.supersededBy, 'superseded-by')];
      const notice = historyNotice(found, events);
      return { record: summary, events, ...(notice === undefined ? {} : { notice }) };
    });

  /** The answer, if all its edits stay in the repository: whoever applies them follows symbolic links. */
  const writable = async (answer: Authored | Refused): Promise<Authored | Refused> => {
    if (isRefused(answer)) return answer;
    for (const path of new Set(answer.edits.map((edit) => edit.path))) {
      const refused = await writeRefusal(root, path);
      if (refused !== undefined) return { refused: `${refused}.` };
    }
    return answer;
  };

  const existingRecord = async (now: View, old: RecordEntry, title: string): Promise<RecordEntry | undefined> => {
    const folder = folderOf(old.path);
    const same = now.register.catalogue.records.filter(
      (one) => one.id !== old.id && hasTitle({ title: one.head.title, slug: one.slug }, title),
    );
    return same.find(({ path }) => folderOf(path) === folder) ?? (same.length === 1 ? same[0] : undefined);
  };

  const kinSources = (now: View): KinSources => ({
    root,
    files: files(),
    repository: repository(),
    view: now,
    past,
    governing: (place) =>
      requests.answerAt<readonly Hit[]>(
        place,
        [],
        async (then, at) => (await why.answer(then, { ...at.place, unasked: true }, at.file)).governing,
      ),
    governingFile: (path) => requests.answerAt<readonly Hit[]>({ path }, [], (then, at) => why.governingFile(then, at.place, at.file)),
  });

  /** The lines of a selection, from disk where the surface has no text of its own. */
  const quoted = async (selection: SelectedCode): Promise<QuotedCode | Refused> => {
    const path = insideOf(root, selection.path) ?? selection.path;
    if (selection.text !== undefined) return { ...selection, path, text: selection.text };
    const { first, last } = selection.lines;
    const lines = (await files().read(path, LARGEST_FILE))?.split(/\r?\n/).slice(first, last + 1);
    return lines && lines.length > 0 ? { path, lines: selection.lines, text: lines.join('\n') } : { refused: `${path} has no such lines.` };
  };

  /** What a new record is begun with: its subject, with paths of the repository, and the commits and changes that it is to start from. */
  const begin = async (
    subject: DraftSubject,
  ): Promise<{ readonly now: View; readonly subject: Subject; readonly sources: DraftSources } | Refused> => {
    const now = await view();
    if (!now) return NO_INDEX;
    if (cleanTitle(subject.title) === '') return NO_TITLE;
    const sources = await readSources(repository(), subject);
    if (isRefused(sources)) return sources;
    const { near, selection: selected, ...rest } = subject;
    const selection = selected && (await quoted(selected));
    if (selection && isRefused(selection)) return selection;
    return {
      now,
      subject: {
        ...rest,
        ...(near === undefined ? {} : { near: insideOf(root, near) ?? near }),
        ...(selection ? { selection } : {}),
      },
      sources,
    };
  };

  return {
    async list(at) {
      const now = await view();
      return now ? summariesOf((at === undefined ? now : await past(at, now)).register) : [];
    },

    async find(written) {
      const now = await view();
      if (!now) return [];
      const summary = (record: RecordEntry): RecordSummary => summaryOf(record, now.register);
      return recordsMatching(now.register.catalogue, insideOf(root, written) ?? written).map(summary);
    },

    async graph() {
      const now = await view();
      return now ? graphOf(now.register) : { nodes: [], edges: [] };
    },

    history,

    citation: (decision) =>
      withRecord(decision, async (record, { register, code }) => {
        const texts = [...code.citingLines()]
          .slice(0, MOST_CITING_FILES)
          .map(([path, lines]) => ({ path, text: lines.map(({ text }) => text).join('\n\n\n') }));
        return { text: citationOf(record, register, citationForm(texts, register)) };
      }),

    async mine(request = {}, signal) {
      const found = repository();
      if (!found) return { refused: 'This folder is not in a git repository, so that there is no log to read.' };
      const records = new Set((await view())?.register.catalogue.records.map(({ path }) => path));
      return mineDecisions({ ...found, head: await headOf(found) }, request, {
        isRecord: (path) => records.has(path),
        ...(signal ? { signal } : {}),
      });
    },

    async newDecision(request): Promise<Authored | Refused> {
      const begun = await begin(request);
      if (isRefused(begun)) return begun;
      const { now, subject, sources } = begun;
      const { title, near, selection, because, fromChanges, from } = subject;
      const material = await materialFor(files(), now.register.catalogue, exists, near ?? selection?.path);
      const isDraft = selection !== undefined || fromChanges === true || from !== undefined;
      const kin = isDraft ? await kindredRecords(kinSources(now), subject, sources, draftPhrases(material).kin) : [];
      const weigh = kin.filter(isMoreThanNear);
      const { today, model } = request;
      const asked = { ...subject, today, ...(model === undefined ? {} : { model }) };
      const wording = isDraft && (await wordDraft(findModel, asked, sources, weigh, material.newest));
      const { worded, notes } = wording || { worded: NOTHING_WORDED, notes: [] };
      const { commits, left, changes } = sources;
      const known = { commits, left, weigh, sentences: worded, explained: because !== undefined };
      const draft = draftOf(material, {
        title,
        today,
        status: 'proposed',
        ...(selection ? { selection } : {}),
        ...(because === undefined ? {} : { because }),
        ...(changes ? { changes } : {}),
        ...(from === undefined ? {} : { changedIn: from }),
        ...(isDraft ? { known } : {}),
      });
      return writable({ edits: draftEdits(draft), path: draft.path, selection: draft.selection, ...(notes.length > 0 ? { notes } : {}) });
    },

    async kindred(request) {
      const begun = await begin(request);
      return isRefused(begun) ? begun : kindredRecords(kinSources(begun.now), begun.subject, begun.sources);
    },

    supersede: ({ decision, title, today, text, accept = false }) =>
      withRecord(decision, async (record, now) => {
        if (cleanTitle(title) === '') return NO_TITLE;
        if (record.id !== record.path) return { refused: `${record.id} is a section of a log. Write its successor and its status there.` };
        const old = text === undefined ? await readRecordText(files(), record.path) : readText(record.path, text);
        if (!old) return { refused: `${record.path} cannot be read.` };
        if (hasTitle({ title: record.head.title }, title)) return { refused: 'The new decision needs a different title.' };
        const known = await existingRecord(now, record, title);
        const heirs = now.register.successors.get(record.id) ?? [];
        if (heirs.length > 0 && (!known || !heirs.includes(known.id))) {
          const candidates = summariesOf(now.register).filter(({ id }) => heirs.includes(id));
          return { refused: `${record.path} is already superseded. Supersede the record that replaced it.`, candidates };
        }
        const material = await materialFor(files(), now.register.catalogue, exists, record.path);
        const existing = known ? await readRecordText(files(), known.path) : undefined;
        return writable(supersession(old, material, { title, today }, existing, accept));
      }),

    linkCode: ({ decision, path, line, text }) =>
      withRecord(decision, async (record) => {
        const inner = insideOf(root, path);
        if (inner === undefined) return { refused: `${path} is not in this repository.` };
        const content = text ?? (await files().read(inner, LARGEST_FILE));
        if (content === undefined) return { refused: `${path} cannot be read.` };
        const made = commentEdit(inner, content, line, record.path);
        return 'refused' in made ? made : writable({ ...made, path: inner });
      }),

    feedback,
    feedbackAll,

    async patch(edits) {
      const { text, skipped } = await patchOf(
        root,
        groupBy(edits, ({ path }) => path),
      );
      const [path] = skipped;
      if (path !== undefined) throw new EngineError('store-failed', `${path} is not UTF-8 or cannot be read, so no patch was made.`);
      return text;
    },

    apply: (edits) => writeEdits(root, edits),
  };
}
