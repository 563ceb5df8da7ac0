import type { Tree, TreeEntry } from '../../../knowledge/specs/tree.ts';
import { plainValue, readFlow, readQuoted } from './flow.ts';

type Holder = (value: Tree) => void;

/** A map or list that lines with the same indentation go on with. */
interface Frame {
  readonly indent: number;
  readonly entries?: TreeEntry[];
  readonly items?: Tree[];
}

interface Line {
  readonly start: number;
  readonly end: number;
}

/** Anchors and tags in front of a value: `&a`, `!Sub`. */
const DECORATION = /^(?:[&!][^\s{[]*\s*)+/;
const BLOCK = /^[|>][-+\d]*\s*(?:#.*)?$/;

const isBlank = (content: string): boolean => content === '' || content.startsWith('#');

/** Where a key ends in the content of a line: the offset of its colon; -1 where there is none. */
function colonIn(content: string): number {
  const quote = content[0];
  if (quote === '"' || quote === "'") {
    const from = readQuoted(content, 0, false).next;
    return /^\s*:(?:\s|$)/.test(content.slice(from)) ? content.indexOf(':', from) : -1;
  }
  if (quote === '{' && content[1] !== '{') return -1;
  if (quote === '[' || quote === '#') return -1;
  const comment = content.indexOf(' #');
  for (let at = content.indexOf(':'); at >= 0; at = content.indexOf(':', at + 1)) {
    if (comment >= 0 && comment < at) return -1;
    if (at + 1 === content.length || content[at + 1] === ' ' || content[at + 1] === '\t' || content[at + 1] === '\r') return at;
  }
  return -1;
}

/**
 * Reads the documents of a text in YAML by the indentation of its lines: maps, lists, scalars of all styles, and brackets. Linear, fast enough for long files, and
 * tolerant of templates and of what somebody is typing. Aliases become null: what they stand for is read where it is written.
 */
export function readYaml(text: string): readonly Tree[] {
  const documents: Tree[] = [];
  let frames: Frame[] = [];
  /** Where a value goes that has no key or dash of its own, and the indentation that it has to exceed. */
  let pending: { readonly put: Holder; readonly indent: number } | undefined;
  /** A plain scalar that the next deeper line goes on with. */
  let open: { readonly put: Holder; readonly start: number; readonly indent: number; value: string } | undefined;
  let at = 0;

  const lineFrom = (start: number): Line => {
    const end = text.indexOf('\n', start);
    return { start, end: end < 0 ? text.length : end };
  };
  const reset = (): void => {
    frames = [];
    pending = undefined;
    open = undefined;
  };
  const push = (frame: Frame, start: number, put: Holder): void => {
    frames.push(frame);
    put(
      frame.entries
        ? { kind: 'map', entries: frame.entries, start, end: start }
        : { kind: 'list', items: frame.items ?? [], start, end: start },
    );
  };
  /** Reads the value at an offset of a line; returns the offset from which to go on, or -1 for the next line. */
  const readValue = (from: number, line: Line, indent: number, put: Holder): number => {
    let start = from;
    while (start < line.end && (text[start] === ' ' || text[start] === '\t')) start++;
    let content = text.slice(start, line.end).trimEnd();
    const decoration = DECORATION.exec(content)?.[0];
    if (decoration !== undefined) {
      start += decoration.length;
      content = content.slice(decoration.length);
    }
    put({ kind: 'scalar', value: null, start, end: start });
    if (isBlank(content)) {
      pending = { put, indent };
      return -1;
    }
    if (BLOCK.test(content)) {
      let end = line.end;
      let next = line.end + 1;
      const parts: string[] = [];
      while (next < text.length) {
        const below = lineFrom(next);
        const written = text.slice(below.start, below.end);
        const body = written.trim();
        if (body !== '' && written.search(/\S/) <= indent) break;
        parts.push(body);
        end = below.end;
        next = below.end + 1;
      }
      put({ kind: 'scalar', value: parts.join('\n').trim(), start, end });
      return next;
    }
    const first = content[0];
    if (first === '"' || first === "'") {
      // What stands no deeper than the key is the next key: then somebody is typing, and the quotation mark is not closed.
      const below = text.slice(line.end + 1, line.end + 1 + indent + 1);
      const { tree, next } = readQuoted(text, start, /^ *(?:\r?\n|$)/.test(below) || below.trim() === '');
      put(tree);
      return next >= line.end ? lineFrom(next).end + 1 : -1;
    }
    if ((first === '{' && content[1] !== '{') || first === '[') {
      const { tree, next } = readFlow(text, start, true);
      put(tree);
      return next >= line.end ? lineFrom(next).end + 1 : -1;
    }
    if (first === '*') return -1;
    const comment = content.search(/\s#/);
    const value = comment < 0 ? content : content.slice(0, comment).trimEnd();
    put({ kind: 'scalar', value: plainValue(value), start, end: start + value.length });
    open = { put, start, indent, value };
    return -1;
  };

  while (at < text.length) {
    const line = lineFrom(at);
    at = line.end + 1;
    let start = line.start;
    while (start < line.end && text[start] === ' ') start++;
    const content = text.slice(start, line.end).trimEnd();
    if (isBlank(content)) continue;
    let indent = start - line.start;
    if (indent === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(content)) {
      reset();
      continue;
    }
    if (open && indent > open.indent) {
      const comment = content.search(/\s#/);
      open.value += ` ${comment < 0 ? content : content.slice(0, comment)}`;
      open.put({ kind: 'scalar', value: open.value, start: open.start, end: line.end });
      continue;
    }
    open = undefined;
    let put: Holder | undefined =
      pending && (indent > pending.indent || (indent === pending.indent && /^-(?:\s|$)/.test(content))) ? pending.put : undefined;
    pending = undefined;
    let rest = content;
    // Each dash opens a list, and what follows it stands deeper.
    while (/^-(?:\s|$)/.test(rest)) {
      const column = indent;
      while ((frames.at(-1)?.indent ?? -1) > column || (put === undefined && frames.at(-1)?.entries && frames.at(-1)?.indent === column))
        frames.pop();
      let list = put === undefined ? frames.at(-1) : undefined;
      if (!list?.items || list.indent !== column) {
        list = { indent: column, items: [] };
        push(list, start, put ?? ((tree) => documents.push(tree)));
      }
      const items = list.items as Tree[];
      const place = items.length;
      items.push({ kind: 'scalar', value: null, start, end: start });
      put = (tree) => {
        items[place] = tree;
      };
      const spaces = /^-\s*/.exec(rest)?.[0].length ?? 1;
      rest = rest.slice(spaces);
      start += spaces;
      indent += spaces;
      if (rest === '') pending = { put, indent: column };
    }
    if (rest === '') continue;
    const colon = colonIn(rest);
    if (colon < 0) {
      const next = put ? readValue(start, line, indent - 1, put) : -1;
      if (next >= 0) at = Math.max(at, next);
      if (!put && (rest.startsWith('{') || rest.startsWith('[')) && frames.length === 0) {
        const flow = readFlow(text, start, true);
        documents.push(flow.tree);
        at = Math.max(at, lineFrom(flow.next).end + 1);
      }
      continue;
    }
    if (put === undefined) {
      while (
        frames.length > 0 &&
        ((frames.at(-1)?.indent ?? 0) > indent || (frames.at(-1)?.items && (frames.at(-1)?.indent ?? 0) >= indent))
      )
        frames.pop();
    }
    let map = put === undefined ? frames.at(-1) : undefined;
    if (!map?.entries || map.indent !== indent) {
      map = { indent, entries: [] };
      push(map, start, put ?? ((tree) => documents.push(tree)));
    }
    const entries = map.entries as TreeEntry[];
    const place = entries.length;
    const quoted = rest.startsWith('"') || rest.startsWith("'");
    const key = rest.slice(0, colon).trim();
    const keyRange = { start, end: start + colon };
    const read = quoted ? readQuoted(key, 0, false).tree : undefined;
    const name = read?.kind === 'scalar' ? String(read.value) : key;
    const set: Holder = (value) => {
      entries[place] = { key: name, keyRange, value };
    };
    const next = readValue(start + colon + 1, line, indent, set);
    if (next >= 0) at = Math.max(at, next);
  }
  return documents;
}
