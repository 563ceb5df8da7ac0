import { describe, expect, it } from 'vitest';
import { type Files, inRecords } from './findings-support.ts';

const record = (title: string, context = 'x'): string =>
  `# ${title}\n\nDate: 2024-03-04\n\n## Status\n\nAccepted\n\n## Context\n\n${context}\n\n## Decision\n\nYes.\n`;

const TARGET = 'docs/adr/0007-plain-record.md';
const COMPOSED = 'docs/adr/0002-café-menü.md'.normalize('NFC');
const DECOMPOSED = COMPOSED.normalize('NFD');
const FROM = 'docs/adr/0008-a.md';

/** Messages of broken-link about a record with this link, where the other files are these. */
const brokenIn = async (link: string, files: Files = {}, from = FROM): Promise<string[]> => {
  const found = await inRecords({ [TARGET]: record('7. Plain record'), ...files, [from]: record('8. A', `See ${link}`) });
  return (found.get(from) ?? []).filter(({ rule }) => rule === 'broken-link').map(({ message }) => message);
};

describe('a link is not broken if', () => {
  it.each([
    '[p]({{< relref "0007-plain-record.md" >}})',
    '[p]({{% ref "/adr/0007-plain-record" %}})',
    '[p]({{< ref path="adr/0007-plain-record.md" lang="en" >}})',
    '[p]({% link docs/adr/0007-plain-record.md %})',
    '[p]({{ site.baseurl }}{% link _adr/0007-plain-record.md %})',
    '[p]({{ site.baseurl }}/adr/0007-plain-record)',
    "[p]({{ '/adr/0007-plain-record.md' | relative_url }})",
    '[p]({% post_url 2016-07-26-name-of-post %})',
    '[p](@site/docs/adr/0007-plain-record.md)',
    '[p](@/adr/0007-plain-record.md)',
    '[p](~/adr/0007-plain-record.md)',
    '[[0007-plain-record]] and [[adr/0007-plain-record#status|the words]] and ![[0009-gone]]',
    '[p](/adr/0007-plain-record.md)',
    '[p](/docs/adr/)',
    '[p](../0007-plain-record/)',
    '[p](0007-plain-record.html)',
    '[p](../adr/) and [q](..)',
    '[k][a record]\n\n[a  Record]: <../adr/0007-plain-record.md> "the (title)"',
    'a note[^1] and [k][r]\n\n[^1]: A note about it.\n[r]: 0007-plain-record.md',
  ])('a generator or a reader of Markdown resolves it: %s', async (link) => expect(await brokenIn(link)).toEqual([]));

  it.each([
    ['is composed and the file decomposed', '[m](0002-café-menü.md)'.normalize('NFC'), { [DECOMPOSED]: record('2. Menu') }],
    ['is decomposed and the file composed', '[m](0002-café-menü.md)'.normalize('NFD'), { [COMPOSED]: record('2. Menu') }],
    ['is escaped and the file decomposed', '[m](0002-caf%C3%A9-men%C3%BC.md)', { [DECOMPOSED]: record('2. Menu') }],
    ['is spelled as the file, with %2D', '[m](0006-some-%2D-more.md)', { 'docs/adr/0006-some-%2D-more.md': record('6. Some') }],
    ['escapes the percent sign of the file', '[m](0006-some-%252D-more.md)', { 'docs/adr/0006-some-%2D-more.md': record('6. Some') }],
    ['has the sign that the file escapes', '[m](0006-some---more.md)', { 'docs/adr/0006-some-%2D-more.md': record('6. Some') }],
    ['has spaces in angle brackets', '[k][3]\n\n[3]: <0003 use kafka.md>', { 'docs/adr/0003 use kafka.md': record('3. Kafka') }],
    ['has parentheses', '[k](0003-use-(kafka).md)', { 'docs/adr/0003-use-(kafka).md': record('3. Kafka') }],
  ])('it %s', async (_name, link, files) => expect(await brokenIn(link, files)).toEqual([]));
});

describe('a broken link in a record', () => {
  const weightsIn = async (text: string, status = 'Accepted'): Promise<string[]> => {
    const from = record('8. A', text).replace('Accepted', status);
    const found = await inRecords({ [TARGET]: record('7. Plain record'), [FROM]: from });
    return (found.get(FROM) ?? []).map(({ rule, severity }) => `${rule} ${severity}`);
  };

  it.each([
    ['See [p](0009-gone.md)', ['broken-link info']],
    ['See [p](../0007-plain-record.md)', ['broken-link warning']],
    ['See [p](../gone/)', ['broken-link info']],
    ['See [p](../../src/gone.ts)', ['broken-link info']],
    ['See ![p](gone.png)', []],
    ['Authors: [Ada](@ada-l)', []],
    ['See [p](gone.png)', ['broken-link info']],
  ])('is a warning only where the record that is meant is known: %s', async (text, expected) =>
    expect(await weightsIn(text)).toEqual(expected),
  );

  it('is told once where it should lead to the successor', async () =>
    expect(await weightsIn('x', 'Superseded by [9](0009-gone.md)')).toEqual(['superseded-by-nothing warning']));

  it('has no successor where a change replaces the record', async () => {
    expect(await weightsIn('x', 'Superseded by PR #305')).toEqual([]);
    expect(await weightsIn('x', 'Superseded')).toEqual(['superseded-by-nothing warning']);
  });

  it('is called malformed where its address has brackets of its own', async () => {
    const [message = ''] = await brokenIn('[p]((https://example.org/a.md))');
    expect(message).toBe('This link leads nowhere: its address is in brackets of its own, "(https://example.org/a.md)". Remove them.');
  });

  it('is none in front matter where the path counts from the root of the repository', async () => {
    const text = (target: string): string => `---\nstatus: accepted\nrelated:\n  - ${target}\n---\n\n# 8. A\n\n## Decision\n\nYes.\n`;
    const linksIn = async (target: string): Promise<string[]> => {
      const found = await inRecords({ [TARGET]: record('7. Plain record'), [FROM]: text(target) });
      return (found.get(FROM) ?? []).map(({ rule }) => rule);
    };
    expect(await linksIn(TARGET)).toEqual([]);
    expect(await linksIn('docs/adr/0099-gone.md')).toEqual(['broken-link']);
  });
});

describe('a link is broken if', () => {
  it.each(['[p](0007-gone.md)', '[p](../gone/)', '[p](/gone/0007-gone.md)', '[k][r]\n\n[r]: <gone away.md>'])(
    'nothing can be meant by it: %s',
    async (link) => {
      const [message = ''] = await brokenIn(link);
      expect(message).toContain('does not exist');
    },
  );

  it('upper and lower case differ, and then it says so and how the name is spelled', async () => {
    const [message = ''] = await brokenIn('[p](0007-Plain-Record.md)');
    expect(message).toBe(
      'This link points to docs/adr/0007-Plain-Record.md, but the name is spelled docs/adr/0007-plain-record.md. Use the same upper and lower case: on most systems the link leads nowhere.',
    );
  });
});
