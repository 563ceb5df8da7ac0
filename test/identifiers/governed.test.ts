// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import {
  type AllowedIdentifier,
  governed,
  type IdentifierDecision,
  identityOf,
  NO_KNOWLEDGE,
  subjectOf,
} from '../../server/identifiers/index.ts';
import { defineRule, type Finding, findingOf } from '../../server/model/finding.ts';
import { EMPTY_SPAN } from '../../server/model/span.ts';

/** A finding of a rule that marks the words of a text. */
const mark = (path: string, text: string, id: string, words: string, message = 'It is so.'): { source: SourceFile; finding: Finding } => {
  const source = new SourceFile(path, text);
  const at = text.indexOf(words);
  expect(at).toBeGreaterThanOrEqual(0);
  const rule = defineRule({ id, severity: 'warning', description: 'Old.', tags: ['identifier'] });
  return { source, finding: findingOf(rule, { message, span: source.lines.span(at, at + words.length) }) };
};
const names = (...made: Parameters<typeof mark>): readonly string[] => {
  const { source, finding } = mark(...made);
  const { names: found, container } = subjectOf(source, finding);
  return [...found.slice(0, 1), ...(container === undefined ? [] : [`in ${container}`])];
};

describe('what a finding is about', () => {
  it.each([
    ['the variable that gets the value', 'a.ts', 'const orderNumber = `HM-${w}-${day}`;\n', 'SID001', '`HM-${w}-${day}`', ['orderNumber']],
    ['the field that gets it', 'a.py', 'row.order_id = f"{w}-{n}"\n', 'SID001', 'f"{w}-{n}"', ['order_id']],
    ['the key that gets it', 'a.ts', 'save({ pageId: `${t}_${s}` });\n', 'SID001', '`${t}_${s}`', ['pageId']],
    [
      'a variable that is marked as well',
      'a.go',
      '\tnumber := fmt.Sprintf("INV-%d", n)\n',
      'SID001',
      'number := fmt.Sprintf("INV-%d", n)',
      ['number'],
    ],
    [
      'not the parts of the value',
      'a.py',
      'reservation_id = f"{warehouse}-{order_id}"\n',
      'SID001',
      'f"{warehouse}-{order_id}"',
      ['reservation_id'],
    ],
    [
      'the function that returns it',
      'a.ts',
      'function newCustomerId(kind: string) {\n  return `${kind}-1`;\n}\n',
      'SID001',
      '`${kind}-1`',
      ['newCustomerId', 'in newCustomerId'],
    ],
    ['the name that is read', 'a.ts', "if (customerId.startsWith('B2B-')) {\n", 'SID002', "customerId.startsWith('B2B-')", ['customerId']],
    [
      'the resource',
      'a.tf',
      'resource "aws_iam_policy" "x" {\n  name = "phoenix-squad-access"\n}\n',
      'SID004',
      'phoenix-squad-access',
      ['phoenix-squad-access', 'in x'],
    ],
    [
      'a column of its table',
      'a.sql',
      'create table shop.orders (\n  id serial primary key\n);\n',
      'SID006',
      'id serial',
      ['id', 'in orders'],
    ],
  ])('is %s', (_, path, text, rule, words, expected) => {
    expect(names(path, text, rule, words).filter((name) => expected.includes(name) || !name.startsWith('in '))).toEqual(expected);
  });

  it('is what the message names', () => {
    expect(names('a.prisma', 'model Invoice {\n', 'SID006', 'Invoice', 'invoices.id is serial: 32 bits.')).toEqual(['id', 'in invoices']);
    expect(names('a.ts', 'x\n', 'SID002', 'x', 'This reads a part out of the identifier order.customerId, so it is.')).toEqual([
      'customerId',
      'in order',
    ]);
  });
});

const DECISION: IdentifierDecision = {
  path: 'docs/adr/0017.md',
  title: 'Opaque order ids',
  sentence: 'Order ids are opaque.',
  span: EMPTY_SPAN,
  formats: ['opaque'],
  entities: ['order'],
};
const judged = (
  made: ReturnType<typeof mark>,
  knowledge: { decisions?: readonly IdentifierDecision[]; allowed?: readonly AllowedIdentifier[] },
) => governed(made.source, [made.finding], { ...NO_KNOWLEDGE, ...knowledge });
const ORDER = ['a.ts', 'const orderNumber = `HM-${w}`;\n', 'SID001', '`HM-${w}`'] as const;

