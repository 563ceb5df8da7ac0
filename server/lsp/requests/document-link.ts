import { DocumentLinkRequest } from 'vscode-languageserver/node';
import { placeOf } from '../context.ts';
import { oneLine } from '../render.ts';
import { editorRequest } from '../request.ts';

/** Every citation of a record is a link to it. A citation that may mean several records links to the best match, and its tooltip says so. */
export const documentLinkRequest = editorRequest({
  type: DocumentLinkRequest.type,
  name: 'Document links',
  capability: () => ({ documentLinkProvider: { resolveProvider: false } }),
  handle: async (context, { textDocument }, signal) => {
    if (!context.settings().documentLinks) return [];
    const located = await placeOf(context, textDocument.uri);
    if (located === undefined) return [];
    const citations = await located.engine.citations(located.place, signal);
    return citations.flatMap(({ span, targets }) => {
      const [best, ...rest] = targets.filter(({ path }) => path !== located.path);
      if (best === undefined) return [];
      const status = best.status === undefined ? '' : ` (${best.status})`;
      const ambiguous = rest.length === 0 ? '' : `; it may also mean ${rest.map(({ title }) => oneLine(title)).join(', ')}`;
      const target = context.repositories.uriOf(located.repository, best.path);
      return [{ range: span, target, tooltip: `${oneLine(best.title)}${status}${ambiguous}` }];
    });
  },
  nothing: [],
});
