import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileToRead, LARGE_FILE_SAMPLE, readDocument, readFileDocument } from '../../server/knowledge/read.ts';
import { testFolder } from '../support/folder.ts';
import { withoutRights } from './rights.ts';

const LIMITS = { fileSize: 200_000 };

const record = (path: string): FileToRead => ({ path, kind: 'decision', format: 'markdown' });

const readRecordFile = (root: string, path: string) => readFileDocument(root, record(path), 'abc', LIMITS);

describe('readDocument', () => {
  it('gives each format to its reader', () => {
    const read = (file: FileToRead, text: string) => readDocument({ ...file, text, sha: 'abc' });
    expect(read(record('docs/adr/0007-use-kafka.md'), '# Use Kafka\n\n## Status\n\nAccepted\n')).toMatchObject({
      kind: 'decision',
      title: 'Use Kafka',
      number: '7',
      status: { value: 'accepted' },
    });
    expect(read({ path: 'README.md', kind: 'guide', format: 'markdown' }, '# Shop\n\nHello.\n')).toMatchObject({
      kind: 'guide',
      title: 'Shop',
    });
    expect(read({ path: 'a.yaml', kind: 'specification', format: 'openapi' }, 'openapi: 3.0.0\ninfo: { title: Orders }\n')).toMatchObject({
      format: 'openapi',
      title: 'Orders',
    });
    expect(read({ path: 'a.yaml', kind: 'specification', format: 'asyncapi' }, 'asyncapi: 3.0.0\ninfo: { title: Events }\n')).toMatchObject(
      { format: 'asyncapi', title: 'Events' },
    );
    expect(read({ path: 'a.proto', kind: 'specification', format: 'protobuf' }, 'package a.b;')).toMatchObject({
      format: 'protobuf',
      title: 'a.b',
    });
    expect(read({ path: 'a.graphql', kind: 'specification', format: 'graphql' }, 'type A { b: Int }')).toMatchObject({ format: 'graphql' });
    expect(read({ path: 'a.json', kind: 'specification', format: 'json-schema' }, '{"title":"Order"}')).toMatchObject({
      format: 'json-schema',
      title: 'Order',
    });
    expect(read({ path: 'a.feature', kind: 'specification', format: 'gherkin' }, 'Feature: Pay')).toMatchObject({
      format: 'gherkin',
      title: 'Pay',
    });
    expect(read({ path: 'CODEOWNERS', kind: 'guide', format: 'codeowners' }, '* @a')).toMatchObject({
      format: 'codeowners',
      kind: 'guide',
    });
  });

  it('never throws, whatever the text', () => {
    const files: readonly FileToRead[] = [
      record('docs/adr/0001-x.md'),
      { path: 'docs/x.rst', kind: 'guide', format: 'rst' },
      { path: 'a.yaml', kind: 'specification', format: 'openapi' },
      { path: 'x', kind: 'specification', format: 'no-such-format' },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.string({ unit: 'binary', maxLength: 300 }), (file, text) => {
        const document = readDocument({ ...file, text, sha: 'abc' });
        expect(document.findings.filter((problem) => problem.rule === 'reader-failed')).toEqual([]);
        expect(document).toMatchObject({ id: file.path, path: file.path, sha: 'abc' });
      }),
      { numRuns: 300 },
    );
  });

  it('turns the failure of a reader into a document with the text and a problem', () => {
    // No text is known that makes a reader fail; a text that is missing at first does.
    let reads = 0;
    const source = {
      ...record('docs/adr/0001-x.md'),
      sha: '',
      get text(): string {
        reads += 1;
        return (reads === 1 ? undefined : 'words') as string;
      },
    };
    const document = readDocument(source);
    expect(document).toMatchObject({ title: '0001-x', kind: 'decision', findings: [{ rule: 'reader-failed', severity: 'error' }] });
    expect(document.sections).toMatchObject([{ heading: '', text: 'words' }]);
  });
});

