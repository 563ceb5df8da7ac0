import { setImmediate } from 'node:timers/promises';
import { type CodeLens, type CodeLensParams, CodeLensRequest } from 'vscode-languageserver/node';
import { OPEN_DOCUMENT, type OpenDocumentArgument, SHOW_WHY, type ShowWhyArgument } from '../../../protocol/index.ts';
import type { CodeSymbol, Hit, Place } from '../../model/answer.ts';
import { fileHits, lensSymbols, ownHits, regionOf } from '../../model/declared-regions.ts';
import type { Engine } from '../../model/engine.ts';
import { messageOf } from '../../model/errors.ts';
import type { RecordReach } from '../../model/reach.ts';
import { EMPTY_SPAN, type LineRange } from '../../model/span.ts';
import { numberedTitle } from '../../model/title.ts';
import { memoise } from '../../text/memoise.ts';
import { placeOf, type RequestContext, successorsOf } from '../context.ts';
import type { Located } from '../open-repositories.ts';
import { oneLine, shorten } from '../render.ts';
import { editorRequest } from '../request.ts';
import { placeOfSymbol } from './code-lens-symbols.ts';
import { testLenses } from './testing/test-lenses.ts';

/** Only the first symbols of a file are checked. */
const MOST_SYMBOLS = 50;
/** Remembered answers: those of about twenty open files. */
const MOST_ANSWERS = 1_000;

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** What a record reaches, in a line: "governs 14 files, cited 9 times". A record that is not in force governs nothing. Empty if it reaches nothing. */
const reachTitle = (reach: RecordReach | undefined): string => {
  if (reach === undefined) return '';
  const { inForce, files, cited, citedBy } = reach;
  const count = cited.length + citedBy.length;
  const parts = [
    ...(inForce && files > 0 ? [`governs ${files} ${files === 1 ? 'file' : 'files'}`] : []),
    ...(count > 0 ? [`cited ${times(count)}`] : []),
  ].join(', ');
  return parts.charAt(0).toUpperCase() + parts.slice(1);
};

const recordLenses = async (context: RequestContext, { engine, repository, path }: Located): Promise<CodeLens[] | undefined> => {
  const record = await engine.record(path);
  if (record?.kind !== 'decision') return undefined;
  const successors = await successorsOf(engine, record);
  const range = successors.length === 0 ? EMPTY_SPAN : ((await engine.document(path))?.status?.span ?? EMPTY_SPAN);
  const reach = reachTitle(await engine.reach(path));
  const argument: ShowWhyArgument = { uri: context.repositories.uriOf(repository, path) };
  const reached = reach === '' ? [] : [{ range: EMPTY_SPAN, command: { title: reach, command: SHOW_WHY, arguments: [argument] } }];
  const replaced = successors.flatMap((successor): CodeLens[] => {
    if (successor.path === undefined) return [];
    const argument: OpenDocumentArgument = { uri: context.repositories.uriOf(repository, successor.path), range: successor.span };
    const title = `Superseded by ${oneLine(numberedTitle(successor))}`;
    return [{ range, command: { title, command: OPEN_DOCUMENT, arguments: [argument] } }];
  });
  return [...replaced, ...reached];
};

type RecordTitle = Pick<Hit, 'id' | 'title' | 'number'>;

/** Answers about symbols, by the text that they depend on. Dropped when anything in the repository changes. */
const answersOf = new WeakMap<RequestContext, ReturnType<typeof memoise<readonly RecordTitle[]>>>();

/** The records that govern a symbol by evidence in its own lines. While the rest of the file changes, the answer is remembered. */
const governingSymbol = (
  context: RequestContext,
  { engine, path, repository }: Located,
  place: Place,
  region: LineRange,
  lines: readonly string[],
): Promise<readonly RecordTitle[]> => {
  const answers = answersOf.get(context) ?? memoise<readonly RecordTitle[]>(MOST_ANSWERS);
  answersOf.set(context, answers);
  const key = [repository.root, path, ...lines.slice(region.first, region.last + 1)].join('\n');
  return answers(key, () => ask(engine, place, region));
};

const ask = async (engine: Engine, place: Place, region: LineRange): Promise<readonly RecordTitle[]> => {
  const { governing } = await engine.why(placeOfSymbol(place, region));
  return ownHits(governing, region).map(({ id, title, number }) => ({ id, title, ...(number === undefined ? {} : { number }) }));
};

const sameSet = (a: readonly RecordTitle[], b: readonly RecordTitle[]): boolean =>
  a.length === b.length && a.every(({ id }) => b.some((other) => other.id === id));

