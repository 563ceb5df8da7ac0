import { placeNames } from '../../code/place-names.ts';
import type { SourceFile } from '../../code/source-file.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import { logOfFile } from '../../git/index.ts';
import { type AsOf, asOf } from '../../history/as-of.ts';
import { type CurrentHistory, currentHistory } from '../../history/current.ts';
import { LineHistories } from '../../history/line-history.ts';
import type { Hit, Place, WhyAnswer } from '../../model/answer.ts';
import type { Commit } from '../../model/commit.ts';
import { fileHits, lensSymbols, regionOf } from '../../model/declared-regions.ts';
import type { LineHistory } from '../../model/history.ts';
import type { Loaded } from '../../retrieval/loader.ts';
import { memoise } from '../../text/memoise.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { makerHits } from '../explaining/line-commits.ts';
import { orderRelated } from '../explaining/order.ts';
import { Backgrounds, type KeptBackgrounds } from './background.ts';
import { codeQuery } from './code-query.ts';
import { explainedRecords, joinCommits, logBounds, noticesOf, withExplanation } from './explain.ts';
import { LineExplainer, NO_EXPLANATION } from './explained-lines.ts';
import { nameEvidence, symbolWeights } from './named.ts';
import type { RankingQuery, RankingSpace } from './ranking.ts';
import { commitHits, specificationsOf, whyParts } from './why.ts';

const COMMITS_OF_A_FILE = 5;
const MOST_LOGS = 100;

/** What answers are made from: the loaded index, and what the register, the history and the source files say. */
export interface WhyView extends Omit<RankingSpace, 'background'>, Loaded {
  readonly embedder: Embedder;
  /** Set where everything is as it was at a commit: its sha, and those of all commits up to it. */
  readonly past?: { readonly sha: string; readonly shas: ReadonlySet<string> };
}

/** Answers why code is as it is: which decisions govern it and, if a person asked, what else is worth reading. */
export class WhyAnswers {
  readonly #workspace: () => Pick<Workspace, 'files' | 'repository'>;
  readonly #backgrounds: Backgrounds;
  readonly #histories: LineHistories;
  readonly #explainer: LineExplainer;
  readonly #priorTo: AsOf = asOf();
  readonly #logs = memoise<readonly Commit[]>(MOST_LOGS);

  /**
   * @param workspace read on every call, because the folder may become a repository later
   * @param histories shared with others that ask for the commits of lines. Default: its own
   * @param kept where to keep how close arbitrary code comes to the records. Default: in memory only
   */
  constructor(workspace: () => Pick<Workspace, 'files' | 'repository'>, histories = new LineHistories(), kept?: KeptBackgrounds) {
    this.#workspace = workspace;
    this.#histories = histories;
    this.#explainer = new LineExplainer(histories.blame);
    this.#backgrounds = new Backgrounds(() => workspace().files, kept);
  }