describe('readFileDocument', () => {
  it('reads a file', async () => {
    const root = testFolder();
    await writeFile(join(root, '0001-x.md'), '# Use Kafka\n');
    expect(await readRecordFile(root, '0001-x.md')).toMatchObject({ id: '0001-x.md', title: 'Use Kafka', sha: 'abc' });
  });

  it('gives nothing for a file that is gone, a folder, or a path below a file', async () => {
    const root = testFolder();
    await mkdir(join(root, 'folder.md'));
    await writeFile(join(root, 'file'), '');
    for (const path of ['gone.md', 'folder.md', 'file/a.md']) expect(await readRecordFile(root, path)).toBeUndefined();
  });

  it('indexes the first lines of a file over the limit and says so', async () => {
    const root = testFolder();
    const line = 'Grün ist der Balken über der Tür.\n';
    await writeFile(join(root, 'large.md'), line.repeat(10_000));
    const document = await readRecordFile(root, 'large.md');
    expect(document).toMatchObject({
      title: 'large',
      findings: [{ rule: 'too-large', severity: 'warning', message: expect.stringMatching(/raise limits\.fileSize/) }],
    });
    expect(document?.findings[0]?.message).toContain('limits.fileSize');
    const text = document?.sections[0]?.text ?? '';
    expect(text.length).toBeGreaterThan(50_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LARGE_FILE_SAMPLE);
    expect(text.endsWith(line)).toBe(true);
  });

  it('does not read 50 MB to see that they are too many', async () => {
    const root = testFolder();
    await writeFile(join(root, 'huge.md'), Buffer.alloc(50_000_000, 'word '));
    const before = process.memoryUsage().arrayBuffers;
    const document = await readRecordFile(root, 'huge.md');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(document?.sections[0]?.text).toHaveLength(LARGE_FILE_SAMPLE);
    // No setting takes it whole.
    expect(document?.findings[0]?.message).toMatch(/^This file is 50\.0 MB.*More than 10\.0 MB cannot be indexed/);
  });

  it('does not follow a link out of the repository, also not by a detour', async () => {
    const outside = testFolder();
    await writeFile(join(outside, 'secret.md'), '# Secret\n');
    const root = testFolder();
    await symlink(join(outside, 'secret.md'), join(root, 'a.md'));
    await symlink(outside, join(root, 'docs'));
    for (const path of ['a.md', 'docs/secret.md']) {
      const document = await readRecordFile(root, path);
      expect(document).toMatchObject({ path, sections: [], findings: [{ rule: 'outside-repository', severity: 'error' }] });
      expect(JSON.stringify(document)).not.toContain('Secret');
    }
  });

  it('follows a link inside the repository', async () => {
    const root = testFolder();
    await writeFile(join(root, 'AGENTS.md'), '# Rules\n');
    await symlink('AGENTS.md', join(root, 'CLAUDE.md'));
    expect(await readRecordFile(root, 'CLAUDE.md')).toMatchObject({ id: 'CLAUDE.md', title: 'Rules', findings: [] });
  });

  it('works in a repository that is itself reached by a link', async () => {
    const root = testFolder();
    await writeFile(join(root, 'a.md'), '# A\n');
    const link = join(testFolder(), 'link');
    await symlink(root, link);
    expect(await readRecordFile(link, 'a.md')).toMatchObject({ title: 'A', findings: [] });
  });

  it('says of a link in a circle and of a file without rights that they cannot be read', async () => {
    const root = testFolder();
    await symlink('loop.md', join(root, 'loop.md'));
    expect(await readRecordFile(root, 'loop.md')).toMatchObject({ sections: [], findings: [{ rule: 'unreadable' }] });
    await writeFile(join(root, 'closed.md'), '# Closed\n');
    const document = await withoutRights(join(root, 'closed.md'), () => readRecordFile(root, 'closed.md'));
    expect(document).toMatchObject({ title: 'closed', sections: [], findings: [{ rule: 'unreadable', severity: 'error' }] });
    expect(document?.findings[0]?.message).toContain('EACCES');
  });

  it('does not wait for a named pipe', async () => {
    const root = testFolder();
    execFileSync('mkfifo', [join(root, 'pipe.md')]);
    expect(await readRecordFile(root, 'pipe.md')).toMatchObject({ findings: [{ rule: 'unreadable' }] });
  });

  it('does not index a binary file', async () => {
    const root = testFolder();
    await writeFile(join(root, 'a.md'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
    expect(await readRecordFile(root, 'a.md')).toMatchObject({ sections: [], findings: [{ rule: 'binary' }] });
  });

  it('reads a wrongly encoded file with a problem before those of the reader', async () => {
    const root = testFolder();
    await writeFile(join(root, 'a.md'), Buffer.from('# Gr\u00fcn\n', 'latin1'));
    expect(await readRecordFile(root, 'a.md')).toMatchObject({ title: 'Grün', findings: [{ rule: 'wrong-encoding' }] });
  });

  it('reads an empty file', async () => {
    const root = testFolder();
    await writeFile(join(root, '0001-x.md'), '');
    expect(await readRecordFile(root, '0001-x.md')).toMatchObject({ id: '0001-x.md', sections: [] });
  });
});
