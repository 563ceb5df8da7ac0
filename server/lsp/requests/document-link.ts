import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver/node';
import { placeOf, type RequestContext } from '../context.ts';
import { oneLine } from '../render.ts';

/** Document links: every citation that names a record leads to it; one that may name several leads to the best and says so. */
export const documentLinks = async (
  context: RequestContext,
  { textDocument }: DocumentLinkParams,
  signal: AbortSignal,
): Promise<DocumentLink[]> => {
  if (!context.settings().documentLinks) return [];
  const located = await placeOf(context, textDocument.uri);
  if (located === undefined) return [];
  const citations = await located.engine.citations(located.place, signal);
  return citations.flatMap(({ span, targets }) => {
    const others = targets.filter(({ path }) => path !== located.path);
    const [best, ...rest] = others;
    if (best === undefined) return [];
    const status = best.status === undefined ? '' : ` (${best.status})`;
    const ambiguous = rest.length === 0 ? '' : `; it may also mean ${rest.map(({ title }) => oneLine(title)).join(', ')}`;
    return [
      {
        range: span,
        target: context.workspaces.uriOf(located.repository, best.path),
        tooltip: `${oneLine(best.title)}${status}${ambiguous}`,
      },
    ];
  });
};