  /** Collects what a place is ranked with. Rejects with `unknown-commit` if the repository has no commit `place.asOf`. */
  async prepare(view: WhyView, place: Place, file: SourceFile): Promise<{ readonly space: RankingSpace; readonly query: RankingQuery }> {
    const before = place.asOf === undefined ? view.past?.shas : await this.#priorTo(this.#workspace().repository, place.asOf);
    const codeWindow = await codeQuery({ ...place, file, line: place.line ?? 0 }, view.embedder);
    const space = { ...view, background: await this.#backgrounds.get(view) };
    const symbols = await file.symbols();
    const used = placeNames(place, file, symbols);
    const names = symbolWeights(view.register.names, view.code, used);
    const named = nameEvidence(view.register.names, view.code, used);
    return { space, query: { place, file, symbols, used, codeWindow, names, named, ...(before ? { before } : {}) } };
  }

  /** Ranks and explains a place. Rejects as `prepare` does, and with the reason of `signal`. */
  async answer(view: WhyView, place: Place, file: SourceFile, signal?: AbortSignal): Promise<Omit<WhyAnswer, 'index'>> {
    const repository = this.#workspace().repository;
    const { space, query } = await this.prepare(view, place, file);
    const { before } = query;
    signal?.throwIfAborted();
    const { governing: here, probable, related: rest } = whyParts(space, query, place.most);
    if (place.unasked) return { governing: here, probable, related: [] };
    const ofFile = place.line === undefined ? [] : await this.governingFile(view, place, file);
    const governing = [...here, ...ofFile.filter(({ id }) => here.every((hit) => hit.id !== id))];
    const inFile = new Set(governing.map(({ id }) => id));
    const related = rest.filter(({ id }) => !inFile.has(id));
    const history = repository && (await currentHistory(repository, view.past?.sha));
    const isProposed = (id: string): boolean => view.documentIndex.get(id)?.head.status?.value === 'proposed';
    const [explained, chain, commits] = await Promise.all([
      history
        ? this.#explainer.explain({ history, view, place, file, symbols: query.symbols, before, signal, isProposed })
        : NO_EXPLANATION,
      this.#lineHistory(history, place, file, signal),
      history ? this.#commitsOf(history, place) : [],
    ]);
    signal?.throwIfAborted();
    const makers = (chain?.commits ?? []).filter(({ touch, sha }) => touch === undefined && (!before || before.has(sha)));
    const made = place.line === undefined ? [] : makerHits({ commits: before ? makers : (chain?.commits ?? []) }, place.line);
    const specifications = file.text.trim() === '' ? [] : specificationsOf(space, query);
    return {
      governing: withExplanation(governing, explained),
      probable: withExplanation(
        probable.filter(({ id }) => !inFile.has(id)),
        explained,
      ),
      related: orderRelated(
        {
          commits: joinCommits(made, explained.hits),
          ofFile: commitHits(commits, place.path).filter(({ id }) => [...made, ...explained.hits].every((hit) => hit.id !== id)),
          specifications,
          documents: [
            ...withExplanation(related, explained),
            ...explainedRecords(view, place.path, explained, [...governing, ...probable, ...related]),
          ],
        },
        place.line === undefined ? undefined : { first: place.line, last: place.endLine ?? place.line },
      ),
      ...(chain ? { reasons: makers } : {}),
      ...noticesOf([...explained.notices, ...(chain?.notices ?? [])]),
    };
  }

  /** The commits behind the line at hand; `undefined` for a whole file, and outside of git. */
  async #lineHistory(
    history: CurrentHistory | undefined,
    { path, text, line }: Place,
    file: SourceFile,
    signal: AbortSignal | undefined,
  ): Promise<LineHistory | undefined> {
    if (!history || line === undefined || file.text === '' || history.repository.head === '') return undefined;
    return this.#histories.at(history, { path, text: file.text, unsaved: text !== undefined, line }, signal);
  }

  /** The decisions that govern a file as a whole, not by what is within one of its declarations: they govern each of its lines. */
  async governingFile(view: WhyView, { line: _, endLine: __, ...whole }: Place, file: SourceFile): Promise<Hit[]> {
    const { space, query } = await this.prepare(view, whole, file);
    const regions = lensSymbols(query.symbols, false).map((symbol) => regionOf(symbol, file.textLines));
    return fileHits(whyParts(space, query, 0).governing, regions).map((hit) => ({ ...hit, wholeFile: true }));
  }

  /** The newest commits of a file, memoised per HEAD: starting git costs a process of this size tens of milliseconds. */
  #commitsOf({ repository, edges, at }: CurrentHistory, place: Place): Promise<readonly Commit[]> {
    const bounds = logBounds(place, at);
    const key = [repository.head, place.path, bounds.before ?? '', ...edges].join('\0');
    return this.#logs(key, () => logOfFile(repository, place.path, { limit: COMMITS_OF_A_FILE, ...bounds }));
  }
}
