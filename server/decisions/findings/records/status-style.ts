import { folderOf } from '../../../knowledge/paths.ts';
import type { DocumentHead } from '../../../model/document.ts';

/** How a status names the successor. */
export type ReferenceStyle =
  | { readonly kind: 'link'; readonly label: 'number' | 'code' | 'numbered-title' | 'title' | 'file' }
  | { readonly kind: 'code'; readonly separator: string }
  | { readonly kind: 'file' };

/** The form in which the records of a repository say that they were superseded. */
export interface StatusStyle {
  readonly reference: ReferenceStyle;
  /** How many digits numbers are padded to; 0 for none. */
  readonly digits: number;
}

const LINK = /\[([^\]]{0,200})\]\(([^)\s]{1,300})\)/;
const CODE = /\b(?:ADR|RFC)([-_ ]?)(\d{1,5})\b/i;
const FILE = /[\w./-]+\.(?:md|rst|adoc)\b/i;

function labelOf(label: string): Extract<ReferenceStyle, { kind: 'link' }>['label'] {
  if (/^0*\d+$/.test(label)) return 'number';
  if (/^(?:ADR|RFC)[-_ ]?\d+$/i.test(label)) return 'code';
  if (/^\d+\s?[.:]\s/.test(label)) return 'numbered-title';
  return /\.(?:md|rst|adoc)$|^\d+-/.test(label) ? 'file' : 'title';
}

function styleOf(text: string): StatusStyle | undefined {
  const link = LINK.exec(text);
  const digits = /\b0\d+\b/.exec(link?.[1] ?? text)?.[0].length ?? 0;
  if (link) return { reference: { kind: 'link', label: labelOf(link[1] ?? '') }, digits };
  const code = CODE.exec(text);
  if (code) return { reference: { kind: 'code', separator: code[1] ?? '' }, digits: code[2]?.startsWith('0') ? code[2].length : 0 };
  return FILE.test(text) ? { reference: { kind: 'file' }, digits: 0 } : undefined;
}

/** Whether the status is above the title, that is, in front matter. */
const isAboveTitle = ({ status, titleSpan }: DocumentHead): boolean =>
  status !== undefined && titleSpan !== undefined && status.span.start.line < titleSpan.start.line;

/**
 * The style of most superseded records that have the format of `like` and their status in the same place: those in its folder if there are any,
 * else all. `undefined` if there are none.
 */
export function statusStyle(heads: readonly DocumentHead[], like: DocumentHead): StatusStyle | undefined {
  const samples = heads.filter(
    (head) =>
      head.id !== like.id &&
      head.status?.value === 'superseded' &&
      head.format === like.format &&
      isAboveTitle(head) === isAboveTitle(like) &&
      /\bby\b/i.test(head.status.text),
  );
  const inFolder = samples.filter((head) => folderOf(head.path ?? '') === folderOf(like.path ?? ''));
  const counts = new Map<string, { style: StatusStyle; count: number }>();
  for (const { status } of inFolder.length > 0 ? inFolder : samples) {
    const style = styleOf(status?.text ?? '');
    if (!style) continue;
    const key = JSON.stringify(style);
    counts.set(key, { style, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.style;
}