/** At the head of a file: how many decisions govern it, and how many more probably do. */
const fileLens = (uri: string, governing: number, probable: number): CodeLens[] => {
  const argument: ShowWhyArgument = { uri };
  const titles = [
    ...(governing === 0 ? [] : [governing === 1 ? '1 decision governs this file' : `${governing} decisions govern this file`]),
    ...(probable === 0 ? [] : [probable === 1 ? '1 decision speaks of this file' : `${probable} decisions speak of this file`]),
  ];
  return titles.map((title) => ({ range: EMPTY_SPAN, command: { title, command: SHOW_WHY, arguments: [argument] } }));
};

const symbolLens = (uri: string, { name, nameSpan, span }: CodeSymbol, governing: readonly RecordTitle[]): CodeLens => {
  const [only] = governing;
  const title =
    only && governing.length === 1 ? `Decision: ${shorten(numberedTitle(only))}` : `${governing.length} decisions govern ${oneLine(name)}`;
  const argument: ShowWhyArgument = { uri, line: span.start.line, endLine: span.end.line };
  const start = { line: nameSpan.start.line, character: span.start.line === nameSpan.start.line ? span.start.character : 0 };
  return { range: { start, end: start }, command: { title, command: SHOW_WHY, arguments: [argument] } };
};

interface Governed {
  readonly symbol: CodeSymbol;
  readonly region: LineRange;
  readonly governing: readonly RecordTitle[];
}

/** Does an enclosing symbol already have the same lens? */
const isRepeated = ({ symbol, governing }: Governed, all: readonly Governed[]): boolean =>
  all.some(
    (other) =>
      other.symbol.depth < symbol.depth &&
      other.region.first <= symbol.span.start.line &&
      other.region.last >= symbol.span.end.line &&
      sameSet(other.governing, governing),
  );

/**
 * In a record: what it reaches, and what replaces it. In code: above a symbol, the decisions that govern it by evidence in its own lines, and at the
 * top of the file, the decisions about the whole file or about every symbol in it, and how many more probably govern it.
 */
const decisionLenses = async (context: RequestContext, { textDocument }: CodeLensParams, signal: AbortSignal): Promise<CodeLens[]> => {
  if (!context.settings().codeLens) return [];
  const located = await placeOf(context, textDocument.uri);
  if (located === undefined) return [];
  const inRecord = await recordLenses(context, located);
  if (inRecord !== undefined) return inRecord;
  const { engine, place } = located;
  const { governing, probable } = await engine.why({ ...place, unasked: true }, signal);
  const granularity = context.settings().codeLensGranularity;
  if (granularity === 'file' || place.text === undefined) return fileLens(textDocument.uri, governing.length, probable.length);

  const lines = place.text.split('\n');
  const symbols = lensSymbols(await engine.symbols(place), granularity === 'all').slice(0, MOST_SYMBOLS);
  const governed: Governed[] = [];
  for (const symbol of symbols) {
    // Lets the server answer other requests, such as hovers, between two symbols.
    await setImmediate();
    signal.throwIfAborted();
    const region = regionOf(symbol, lines);
    governed.push({ symbol, region, governing: await governingSymbol(context, located, place, region, lines) });
  }
  const ofFile = fileHits(
    governing,
    governed.map(({ region }) => region),
  );
  const top = governed.filter(({ symbol }) => symbol.depth === 0);
  const [first] = top;
  const everywhere =
    first !== undefined && top.length > 1 && top.every((each) => sameSet(each.governing, first.governing)) ? first.governing : [];
  const atTop = new Set([...ofFile, ...everywhere].map(({ id }) => id));
  const shown = governed.filter((each) => each.governing.some(({ id }) => !atTop.has(id)) && !isRepeated(each, governed));
  return [
    ...fileLens(textDocument.uri, atTop.size, probable.length),
    ...shown.map(({ symbol, governing: own }) => symbolLens(textDocument.uri, symbol, own)),
  ];
};

/** Decisions and, where somebody wants them, numbers of tests. One that fails does not keep the other away. */
const codeLens = async (context: RequestContext, params: CodeLensParams, signal: AbortSignal): Promise<CodeLens[]> => {
  const { testLenses: wanted } = context.settings();
  const located = wanted ? await placeOf(context, params.textDocument.uri) : undefined;
  const [decisions, tests] = await Promise.allSettled([
    decisionLenses(context, params, signal),
    located === undefined ? [] : testLenses(located, located.place, signal),
  ]);
  if (decisions.status === 'rejected') throw decisions.reason;
  if (tests.status === 'rejected') context.log('warn', `Numbers of end-to-end tests: ${messageOf(tests.reason)}`);
  return [...decisions.value, ...(tests.status === 'fulfilled' ? tests.value : [])];
};

export const codeLensRequest = editorRequest({
  type: CodeLensRequest.type,
  name: 'Code lens',
  capability: () => ({ codeLensProvider: { resolveProvider: false } }),
  handle: codeLens,
  nothing: [],
  forget: (context) => answersOf.delete(context),
});
