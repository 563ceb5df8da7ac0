import { withoutEntities } from './entities.ts';
import type { Outline } from './outline.ts';

/** A link in running text. */
export interface InlineLink {
  /** Range of the whole link. */
  readonly start: number;
  readonly end: number;
  /** The visible text, as written. */
  readonly text: string;
  /** The target as written; for a reference link, the target of its definition, or the name itself if it has none. */
  readonly target: string;
  /** True for a reference link without a definition, such as `[22. Use Kafka]`. */
  readonly dangling: boolean;
  readonly image: boolean;
  /** True for a wiki link, `[[target]]`: the site looks for a page of that name. */
  readonly wiki?: true;
}

/** Name of a link definition as it is compared: case and the width of white space do not count. */
export const labelOf = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

/** All links of a document outside code, in text order. */
export function inlineLinks(outline: Outline): readonly InlineLink[] {
  const stretches = [...outline.blocks, ...outline.headings].sort((a, b) => a.start - b.start);
  const scan = outline.format === 'markdown' ? markdownLinks : outline.format === 'rst' ? rstLinks : asciidocLinks;
  const found: InlineLink[] = [];
  for (const { start, end } of stretches) scan(outline.visible.slice(start, end), start, outline.definitions, found);
  return found.sort(inOrder);
}

/** Elements of HTML that occur in running text. Other names in angle brackets are type parameters or placeholders, which readers see. */
const ELEMENT =
  /<\/?(?:a|abbr|b|big|br|center|cite|code|del|details|div|em|font|h[1-6]|hr|i|img|ins|kbd|mark|nobr|p|picture|q|s|samp|small|source|span|strike|strong|sub|summary|sup|tt|u|var|wbr)(?:\s[^<>]{0,300}|\s?\/)?>|<\/[a-z][\w.-]{0,40}>|<[a-z][\w.-]{0,40}(?:\s[^<>]{0,300}=[^<>]{0,300}|\s?\/)>/gi;
const TYPE_PARAMETER = /^<[A-Z]>$/;

/**
 * Visible text without markup; what is in a code span stays as it is. Meant for headings and short values: input is cut at 2,000 characters.
 */
export function plainText(markup: string): string {
  const input = markup.slice(0, 2000);
  const links: InlineLink[] = [];
  markdownLinks(input, 0, new Map(), links);
  let text = '';
  let at = 0;
  for (const link of links.sort(inOrder)) {
    if (link.start < at || link.dangling) continue;
    text += input.slice(at, link.start) + link.text;
    at = link.end;
  }
  text += input.slice(at);
  // Roles and links of reStructuredText look like code spans.
  text = text
    .replace(/:[a-z]{2,12}:`([^`<]{0,200})(?:<[^`>]{0,300}>)?`/g, '$1')
    .replace(/(?<!`)`([^`<]{1,200}?)\s{0,3}(?:<[^`>]{0,300}>)?`__?(?![\w`])/g, '$1');
  let plain = '';
  at = 0;
  for (const { start, end } of codeSpans(text)) {
    const code = text.slice(start, end).replace(/^`+|`+$/g, '');
    plain += withoutMarkup(text.slice(at, start)) + (/^ .*\S.* $/s.test(code) ? code.slice(1, -1) : code);
    at = end;
  }
  return (plain + withoutMarkup(text.slice(at))).replace(/\s+/g, ' ').trim();
}

