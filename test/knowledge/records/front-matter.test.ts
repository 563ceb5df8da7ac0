import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { at, links, record } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-matter-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('front matter that is code', () => {
  const engines = ['js', 'javascript', 'JS', 'coffee', 'coffeescript', 'cson', 'json', 'toml', 'constructor', '__proto__', 'toString'];

  it.each(engines)('in %s is never run, and said not to be read', (language) => {
    const trap = join(folder, `trap-${language}`);
    const code = `{ title: (globalThis.__ran = true, process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(trap)}, 'x')) }`;
    const text = `---${language}\n${code}\n---\n# Kafka\n`;
    const document = record(text);
    expect(Reflect.has(globalThis, '__ran')).toBe(false);
    expect(existsSync(trap)).toBe(false);
    expect(document.title).toBe('Kafka');
    expect(document.findings.map(({ rule, span }) => [rule, span.start.line])).toEqual([['broken-front-matter', 0]]);
  });

  it('is not run through tags of YAML either', () => {
    const text = "---\ntitle: !!js/function 'function () { globalThis.__ran = true }()'\nstatus: accepted\n---\n# T\n";
    expect(record(text).status?.value).toBe('accepted');
    expect(Reflect.has(globalThis, '__ran')).toBe(false);
  });
});

describe('front matter', () => {
  it('may be called yaml, and may hold comments that look like headings', () => {
    const document = record('---yaml\n# These are comments\nstatus: accepted\n# and more\n---\n# Kafka\n');
    expect(document).toMatchObject({ title: 'Kafka', findings: [] });
    expect(document.status?.value).toBe('accepted');
    expect(document.sections).toHaveLength(1);
  });

  it('may follow a byte order mark and end with Windows line endings', () => {
    const text = '\uFEFF---\r\ntitle: Kafka\r\nstatus: accepted\r\n---\r\n\r\n## Context\r\n\r\nText.\r\n';
    const document = record(text);
    expect(document.title).toBe('Kafka');
    expect(at(text, document.titleSpan)).toBe('Kafka');
    expect(at(text, document.status?.span)).toBe('accepted');
    expect(document.sections[0]?.text).toBe('Text.');
  });

  it('gives the places of values in quotes, lists and block scalars', () => {
    const text = '---\ntitle: >-\n  Use Kafka\n  for orders\nstatus: \'accepted\'\npaths: ["src/a", src/b]\n---\nText.\n';
    const document = record(text);
    expect(document.title).toBe('Use Kafka for orders');
    expect(at(text, document.status?.span)).toBe('accepted');
    expect(document.links.map(({ span }) => at(text, span))).toEqual(['src/a', 'src/b']);
  });

  it('names what a record applies to under many keys, as strings and lists', () => {
    const text = '---\npaths: src/a, src/b\nscope: billing\naffects:\n  - "src/{c,d}/**"\nmodules: []\ncomponents: none\n---\n# T\n';
    expect(links(record(text))).toEqual(['applies-to src/a', 'applies-to src/b', 'applies-to billing', 'applies-to src/{c,d}/**']);
  });

  it('that is broken is reported at its place, and the rest is read', () => {
    const text = '---\ntitle: Kafka: the sequel\nstatus: accepted\ndate: [2020-01-02\n---\n# Heading\n\nText.\n';
    const document = record(text);
    expect(document).toMatchObject({ title: 'Heading', date: '2020-01-02' });
    expect(document.status?.value).toBe('accepted');
    expect(document.sections[0]).toMatchObject({ heading: 'Heading', text: 'Text.' });
    expect(document.findings).toHaveLength(1);
    expect(document.findings[0]).toMatchObject({ rule: 'broken-front-matter', severity: 'error' });
    expect(document.findings[0]?.span.start.line).toBeGreaterThan(0);
    expect(document.findings[0]?.span.start.line).toBeLessThan(5);
  });

  it('that is never closed is reported, and the body is still the body', () => {
    const document = record('---\nstatus: accepted\n\n# Heading\n\nText with --- in it.\n');
    expect(document).toMatchObject({ title: 'Heading' });
    expect(document.status?.value).toBe('accepted');
    expect(document.findings[0]?.message).toContain('never closed');
  });

  it('that is never closed does not swallow the text up to the next rule', () => {
    const document = record('---\nstatus: accepted\n\nProse about Kafka.\n\n---\n\n# Heading\n');
    expect(document.sections[0]?.text).toContain('Prose about Kafka.');
    expect(document.findings).toHaveLength(1);
  });

  it('is not a rule at the top of the text', () => {
    const document = record('---\n\nProse.\n\n---\n\n# Heading\n');
    expect(document.findings).toEqual([]);
    expect(document.sections[0]?.text).toContain('Prose.');
  });

  it('with a key that stands twice says so, and the first counts', () => {
    const document = record('---\nstatus: accepted\nstatus: rejected\n---\n# T\n');
    expect(document.status?.value).toBe('accepted');
    expect(document.findings[0]?.message).toContain('has the key "status" twice');
  });

  it('may be empty', () => {
    expect(record('---\n---\n# Kafka\n')).toMatchObject({ title: 'Kafka', findings: [] });
    expect(record('---\n# only a comment\n---\n# Kafka\n')).toMatchObject({ title: 'Kafka', findings: [] });
  });

  it('follows an alias of a value, and not the exponential ones', () => {
    const bomb = Array.from({ length: 60 }, (_, level) => `k${level + 1}: &a${level + 1} [*a${level}, *a${level}]`).join('\n');
    const document = record(`---\nowner: &o accepted\nstatus: *o\nk0: &a0 [x, x]\n${bomb}\npaths: *a60\n---\n# T\n`);
    expect(document.status?.value).toBe('accepted');
    expect(links(document)).toEqual([]);
  });
});
