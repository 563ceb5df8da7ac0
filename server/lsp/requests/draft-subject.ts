import type { DraftSubjectParams } from '../../../protocol/authoring.ts';
import type { DraftSubject, SelectedCode } from '../../model/authoring.ts';
import type { RequestContext } from '../context.ts';
import type { Located } from '../open-repositories.ts';
import { fileParam, textParam } from '../params.ts';

/** The selected lines, with the text of the editor if the file is open. A selection that ends at the start of a line does not include that line. */
const selectedCode = (context: RequestContext, { uri, selection }: DraftSubjectParams, path: string): SelectedCode | undefined => {
  if (!selection) return undefined;
  const { start, end } = selection;
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const lines = { first: start.line, last };
  const document = context.documents.get(uri);
  if (!document) return { path, lines };
  const text = document.getText({ start: { line: start.line, character: 0 }, end: { line: last + 1, character: 0 } });
  return text.trim() === '' ? undefined : { path, lines, text };
};

/** What a new record is to be about, and the repository that it goes to. */
export const draftSubject = async (
  context: RequestContext,
  method: string,
  params: DraftSubjectParams,
  signal: AbortSignal,
): Promise<Located & { readonly subject: DraftSubject }> => {
  const located = await fileParam(context, params.uri);
  const { path } = located;
  const selection = selectedCode(context, params, path);
  const { fromChanges, from, because } = params;
  return {
    ...located,
    subject: {
      title: textParam(params.title, 'title', method),
      ...(path === '' ? {} : { near: path }),
      ...(selection ? { selection } : {}),
      ...(fromChanges === true ? { fromChanges: true } : {}),
      ...(from === undefined ? {} : { from }),
      ...(because === undefined ? {} : { because }),
      signal,
    },
  };
};
