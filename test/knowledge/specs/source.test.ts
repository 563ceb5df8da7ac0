import { describe, expect, it } from 'vitest';
import { type OperationDraft, sectionBuilder, TOO_DEEP, titleFromPath } from '../../../server/knowledge/specs/source.ts';

const TEXT = 'line one\nline two\nline three   \n';
const builderOf = (text = TEXT) => sectionBuilder({ path: 'api/shop.yaml', text, sha: 'c0ffee' });
const draft = (heading: string, start: number, end: number, given: { parents?: string[]; operations?: OperationDraft[] } = {}) => ({
  heading,
  parents: given.parents ?? [],
  lines: [`About ${heading}.`],
  start,
  end,
  ...(given.operations ? { operations: given.operations } : {}),
});
const rpc = (name: string): OperationDraft => ({ kind: 'rpc', name });

describe('the title of a specification without one', () => {
  it.each([
    ['api/shop.yaml', 'shop'],
    ['shop.v1.proto', 'shop.v1'],
    ['.hidden', '.hidden'],
    ['a/b/', 'a/b/'],
    ['noextension', 'noextension'],
  ])('at %s is %s', (path, title) => expect(titleFromPath(path)).toBe(title));
});

describe('the sections of a specification', () => {
  it('are in the order of the text, outer ones first, without the blank end of their part', () => {
    const builder = builderOf();
    builder.add(draft('inner', 9, 31, { parents: ['outer'] }));
    builder.add(draft('outer', 9, 31));
    builder.add(draft('first', 0, 8));
    const { sections } = builder.document('openapi', undefined);
    expect(sections.map(({ headingPath }) => headingPath.join(' > '))).toEqual(['first', 'outer', 'outer > inner']);
    expect(sections[1]?.span).toEqual({ start: { line: 1, character: 0 }, end: { line: 2, character: 10 } });
  });

  it('have headings in one line of at most 300 characters, and no empty lines', () => {
    const builder = builderOf();
    builder.add({ heading: ` a\n  b ${'x'.repeat(400)}`, parents: [], lines: ['one', undefined, ' ', 'two'], start: 0, end: 4 });
    builder.add(draft('second', 5, 8));
    const [section] = builder.document('openapi', undefined).sections;
    expect(section?.heading).toMatch(/^a b x+…$/);
    expect(section?.heading.length).toBeLessThanOrEqual(300);
    expect(section?.text).toBe('one\ntwo');
  });

  it('are the whole text where nothing was understood, so that it can be found', () => {
    const { sections, title } = builderOf().document('openapi', undefined);
    expect(sections).toMatchObject([{ heading: '', level: 0, text: TEXT }]);
    expect(title).toBe('shop');
  });

  it('are none in an empty file', () => expect(builderOf(' \n').document('openapi', undefined).sections).toEqual([]));

  it('stop at five thousand, with a finding', () => {
    const builder = builderOf();
    for (let index = 0; index < 6_000; index++) builder.add({ heading: `h${index}`, parents: [], lines: [], start: 0, end: 4 });
    expect(builder.full()).toBe(true);
    const { sections, findings } = builder.document('openapi', undefined);
    expect(sections).toHaveLength(5_000);
    expect(findings.map(({ rule }) => rule)).toEqual(['too-many-parts']);
  });

  it('never have much more text than the file, although aliases repeat it', () => {
    const builder = builderOf();
    for (let index = 0; index < 100; index++) builder.add({ heading: 'h', parents: [], lines: ['x'.repeat(10_000)], start: 0, end: 4 });
    const { sections } = builder.document('openapi', undefined);
    const total = sections.reduce((sum, { text }) => sum + text.length, 0);
    expect(total).toBeLessThanOrEqual(TEXT.length * 2 + 65_536 + 1);
    expect(builder.full()).toBe(true);
  });
});

describe('the operations of a specification', () => {
  it('have the place and the start of the text of their section, and those of the file come first', () => {
    const builder = builderOf();
    builder.add(draft('b', 9, 17, { operations: [rpc('Two')] }));
    builder.add(draft('a', 0, 8, { operations: [rpc('One')] }));
    builder.describe([{ kind: 'schema-id', name: 'shop.json' }]);
    const { operations } = builder.document('protobuf', undefined);
    expect(operations?.map(({ name, text, span }) => [name, text, span.start.line])).toEqual([
      ['shop.json', 'About a.', 0],
      ['One', 'About a.', 0],
      ['Two', 'About b.', 1],
    ]);
  });

  it('of sections with the same headings are those of the first', () => {
    const builder = builderOf();
    builder.add(draft('a', 0, 8, { operations: [rpc('One')] }));
    builder.add(draft('a', 9, 17, { operations: [rpc('Two')] }));
    expect(builder.document('protobuf', undefined).operations?.map(({ name }) => name)).toEqual(['One']);
  });

  it.each(['', 'two words', 'x'.repeat(301)])('are not called %j, which no code can write', (name) => {
    const builder = builderOf();
    builder.add(draft('a', 0, 8, { operations: [rpc(name)] }));
    builder.add(draft('b', 9, 17));
    expect(builder.document('protobuf', undefined)).not.toHaveProperty('operations');
  });

  it('are judged by their path where they have one', () => {
    const builder = builderOf();
    builder.add(draft('a', 0, 8, { operations: [{ kind: 'endpoint', name: 'GET /orders', method: 'GET', path: '/orders' }] }));
    builder.add(draft('b', 9, 17));
    expect(builder.document('openapi', undefined).operations).toMatchObject([{ name: 'GET /orders' }]);
  });
});

describe('the findings of a specification', () => {
  it('are at most twenty, cut at 500 characters, with the severity of their rule unless told otherwise', () => {
    const builder = builderOf();
    for (let index = 0; index < 30; index++) builder.report(TOO_DEEP, 'x'.repeat(600), 0, 4, index === 0 ? 'info' : undefined);
    const { findings } = builder.document('openapi', undefined);
    expect(findings).toHaveLength(20);
    expect(findings[0]?.severity).toBe('info');
    expect(findings[1]?.severity).toBe('error');
    expect(findings[0]?.message).toHaveLength(500);
  });
});

describe('the title of a specification', () => {
  it('is in one line, with its place', () => {
    const document = builderOf().document('openapi', ' Shop\n API ', { start: 5, end: 8 });
    expect(document.title).toBe('Shop API');
    expect(document.titleSpan).toEqual({ start: { line: 0, character: 5 }, end: { line: 0, character: 8 } });
  });

  it('has no place where it is blank and the file name stands in', () => {
    const document = builderOf().document('openapi', ' \n', { start: 5, end: 8 });
    expect(document.title).toBe('shop');
    expect(document).not.toHaveProperty('titleSpan');
  });
});
