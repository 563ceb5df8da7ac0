import type { Document } from '../../model/document.ts';
import { defineRule } from '../../model/finding.ts';
import type { Source } from '../source.ts';
import { commentText, type ProtoToken, tokenizeProto } from './proto-tokens.ts';
import { type OperationDraft, type SectionBuilder, sectionBuilder, titleFromPath } from './source.ts';

export const BROKEN_PROTOBUF = defineRule({
  id: 'broken-protobuf',
  severity: 'error',
  description: 'The file is not valid protobuf.',
  tags: ['document'],
});

type BlockKind = 'service' | 'rpc' | 'message' | 'enum' | 'plain';

interface Block {
  readonly kind: BlockKind;
  readonly name: string;
  readonly start: number;
  readonly nameToken: ProtoToken;
  /** Own name of the block that this one belongs to. */
  readonly owner?: string;
  /** Headings of the blocks around this one. */
  readonly parents: readonly string[];
  readonly lines: string[];
}

const VISIBILITY = new Set(['export', 'local']);
const BLOCKS = new Set(['service', 'rpc', 'message', 'enum', 'oneof', 'extend']);
// Deeper blocks become lines of the block around them, to keep heading paths short.
const MAX_NESTING = 24;
const MAX_STATEMENT = 400;

const blockKind = (keyword: string): BlockKind =>
  keyword === 'service' || keyword === 'rpc' || keyword === 'message' || keyword === 'enum' ? keyword : 'plain';

const isOpening = (text: string): boolean => text === '{' || text === '[' || text === '(' || text === '<';
const isClosing = (text: string): boolean => text === '}' || text === ']' || text === ')' || text === '>';

const lastSegment = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** What a block gives code to name: in generated code neither the package nor the blocks around it are part of the name. */
const operationsOf = ({ kind, nameToken, owner }: Block): readonly OperationDraft[] => {
  const name = lastSegment(nameToken.text);
  if (kind === 'rpc') return owner === undefined ? [] : [{ kind, name, service: lastSegment(owner) }];
  if (kind === 'service') return [{ kind, name }];
  return kind === 'plain' ? [] : [{ kind: 'type', name }];
};

class ProtoReader {
  private readonly source: Source;
  private readonly builder: SectionBuilder;
  private readonly tokens: readonly ProtoToken[];
  private readonly stack: Block[] = [];
  private comments: ProtoToken[] = [];
  private at = 0;
  private readonly opening: string[] = [];
  /** Name of the package, where there is one, and its token. */
  packageName: ProtoToken | undefined;

  constructor(source: Source, builder: SectionBuilder) {
    this.source = source;
    this.builder = builder;
    this.tokens = tokenizeProto(source.text);
  }

  read(): void {
    while (this.at < this.tokens.length && !this.builder.full()) {
      const token = this.tokens[this.at];
      if (!token) break;
      if (token.kind === 'comment') this.comment(token);
      else if (token.text === '}') this.close(token);
      else if (token.text === ';') this.at += 1;
      // `export message` and `local enum` of edition 2024: the visibility of the block that follows.
      else if (VISIBILITY.has(token.text) && BLOCKS.has(this.tokens[this.at + 1]?.text ?? '') && this.tokens[this.at + 2]?.kind === 'word')
        this.at += 1;
      else if (BLOCKS.has(token.text) && this.tokens[this.at + 1]?.kind === 'word') this.open(token);
      else this.statement(token);
    }
    while (this.stack.length > 0) {
      const block = this.stack.at(-1);
      if (block && !this.builder.full()) {
        this.builder.report(
          BROKEN_PROTOBUF,
          `The block "${block.name}" is never closed. Add the missing "}".`,
          block.nameToken.start,
          block.nameToken.end,
        );
      }
      this.finish(this.source.text.length);
    }
    const last = this.packageName?.end ?? this.tokens[0]?.end ?? 0;
    const title = this.packageName?.text ?? titleFromPath(this.source.path);
    this.builder.add({ heading: title, parents: [], lines: [title, ...this.opening], start: 0, end: last });
  }

  private gap(from: number, to: number): boolean {
    // A blank line detaches a comment from what follows.
    return /\n[^\S\n]*\n/.test(this.source.text.slice(from, Math.min(to, from + 200)).replaceAll('\r', ''));
  }

  private comment(token: ProtoToken): void {
    const previous = this.comments.at(-1);
    if (previous && this.gap(previous.end, token.start)) {
      if (!this.packageName && this.stack.length === 0) this.opening.push(...this.comments.map((comment) => commentText(comment.text)));
      this.comments = [];
    }
    // A comment on the same line as a statement belongs to that statement.
    const before = this.tokens[this.at - 1];
    const trailing = before && before.kind !== 'comment' && !/[\r\n]/.test(this.source.text.slice(before.end, token.start));
    if (trailing && before.text !== '{') this.stack.at(-1)?.lines.push(commentText(token.text));
    else if (trailing) this.stack.at(-1)?.lines.unshift(commentText(token.text));
    else this.comments.push(token);
    this.at += 1;
  }

  /** Takes the comments right before a token. */
  private leading(token: ProtoToken): { readonly lines: string[]; readonly start: number } {
    const last = this.comments.at(-1);
    const attached = last && !this.gap(last.end, token.start) ? this.comments : [];
    this.comments = [];
    return { lines: attached.map((comment) => commentText(comment.text)), start: attached[0]?.start ?? token.start };
  }

