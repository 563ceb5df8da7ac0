import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { rulePage, rulePagesFrom, ruleText } from '../../server/engine/rule-pages.ts';
import { RULES, ruleOf } from '../../server/engine/rules.ts';
import { defineRule, findingOf, type RuleInfo } from '../../server/model/finding.ts';
import { RULE_IDS } from '../../server/model/rule-ids.ts';

const ROOT = join(import.meta.dirname, '../..');

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** A heading and the text below it, without line breaks. */
const headed = (section: string): readonly [string, string] => {
  const [heading = '', ...lines] = section.split('\n');
  return [heading.replace(/^#+/, '').trim(), lines.join(' ').trim()];
};

/** Texts on the rules by heading: the sections of the page (headings of several words are about all rules), and the pages that are about one rule. */
const sections = new Map([
  ...textOf('docs/rules.md')
    .split(/^## (?=[a-z-]+$)/m)
    .slice(1)
    .map(headed),
  ...globSync('docs/identifiers/SID*.md', { cwd: ROOT }).map((path) => headed(textOf(path))),
]);
const isIdentifierRule = ({ tags }: RuleInfo): boolean => tags.includes('identifier');

const isInfo = (value: unknown): value is RuleInfo =>
  typeof value === 'object' && value !== null && 'id' in value && 'description' in value && 'page' in value && 'fixes' in value;
/** The infos that a module exports: of its own rules and of rules with a check. */
const infosIn = (module: Readonly<Record<string, unknown>>): RuleInfo[] =>
  Object.values(module)
    .map((value) => (typeof value === 'object' && value !== null && 'info' in value ? value.info : value))
    .filter(isInfo);
const importAll = async (pattern: string): Promise<[path: string, rules: RuleInfo[]][]> =>
  Promise.all(
    globSync(pattern, { cwd: ROOT })
      .sort()
      .map(async (path): Promise<[string, RuleInfo[]]> => [path, infosIn(await import(pathToFileURL(join(ROOT, path)).href))]),
  );

describe('the registry of rules', () => {
  it('has every id once', () => {
    const ids = RULES.map(({ id }) => id);
    expect([...new Set(ids)]).toEqual(ids);
    for (const rule of RULES) expect(ruleOf(rule.id)).toBe(rule);
    expect(ruleOf('no-such-rule')).toBeUndefined();
  });

  it('and the pages explain the same rules', () => {
    expect([...sections.keys()].sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s begins its section or page with its description', (id, rule) => {
    const text = sections.get(id) ?? '';
    expect(rule.description).toMatch(/^[A-Z`].*\.$/);
    expect(text.slice(0, rule.description.length)).toBe(rule.description);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s says on the page whether it has fixes', (id, { fixes }) => {
    const text = sections.get(id) ?? '';
    expect([/\bfix(?:es)?\b/i.test(text), /auto-fixable/.test(text)]).toEqual([fixes !== 'none', fixes === 'auto-fixable']);
  });

  it('leads from each rule to its section of the page, or to its own page, which a checkout has', () => {
    for (const rule of RULES) {
      const { id, page: place } = rule;
      const own = isIdentifierRule(rule);
      expect(place).toBe(own ? `docs/identifiers/${id}.md` : `docs/rules.md#${id}`);
      expect(rulePage(id)).toBe(own ? pathToFileURL(join(ROOT, place)).href : `${pathToFileURL(join(ROOT, 'docs/rules.md')).href}#${id}`);
    }
    expect(rulePage('no-such-rule')).toBeUndefined();
    expect(ruleText('no-such-rule')).toBeUndefined();
  });

  it('makes a page of its own for each rule, which stands alone: no link leads out of it', () => {
    const pages = rulePagesFrom(textOf);
    expect([...pages.keys()]).toEqual(RULES.map(({ id }) => id));
    for (const { id, description, severity } of RULES) {
      const text = pages.get(id) ?? '';
      expect(text.startsWith(`# ${id}\n\n${description.slice(0, 20)}`), id).toBe(true);
      expect(text).toContain(`Severity: ${severity}.`);
      expect(text).toContain(`lintel-ignore ${id} REASON`);
      expect(text.match(/\]\((?!https?:)/g), id).toBeNull();
      expect(ruleText(id)).toBe(text);
    }
  });

  it('shows for every rule about identifiers what was and what should be, in two languages or more, when to ignore it, and no other page', () => {
    const pages = globSync('docs/identifiers/*.md', { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'));
    expect(pages.sort()).toEqual(['docs/identifiers/README.md', ...RULES.filter(isIdentifierRule).map(({ page: place }) => place)]);
    for (const rule of RULES.filter(isIdentifierRule)) {
      const text = textOf(rule.page);
      const examples = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
      expect(new Set(examples.map(([, language]) => language)).size, rule.id).toBeGreaterThan(1);
      for (const [, , example = ''] of examples) expect(example, rule.id).toMatch(/before\b[\s\S]*\bafter\b/);
      for (const part of ['Why', 'What is reported', 'What to do', 'When to ignore', 'Fix']) expect(text).toContain(`**${part}.**`);
      expect(textOf('docs/identifiers/README.md')).toContain(`| [${rule.id}](${rule.id}.md) |`);
    }
  });

  it('has the ids that lintel.yaml knows', () => {
    expect(RULES.map(({ id }) => id)).toEqual(RULE_IDS);
  });

  it('says of every rule what it checks', () => {
    for (const { id, tags } of RULES) expect([id, tags.filter((tag) => tag !== 'outdated').length]).toEqual([id, 1]);
  });
});

describe('a rule that a module exports', () => {
  let modules: [path: string, rules: RuleInfo[]][];
  beforeAll(async () => {
    modules = [
      ...(await importAll('server/decisions/findings/**/*.ts')),
      ...(await importAll('server/knowledge/**/*.ts')),
      ...(await importAll('server/register/**/*.ts')),
      ...(await importAll('server/text/*.ts')),
      ...(await importAll('server/identifiers/rules.ts')),
    ];
  });

  it('is in the registry', () => {
    const forgotten = modules.flatMap(([path, rules]) => rules.filter((rule) => !RULES.includes(rule)).map(({ id }) => `${path}: ${id}`));
    expect(forgotten).toEqual([]);
  });

  it('is the only one of the registry with its id, and none of the registry is exported nowhere', () => {
    const exported = new Set(modules.flatMap(([, rules]) => rules));
    expect(RULES.filter((rule) => !exported.has(rule)).map(({ id }) => id)).toEqual([]);
    expect(exported.size).toBe(RULES.length);
  });

  it('has a file of its own named after its id, if it is a rule about records or citations', () => {
    for (const [path, rules] of modules.filter(([file]) => file.startsWith('server/decisions/findings/')))
      for (const { id } of rules) expect([path, rules.length]).toEqual([expect.stringMatching(new RegExp(`/${id}\\.ts$`)), 1]);
  });

  it('is recognised by this test, whether it has a check or not', () => {
    const info = defineRule({ id: 'made-up', severity: 'hint', description: 'Nothing.', tags: ['code'] });
    expect(infosIn({ rule: { info, check: () => undefined }, READER: info, other: 7, none: undefined, text: 'id' })).toEqual([info, info]);
    expect(RULES).not.toContain(info);
  });
});

describe('a finding', () => {
  const rule = defineRule({ id: 'made-up', severity: 'warning', description: 'Nothing.', tags: ['code'] });
  const span = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

  it('has the id and the severity of its rule, unless it has a severity of its own', () => {
    expect(findingOf(rule, { message: 'A.', span })).toEqual({ rule: 'made-up', severity: 'warning', message: 'A.', span });
    expect(findingOf(rule, { severity: 'info', message: 'A.', span }).severity).toBe('info');
  });

  it('is written in the order in which clients have always seen it', () => {
    expect(Object.keys(findingOf(rule, { message: 'A.', span, related: [], fixes: [] }))).toEqual([
      'rule',
      'severity',
      'message',
      'span',
      'related',
      'fixes',
    ]);
  });

  it('of a rule that nobody defined does not type-check', () => {
    // @ts-expect-error: an id is made by `defineRule` only.
    const id: RuleInfo['id'] = 'made-up';
    expect(id).toBe(rule.id);
  });
});
