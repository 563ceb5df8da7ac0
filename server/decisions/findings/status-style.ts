import { folderOf } from '../../knowledge/paths.ts';
import type { DocumentHead } from '../../model/document.ts';

/** How a status names the record that replaces another. */
export type ReferenceStyle =
  | { readonly kind: 'link'; readonly label: 'number' | 'code' | 'numbered-title' | 'title' | 'file' }
  | { readonly kind: 'code'; readonly separator: string }
  | { readonly kind: 'file' };

/** The form in which the records of a repository say that they were superseded. */
export interface StatusStyle {
  readonly reference: ReferenceStyle;
  /** Digits of a padded number; 0 for none. */
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

/** True where the status stands above the title: in front matter. */
const isAbove = ({ status, titleSpan }: DocumentHead): boolean =>
  status !== undefined && titleSpan !== undefined && status.span.start.line < titleSpan.start.line;

/**
 * The style of most superseded records of the repository: of those of the same format with the status in the same place, in the same folder if
 * it has any. `undefined` where no record says it yet.
 */
export function statusStyle(heads: readonly DocumentHead[], like: DocumentHead): StatusStyle | undefined {
  const samples = heads.filter(
    (head) =>
      head.id !== like.id &&
      head.status?.value === 'superseded' &&
      head.format === like.format &&
      isAbove(head) === isAbove(like) &&
      /\bby\b/i.test(head.status.text),
  );
  const near = samples.filter((head) => folderOf(head.path ?? '') === folderOf(like.path ?? ''));
  const counts = new Map<string, { style: StatusStyle; count: number }>();
  for (const { status } of near.length > 0 ? near : samples) {
    const style = styleOf(status?.text ?? '');
    if (!style) continue;
    const key = JSON.stringify(style);
    counts.set(key, { style, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.style;
}
