import { createHash } from 'node:crypto';
import { relative, resolve } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { discoverRepository, readDiff } from '../../git/index.ts';
import { codeMatch } from '../../knowledge/links/links.ts';
import { saveTestLink } from '../../knowledge/links/links-file.ts';
import type { Refused } from '../../model/authoring.ts';
import { EngineError, messageOf } from '../../model/errors.ts';
import type { DiffRequest } from '../../model/selection.ts';
import type {
  Recorded,
  RecordedRun,
  RecordRequest,
  RunKind,
  ShadowCriteria,
  ShadowGate,
  SpecOutcome,
  TestLinkDone,
  TestLinkRequest,
  TestReportRequest,
  TestRunning,
  TestRunReport,
} from '../../model/test-runs.ts';
import {
  type KnownSpec,
  readTestReport,
  reportOf,
  resultsOf,
  type SelectionToRecord,
  selectionToRecord,
  shadowGate,
  specOutcomes,
  type TestReport,
  withFlakes,
} from '../../selection/index.ts';
import { resolveInside } from '../../text/read-file.ts';
import { didYouMean } from '../../text/suggest.ts';
import { insideOf } from '../../workspace/paths.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { beginningOf, reportFiles } from './report-files.ts';
import { appendRun, type ReadRuns, readRuns } from './run-log-file.ts';

export interface TestRunOptions {
  readonly workspace: () => Workspace;
  readonly specs: (signal?: AbortSignal) => Promise<readonly KnownSpec[]>;
  readonly select: (diff: DiffRequest, signal?: AbortSignal) => Promise<unknown>;
}

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

/** Where the log of a repository is, as `lintel.yaml` says. Rejects with `store-failed` where a symbolic link leads out. */
export async function logFolder({ root, loaded }: Workspace): Promise<string> {
  const { folder } = loaded.config.tests.runs;
  const real = await resolveInside(root, folder).catch(() => resolve(root, folder));
  if (real === undefined)
    throw new EngineError('store-failed', `${folder} is a symbolic link that leads out of the repository. Use --folder instead.`);
  return real;
}

/** Sentences on what of a log could not be read. */
const logNotices = ({ unreadable, cut }: ReadRuns): readonly string[] => [
  ...(unreadable === 0
    ? []
    : [`${counted(unreadable, 'line')} of the log of runs cannot be read and ${unreadable === 1 ? 'counts' : 'count'} for nothing.`]),
  ...(cut ? ['The log of runs is larger than 64 MB: only its end is read.'] : []),
];

/** Records runs of the end-to-end tests, and says what they tell. */
export class TestRuns implements TestRunning {
  readonly #options: TestRunOptions;

  constructor(options: TestRunOptions) {
    this.#options = options;
  }

  #folder(from: string, named: string | undefined): Promise<string> {
    return named === undefined ? logFolder(this.#options.workspace()) : Promise.resolve(resolve(from, named));
  }

  criteria(own: Partial<ShadowCriteria> = {}): ShadowCriteria {
    const { runs, days, missed } = this.#options.workspace().loaded.config.tests.shadow;
    return { runs: own.runs ?? runs, days: own.days ?? days, missed: own.missed ?? missed / 100 };
  }

