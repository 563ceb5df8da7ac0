import { DocumentLinkRequest } from 'vscode-languageserver/node';
import { placeOf } from '../context.ts';
import { oneLine } from '../render.ts';
import { editorRequest } from '../request.ts';

/** Every citation of a record is a link to it, and every reference to lines in a document one to where those lines are now. A citation that may mean several records links to the best match, and its tooltip says so. */
export const documentLinkRequest = editorRequest({
  type: DocumentLinkRequest.type,
  name: 'Document links',
  capability: () => ({ documentLinkProvider: { resolveProvider: false } }),
  handle: async (context, { textDocument }, signal) => {
    if (!context.settings().documentLinks) return [];
    const located = await placeOf(context, textDocument.uri);
    if (located === undefined) return [];
    const [citations, lineLinks] = await Promise.all([
      located.engine.citations(located.place, signal),
      located.engine.lineLinks(located.place, signal),
    ]);
    const toLines = lineLinks.map(({ span, path, lines: { first, last }, moved }) => ({
      range: span,
      target: `${context.repositories.uriOf(located.repository, path)}#L${first + 1}${last > first ? `-L${last + 1}` : ''}`,
      tooltip: `${path}:${first + 1}${moved ? ', where the cited lines are now' : ''}`,
    }));
    const toRecords = citations.flatMap(({ span, targets }) => {
      const [best, ...rest] = targets.filter(({ path }) => path !== located.path);
      if (best === undefined) return [];
      const status = best.status === undefined ? '' : ` (${best.status})`;
      const ambiguous = rest.length === 0 ? '' : `; it may also mean ${rest.map(({ title }) => oneLine(title)).join(', ')}`;
      const target = context.repositories.uriOf(located.repository, best.path);
      return [{ range: span, target, tooltip: `${oneLine(best.title)}${status}${ambiguous}` }];
    });
    return [...toRecords, ...toLines];
  },
  nothing: [],
});