/** Text outside of code spans without emphasis, elements and escapes. */
function withoutMarkup(text: string): string {
  const plain = text
    .replace(/<!--.{0,500}?-->/gs, '')
    .replace(ELEMENT, (element) => (TYPE_PARAMETER.test(element) ? element : ''))
    .replace(/`+/g, '')
    .replace(/\*\*|__|~~/g, '')
    .replace(/(^|[\s(])[*_](?=\S)|(\S)[*_](?=$|[\s).,:;!?])/g, '$1$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
  return withoutEntities(plain);
}

type Scan = (text: string, base: number, definitions: ReadonlyMap<string, string>, found: InlineLink[]) => void;

/** An address or path in angle brackets; `</b>` is the end of an HTML element. */
const ADDRESS = /^<(?!\/[a-z][a-z0-9-]*>)((?:https?:\/\/|\.{0,2}\/)[^\s<>]{1,2000})>/i;

/** `[text](target)`, `![alt](target)`, `[text][name]`, `[name]` and `<address>`; brackets are matched with a stack, so nested ones take linear time. */
const markdownLinks: Scan = (text, base, definitions, found) => {
  if (!text.includes('[') && !text.includes('<')) return;
  const code = codeSpans(text);
  const open: number[] = [];
  let nextCode = 0;
  for (let at = 0; at < text.length; at++) {
    while ((code[nextCode]?.end ?? Infinity) <= at) nextCode++;
    const span = code[nextCode];
    if (span !== undefined && at >= span.start) {
      at = span.end - 1;
      continue;
    }
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '[') open.push(at);
    else if (character === '<') {
      const address = ADDRESS.exec(text.slice(at, at + 2004))?.[1];
      if (address !== undefined) {
        found.push({
          start: base + at,
          end: base + at + address.length + 2,
          text: address,
          target: address,
          dangling: false,
          image: false,
        });
        at += address.length + 1;
      }
    } else if (character === ']') {
      const start = open.pop();
      if (start === undefined) continue;
      const link = wikiLink(text, start, at) ?? linkFrom(text, start, at, definitions);
      if (link === undefined) continue;
      const image = text[start - 1] === '!';
      found.push({ ...link, start: base + start - (image ? 1 : 0), end: base + link.end, image });
      at = link.end - 1;
    }
  }
};

const inOrder = (a: InlineLink, b: InlineLink): number => a.start - b.start || b.end - a.end;

function linkFrom(
  text: string,
  open: number,
  close: number,
  definitions: ReadonlyMap<string, string>,
): Omit<InlineLink, 'start' | 'image'> | undefined {
  const words = text.slice(open + 1, Math.min(close, open + 1001));
  if (text[close + 1] === '(') {
    const target = inlineTarget(text, close + 2);
    if (target !== undefined) return { end: target.end, text: words, target: target.text, dangling: false };
  }
  if (words.trim() === '' || words.startsWith('^')) return undefined;
  if (text[close + 1] === '[') {
    const name = /^\[([^[\]]{0,200})\]/.exec(text.slice(close + 1, close + 204));
    const target = name === null ? undefined : definitions.get(labelOf(name[1] || words));
    if (name !== null && target !== undefined) return { end: close + 1 + name[0].length, text: words, target, dangling: false };
  }
  const target = definitions.get(labelOf(words));
  if (target !== undefined) return { end: close + 1, text: words, target, dangling: false };
  return words.length <= 200 && text[close + 1] !== '(' ? { end: close + 1, text: words, target: words, dangling: true } : undefined;
}

/** `[[0007-use-kafka]]`, `[[adr/0007-use-kafka#status|the words]]`. */
function wikiLink(text: string, open: number, close: number): Omit<InlineLink, 'start' | 'image'> | undefined {
  if (text[open - 1] !== '[' || text[close + 1] !== ']' || text[close + 2] === '(' || close - open > 500) return undefined;
  const [target = '', words] = text.slice(open + 1, close).split('|');
  if (target.trim() === '' || /[\r\n]/.test(target)) return undefined;
  return { end: close + 1, text: words ?? target, target: target.trim(), dangling: false, wiki: true };
}

/** The target in the parentheses at `from`, without the title. At most 2,000 characters and three levels of parentheses. */
function inlineTarget(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  let at = from;
  while (/[ \t\r\n]/.test(text.charAt(at)) && at - from < 20) at++;
  const start = at;
  if (text[at] === '<') {
    const close = text.slice(at, at + 2000).search(/[>\r\n]/);
    if (close < 0 || text[at + close] !== '>') return undefined;
    const end = closing(text, at + close + 1);
    return end === undefined ? undefined : { text: text.slice(at + 1, at + close), end };
  }
  let depth = 0;
  for (; at < text.length && at - start < 2000; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === '(') {
      if (++depth > 3) return undefined;
    } else if (character === ')') {
      if (depth-- === 0) return { text: unescaped(text.slice(start, at)), end: at + 1 };
    } else if (/\s/.test(character)) {
      const end = closing(text, at);
      // A space in a target is invalid in markdown but common in records: `[x](0007 use kafka.md)`.
      const loose = /^[^()\r\n]{0,300}\)/.exec(text.slice(at, at + 302))?.[0];
      if (end !== undefined) return { text: unescaped(text.slice(start, at)), end };
      return loose !== undefined && depth === 0 ? { text: text.slice(start, at + loose.length - 1), end: at + loose.length } : undefined;
    }
  }
  return undefined;
}

/** After a target: an optional title and the closing parenthesis. */
function closing(text: string, from: number): number | undefined {
  const rest = /^\s{0,20}(?:"[^"]{0,300}"|'[^']{0,300}'|\([^()]{0,300}\))?\s{0,20}\)/.exec(text.slice(from, from + 360));
  return rest === null ? undefined : from + rest[0].length;
}

function unescaped(target: string): string {
  return target.includes('\\') ? target.replace(/\\([!-/:-@[-`{-~])/g, '$1') : target;
}

/** Code spans: a run of backticks is closed by the next run of the same length. */
function codeSpans(text: string): readonly { readonly start: number; readonly end: number }[] {
  const runs = [...text.matchAll(/`+/g)].map((match) => ({ start: match.index, length: match[0].length }));
  const next = new Map<number, number>();
  const partner: (number | undefined)[] = [];
  for (let index = runs.length - 1; index >= 0; index--) {
    const length = runs[index]?.length ?? 0;
    partner[index] = next.get(length);
    next.set(length, index);
  }
  const spans: { start: number; end: number }[] = [];
  for (let index = 0; index < runs.length; index++) {
    const close = partner[index];
    const from = runs[index];
    const to = close === undefined ? undefined : runs[close];
    if (close === undefined || from === undefined || to === undefined) continue;
    spans.push({ start: from.start, end: to.start + to.length });
    index = close;
  }
  return spans;
}

/** `` `text <target>`_ ``, `` `name`_ ``, `` :doc:`text <target>` `` and URLs in angle brackets. */
const rstLinks: Scan = (text, base, definitions, found) => {
  for (const { start, end } of codeSpans(text)) {
    const ticks = text[start + 1] === '`' ? 2 : 1;
    if (ticks !== 1 || end - start > 2500) continue;
    const inner = text.slice(start + 1, end - 1);
    const role = /:([a-z:]{1,20}):$/.exec(text.slice(Math.max(0, start - 24), start))?.[1];
    const from = role === undefined ? start : start - role.length - 2;
    const open = inner.endsWith('>') ? inner.lastIndexOf('<') : -1;
    const words = open < 0 ? inner : inner.slice(0, open).trim();
    const written = open < 0 ? inner : inner.slice(open + 1, -1).trim();
    const reference = text[end] === '_';
    const tail = reference ? (text[end + 1] === '_' ? 2 : 1) : 0;
    if (role === 'doc' || role === 'download') {
      const extension = role === 'doc' && !/\.(?:rst|md|txt)$/i.test(written) ? '.rst' : '';
      found.push({
        start: base + from,
        end: base + end,
        text: words || written,
        target: written + extension,
        dangling: false,
        image: false,
      });
    } else if (role === 'ref' || (role === undefined && reference)) {
      const name = open < 0 || role === 'ref' || written.endsWith('_') ? written.replace(/_$/, '') : undefined;
      const target = name === undefined ? written : definitions.get(name.toLowerCase());
      const dangling = target === undefined;
      found.push({
        start: base + from,
        end: base + end + tail,
        text: words || written,
        target: target ?? name ?? written,
        dangling,
        image: false,
      });
    }
  }
};

const ASCIIDOC = /(?:link|xref):([^\s[\]]{1,500})\[([^\]\r\n]{0,300})\]|<<([^<>,\r\n]{1,300})(?:,([^<>\r\n]{0,300}))?>>/g;

/** `link:target[text]`, `xref:target[text]` and `<<target,text>>`. */
const asciidocLinks: Scan = (text, base, _definitions, found) => {
  for (const match of text.matchAll(ASCIIDOC)) {
    const target = match[1] ?? match[3] ?? '';
    const inPage = match[3] !== undefined && !/[./]/.test(target);
    const start = base + match.index;
    found.push({ start, end: start + match[0].length, text: match[2] ?? match[4] ?? target, target, dangling: inPage, image: false });
  }
};