describe('a finding that breaks a decision', () => {
  it('is an error that cites the record at its sentence', () => {
    const { findings } = judged(mark(...ORDER), { decisions: [DECISION] });
    expect(findings).toMatchObject([
      {
        rule: 'SID001',
        severity: 'error',
        message: 'It is so. This breaks the decision "Opaque order ids".',
        related: [{ path: 'docs/adr/0017.md', message: 'Opaque order ids: Order ids are opaque.' }],
      },
    ]);
  });

  it.each([
    ['the identifier of something else', ['a.ts', 'const customerId = `B2B-${n}`;\n', 'SID001', '`B2B-${n}`'] as const, DECISION],
    [
      'an identifier that only has that one as a part',
      ['a.py', 'label_id = f"{w}-{order_id}"\n', 'SID001', 'f"{w}-{order_id}"'] as const,
      DECISION,
    ],
    [
      'a finding that has nothing to do with it',
      ['a.sql', 'create table orders (\n id serial\n', 'SID006', 'id serial'] as const,
      DECISION,
    ],
  ])('is none for %s', (_, made, decision) => {
    const [path, text, rule, words] = made;
    const found = mark(path, text, rule, words);
    expect(judged(found, { decisions: [decision] }).findings).toEqual([found.finding]);
  });

  it('may be about a column of a table that is named after the entity', () => {
    const made = mark('a.sql', 'create table orders (\n  id text primary key,\n', 'SID007', 'id text');
    expect(judged(made, { decisions: [DECISION] }).findings[0]?.severity).toBe('error');
  });

  it('is about every identifier where the record names no entity', () => {
    const made = mark('a.ts', 'const x = `HM-${w}`;\n', 'SID001', '`HM-${w}`');
    expect(judged(made, { decisions: [{ ...DECISION, entities: [] }] }).findings[0]?.severity).toBe('error');
  });

  it('keeps its severity in a file that must not change, and cites the record all the same', () => {
    const made = mark(
      'db/migrate/20240101000000_create_orders.rb',
      'create_table :orders, id: :string\n',
      'SID007',
      'id: :string',
      'orders.id is a name.',
    );
    const { findings } = judged(made, { decisions: [DECISION] });
    expect(findings[0]).toMatchObject({ severity: 'warning', related: [{ path: 'docs/adr/0017.md' }] });
  });
});

describe('a finding that the repository allows', () => {
  const allow = (own: Partial<AllowedIdentifier>): AllowedIdentifier => ({
    rules: [],
    concerns: () => true,
    names: [],
    reason: 'So.',
    ...own,
  });

  it.each([
    ['by its rule', allow({ rules: ['SID001'] }), true],
    ['by its file', allow({ concerns: (path) => path === 'a.ts' }), true],
    ['by its name, in any case', allow({ names: ['ordernumber'] }), true],
    ['not by another rule', allow({ rules: ['SID002'] }), false],
    ['not by another file', allow({ concerns: () => false }), false],
    ['not by another name', allow({ names: ['w'] }), false],
    ['not where only the name fits', allow({ rules: ['SID002'], names: ['ordernumber'] }), false],
  ])('is silent %s', (_, allowed, silent) => {
    const made = mark(...ORDER);
    const found = judged(made, { allowed: [allowed], decisions: [DECISION] });
    expect(found.findings).toHaveLength(silent ? 0 : 1);
    expect(found.allowed).toEqual(silent ? [{ finding: made.finding, allowed }] : []);
  });
});

it('a finding keeps its identity when it moves and when its parts are renamed, and has another one as another identifier', () => {
  const identity = (text: string) => {
    const { source, finding } = mark('a.ts', text, 'SID001', /`[^`]*`/.exec(text)?.[0] ?? '');
    return identityOf(source, finding);
  };
  const first = identity('const orderNumber = `HM-${w}`;\n');
  expect(identity('\n\n  const orderNumber = `HM-${w}`;\n')).toEqual(first);
  expect(identity('const orderNumber = `HM-${warehouse}`;\n').names).toBe(first.names);
  expect(identity('const pageId = `P-${w}`;\n')).not.toMatchObject({ names: first.names });
});
