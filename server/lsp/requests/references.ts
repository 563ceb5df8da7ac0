import { type Location, type ReferenceParams, ReferencesRequest } from 'vscode-languageserver/node';
import { TEXT_START } from '../../model/span.ts';
import { spanContains } from '../../text/positions.ts';
import { placeOf, type RequestContext } from '../context.ts';
import { editorRequest } from '../request.ts';

/** The record that a position is about: the one cited there, else the record that the file is. */
const recordAt = async (context: RequestContext, { textDocument, position }: ReferenceParams, signal: AbortSignal) => {
  const located = await placeOf(context, textDocument.uri);
  if (located === undefined) return undefined;
  const citations = await located.engine.citations(located.place, signal);
  const cited = citations.find(({ span }) => spanContains(span, position))?.targets;
  // A citation that may mean several records refers to none of them for sure.
  if (cited !== undefined && cited.length > 0) return cited.length === 1 && cited[0] ? { located, id: cited[0].id } : undefined;
  return { located, id: located.path };
};

/** Where a record is cited, in code and in other documents, and the code that people linked to it. Nothing elsewhere: the language's own server knows symbols. */
const references = async (context: RequestContext, params: ReferenceParams, signal: AbortSignal): Promise<Location[]> => {
  const found = await recordAt(context, params, signal);
  if (found === undefined) return [];
  const { located, id } = found;
  const reach = await located.engine.reach(id);
  if (reach === undefined) return [];
  const uriOf = (path: string): string => context.repositories.uriOf(located.repository, path);
  const record = params.context.includeDeclaration ? await located.engine.record(id) : undefined;
  return [
    ...(record?.path === undefined ? [] : [{ uri: uriOf(record.path), range: record.span }]),
    ...reach.cited.map(({ path, span }) => ({ uri: uriOf(path), range: span })),
    ...reach.citedBy.map(({ path, span }) => ({ uri: uriOf(path), range: span })),
    ...reach.linked.flatMap(({ path, isFile, lines }) => {
      const start = { line: lines?.first ?? TEXT_START.line, character: 0 };
      return isFile ? [{ uri: uriOf(path), range: { start, end: start } }] : [];
    }),
  ];
};

export const referencesRequest = editorRequest({
  type: ReferencesRequest.type,
  name: 'References',
  capability: () => ({ referencesProvider: true }),
  handle: references,
  nothing: [],
});