  async report(request: TestReportRequest): Promise<TestRunReport> {
    const read = await readRuns(await this.#folder(request.from, request.folder));
    return reportOf(read.runs, { criteria: this.criteria(request.criteria), since: request.since, notices: logNotices(read) });
  }

  /** Whether the selection may decide; `undefined` where no run was recorded in shadow mode. */
  async gate(): Promise<ShadowGate | undefined> {
    const { runs } = await readRuns(await logFolder(this.#options.workspace()));
    return runs.some(({ run }) => run === 'shadow') ? shadowGate(withFlakes(runs), this.criteria()) : undefined;
  }

  async outcomes(files: readonly string[], specs: readonly string[], signal?: AbortSignal): Promise<readonly SpecOutcome[]> {
    const reports: TestReport[] = [];
    for (const file of files) {
      const read = await beginningOf(file);
      const report = read && readTestReport(read.bytes, read.cut);
      if (report && !('refused' in report)) reports.push(report);
    }
    return reports.length === 0 ? [] : specOutcomes(reports, await this.#options.specs(signal), specs);
  }

  async record(request: RecordRequest, signal?: AbortSignal): Promise<Recorded | Refused> {
    const selection = request.selection === undefined ? undefined : await this.#selectionIn(resolve(request.from, request.selection));
    return selection && 'refused' in selection ? selection : this.#record(request, selection, signal);
  }

  /** Records a full run, and beside it what would have been selected for a difference, or was. */
  async shadow(request: RecordRequest & { readonly diff: DiffRequest }, signal?: AbortSignal): Promise<Recorded | Refused> {
    if (request.selection !== undefined) return this.record({ ...request, run: 'shadow' }, signal);
    const selection = selectionToRecord(await this.#options.select(request.diff, signal), manifest.version);
    return this.#record({ ...request, run: 'shadow' }, selection, signal);
  }

  async link({ code, spec, today, note }: TestLinkRequest, signal?: AbortSignal): Promise<TestLinkDone | Refused> {
    const { root } = this.#options.workspace();
    const test = insideOf(root, spec);
    const inner = insideOf(root, code);
    if (inner === undefined) return { refused: `${code} is not in this repository.` };
    const specs = (await this.#options.specs(signal)).map(({ path }) => path);
    if (test === undefined || !specs.some((path) => codeMatch(test, path) > 0)) {
      return { refused: `${spec} is no end-to-end test of this repository.${didYouMean(test ?? spec, specs)}` };
    }
    const written = await saveTestLink(root, { test, code: inner, date: today, ...(note === undefined ? {} : { note }) }).catch(
      (cause: unknown) => {
        throw new EngineError('store-failed', `.lintel/links.yaml cannot be written: ${messageOf(cause)}`, { cause });
      },
    );
    return 'refused' in written ? written : { done: written.done[0] ?? 'unchanged', code: inner, test };
  }

  async #selectionIn(path: string): Promise<SelectionToRecord | Refused> {
    const read = await beginningOf(path);
    if (!read) return { refused: `There is no file ${path} that can be read.` };
    try {
      const selection = selectionToRecord(JSON.parse(Buffer.from(read.bytes).toString('utf8')), manifest.version);
      if (selection) return selection;
    } catch {
      // Said below: it makes no difference to a person why it is none.
    }
    return { refused: `${path} is no selection. Write one with "lintel tests select --format json".` };
  }

  async #record(request: RecordRequest, chosen: SelectionToRecord | undefined, signal?: AbortSignal): Promise<Recorded | Refused> {
    const files = await reportFiles(request.from, request.reports);
    if (files.length === 0)
      return { refused: `No report was found at ${request.reports.join(', ')}. Give files, folders or patterns with --junit.` };
    const notices: string[] = [];
    const reports: TestReport[] = [];
    let whole = true;
    for (const file of files) {
      const read = await beginningOf(file);
      const report = read ? readTestReport(read.bytes, read.cut) : { refused: 'It cannot be read.' };
      if ('refused' in report) notices.push(`${file} is not a report: ${report.refused}`);
      else {
        reports.push(report);
        if (!report.complete) notices.push(`${file} ends too early or is damaged: results may be missing.`);
      }
      whole &&= !('refused' in report) && report.complete;
    }
    if (reports.length === 0) return { refused: notices.join(' ') };
    const found = resultsOf(reports, await this.#options.specs(signal));
    if (found.unmatchedCount > 0)
      notices.push(
        `${counted(found.unmatchedCount, 'test')} of the reports ${found.unmatchedCount === 1 ? 'belongs' : 'belong'} to no known spec: ${listed(found.unmatched)}.`,
      );
    const { selection, changed, changes } = chosen ?? {};
    const ran = new Set(found.results.filter(({ outcome }) => outcome !== 'skipped').map(({ path }) => path));
    const wanted = selection && selection.selected !== 'all' ? selection.selected.map(({ path }) => path) : [];
    const missing = wanted.filter((path) => !ran.has(path));
    if (missing.length > 0)
      notices.push(`${counted(missing.length, 'selected test')} did not run, so this run is not green: ${listed(missing)}.`);
    const run: RunKind =
      request.run ?? (!selection || selection.selected === 'all' || [...ran].some((path) => !wanted.includes(path)) ? 'full' : 'selected');
    const line: RecordedRun = {
      format: 1,
      time: request.now,
      ...(await this.#state(signal)),
      run,
      seconds: request.seconds ?? found.seconds,
      ...(selection ? { selection } : {}),
      ...(changed ? { changed } : {}),
      ...(changes !== undefined && changed && changes > changed.length ? { changes } : {}),
      results: found.results,
      ...(missing.length > 0 ? { missing } : {}),
      ...(found.unmatchedCount > 0 ? { unmatched: found.unmatchedCount } : {}),
      ...(found.errors.length > 0 ? { errors: found.errors } : {}),
      ...(whole ? {} : { incomplete: true }),
      ...(request.override === undefined ? {} : { override: request.override }),
    };
    return { file: await appendRun(await this.#folder(request.from, request.folder), line), run: line, notices };
  }

  /** HEAD, with a hash of what is not committed; what Lintel itself wrote into the log or the links does not count. */
  async #state(signal?: AbortSignal): Promise<{ readonly sha?: string; readonly uncommitted?: string }> {
    const { root } = this.#options.workspace();
    const { repository } = await discoverRepository(root);
    if (!repository || repository.head === '') return {};
    const own = relative(root, await logFolder(this.#options.workspace())).replaceAll('\\', '/');
    const { files } = await readDiff(repository, 'work-tree', { signal });
    const theirs = files.filter(({ path }) => !path.startsWith(`${own}/`) && !path.startsWith('.lintel/'));
    if (theirs.length === 0) return { sha: repository.head };
    return { sha: repository.head, uncommitted: createHash('sha256').update(JSON.stringify(theirs)).digest('hex').slice(0, 16) };
  }
}