  private open(keyword: ProtoToken): void {
    const name = this.tokens[this.at + 1];
    if (!name) return;
    const { lines, start } = this.leading(keyword);
    const outer = this.stack.at(-1);
    const deep = this.stack.length >= MAX_NESTING;
    const signature: string[] = [];
    let end = this.at + 2;
    while (end < this.tokens.length) {
      const text = this.tokens[end]?.text ?? '';
      if (text === '{' || text === ';' || text === '}') break;
      if (this.tokens[end]?.kind !== 'comment' && signature.length < 40) signature.push(text);
      end += 1;
    }
    const qualified = outer && outer.kind !== 'plain' ? `${outer.name}.${name.text}` : name.text;
    const kind = deep ? 'plain' : blockKind(keyword.text);
    const call = signature
      .join(' ')
      .replace(/\( | \)/g, (part) => part.trim())
      .replace(/\breturns\(/, 'returns (');
    const block: Block = {
      kind,
      name: kind === 'plain' ? (outer?.name ?? name.text) : qualified,
      start,
      nameToken: name,
      ...(outer && outer.kind !== 'plain' ? { owner: outer.nameToken.text } : {}),
      parents: outer ? [...outer.parents, ...(outer.kind === 'plain' ? [] : [`${outer.kind} ${outer.name}`])] : [],
      // Blocks without a section of their own (oneof, extend, very deep ones) write into the one around them.
      lines: kind === 'plain' && outer ? outer.lines : [],
    };
    for (const line of lines) block.lines.push(line);
    block.lines.push(kind === 'rpc' ? `rpc ${name.text}${call}` : `${keyword.text} ${name.text}`);
    this.stack.push(block);
    const terminator = this.tokens[end];
    this.at = end + 1;
    // `rpc Get(A) returns (B);` has no body; an rpc without a semicolon ends where the outer block does.
    if (terminator?.text === ';') this.finish(terminator.end);
    else if (terminator?.text === '}') {
      this.finish(terminator.start);
      this.at = end;
    }
  }

  private close(token: ProtoToken): void {
    this.comments = [];
    this.at += 1;
    if (this.stack.length > 0) this.finish(token.end);
    else this.builder.report(BROKEN_PROTOBUF, 'This "}" has no matching "{".', token.start, token.end);
  }

  private finish(end: number): void {
    const block = this.stack.pop();
    if (!block) return;
    const outer = this.stack.at(-1);
    if (block.kind === 'plain') return;
    const heading = `${block.kind} ${block.name}`;
    const parents = this.packageName ? [this.packageName.text, ...block.parents] : block.parents;
    this.builder.add({ heading, parents, lines: block.lines, start: block.start, end, operations: operationsOf(block) });
    if (outer && block.kind === 'rpc') outer.lines.push(`rpc ${block.nameToken.text}`);
  }

  private statement(token: ProtoToken): void {
    const { lines } = this.leading(token);
    let depth = 0;
    let end = this.at;
    while (end < this.tokens.length) {
      const text = this.tokens[end]?.text ?? '';
      if (depth === 0 && (text === ';' || text === '}')) break;
      if (isOpening(text)) depth += 1;
      else if (isClosing(text) && depth > 0) depth -= 1;
      // A group of proto2 ends with its brace, without a semicolon.
      if (text === '}' && depth === 0 && this.tokens[end + 1]?.text !== ';') {
        end += 1;
        break;
      }
      // An unbalanced bracket must not swallow the rest of the file.
      if (text === ';' && depth > 0 && BLOCKS.has(this.tokens[end + 1]?.text ?? '')) break;
      end += 1;
    }
    const last = this.tokens[Math.max(end - 1, this.at)] ?? token;
    const name = this.tokens[this.at + 1];
    this.at = this.tokens[end]?.text === ';' ? end + 1 : Math.max(end, this.at + 1);
    if (token.text === 'package' && name?.kind === 'word' && this.stack.length === 0) {
      this.packageName ??= name;
      this.opening.push(...lines);
      return;
    }
    if (token.text === 'syntax' || token.text === 'edition' || token.text === 'import' || token.text === 'reserved') {
      if (this.stack.length === 0) this.opening.push(...lines);
      return;
    }
    const block = this.stack.at(-1);
    if (!block) return;
    const text = this.source.text.slice(token.start, Math.min(last.end, token.start + MAX_STATEMENT)).replace(/\s+/g, ' ');
    // Field numbers mean nothing to a reader; options of an rpc, such as its HTTP route, do.
    const shown = token.text === 'option' ? text : text.replace(/\s*=\s*-?\w+\s*(?:\[.*)?$/, '');
    block.lines.push(...lines, shown);
  }
}

/**
 * Reads protobuf (proto2, proto3 and editions up to 2024): a section for the package and for each service, rpc, message and enum, with its comments. Nested ones
 * have qualified names; an unclosed block ends with the file. Finding: `broken-protobuf`.
 */
export const readProtobuf = (source: Source): Document => {
  const builder = sectionBuilder(source);
  const reader = new ProtoReader(source, builder);
  reader.read();
  const name = reader.packageName;
  return builder.document('protobuf', name?.text, name);
};
