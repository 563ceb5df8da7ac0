import { ResourceNotFoundError } from '@modelcontextprotocol/server';
import { SMALLEST_BUDGET } from '../model/agent-tools.ts';
import type { DocumentKind } from '../model/document.ts';
import type { Engine } from '../model/engine.ts';
import { numberedTitle } from '../model/title.ts';

/** Resources on one page of the list. */
const PAGE = 100;
const KINDS: readonly DocumentKind[] = ['decision', 'specification', 'guide'];

/** Address of a document as a resource: its id is a path, whose slashes stay. */
export const resourceUri = (id: string): string => `lintel://record/${id.split('/').map(encodeURIComponent).join('/')}`;

/** The one template: any document by its id, such as the path of a record, or a commit as `commit:SHA`. */
export const RESOURCE_TEMPLATE = {
  uriTemplate: 'lintel://record/{+id}',
  name: 'record',
  title: 'Decision record, specification, guide or commit',
  description: 'A document by its path in the repository, or a commit by commit:SHA.',
  mimeType: 'text/markdown',
} as const;

/** One page of the documents of the repository: decisions first, then specifications and guides, each by path. `cursor` is where the page before ended. */
export async function listResources(engine: Engine, cursor: string | undefined) {
  const heads = await engine.documents(KINDS);
  const ordered = KINDS.flatMap((kind) => heads.filter((head) => head.kind === kind));
  const from = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(from) || from < 0)
    throw new ResourceNotFoundError('lintel://record/', `There is no page "${cursor?.slice(0, 40)}".`);
  const page = ordered.slice(from, from + PAGE);
  return {
    resources: page.map((head) => ({
      uri: resourceUri(head.id),
      name: head.id,
      title: numberedTitle(head.number === undefined ? { title: head.title } : { number: head.number, title: head.title }),
      description: head.status === undefined ? head.kind : `${head.kind}, ${head.status.value}`,
      mimeType: 'text/markdown',
    })),
    ...(from + PAGE < ordered.length ? { nextCursor: String(from + PAGE) } : {}),
  };
}

/** The id in the address of a resource. Throws a `ResourceNotFoundError` for any other address. */
export function idOfResource(uri: string): string {
  const [, path] = /^lintel:\/\/record\/(.+)$/s.exec(uri) ?? [];
  if (path === undefined) throw new ResourceNotFoundError(uri.slice(0, 300));
  try {
    return decodeURIComponent(path);
  } catch {
    throw new ResourceNotFoundError(uri.slice(0, 300));
  }
}

/** Budget of a resource: a person attached it, so it comes whole unless it is huge. */
export const RESOURCE_BUDGET = 100 * SMALLEST_BUDGET;
