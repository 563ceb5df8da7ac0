import { describe, expect, it, test } from 'vitest';
import { materialFor, readRecordText } from '../../../server/decisions/authoring/material.ts';
import { draftOf, type Material } from '../../../server/decisions/authoring/new-decision.ts';
import { type Files, registerOfFiles } from '../../support/register.ts';
import { memoryWorkspace } from '../../support/workspace.ts';

const record = (title: string): string => `# ${title}\n\n## Status\n\nAccepted\n\n## Context\n\nWhy.\n`;
const TEMPLATE = '# NUMBER. TITLE\n\n## Status\n\nSTATUS\n\n## Forces\n\nWhat pulls?\n';

const materialOf = (files: Files, near?: string): Promise<Material> => {
  const workspace = memoryWorkspace(files);
  return materialFor(workspace.files, registerOfFiles(files).catalogue, (path) => workspace.files.exists(path), near);
};
const templateOf = async (...beside: readonly string[]): Promise<string | undefined> => {
  const files = { 'docs/adr/0001-a.md': record('1. A'), ...Object.fromEntries(beside.map((name) => [`docs/adr/${name}`, TEMPLATE])) };
  return (await materialOf(files)).template?.path;
};

describe('the template of a new record', () => {
  test.each([
    ['template.md'],
    ['adr-template.md'],
    ['0000-template.md'],
    ['ADR_Template.md'],
    ['NNNN-template.md'],
    ['madr-template.md'],
    ['template.adoc'],
    ['templates/template.md'],
    ['0000-template/README.md'],
  ])('is found beside the records under the name %s', async (name) => {
    expect(await templateOf(name)).toBe(`docs/adr/${name}`);
  });

  test.each(['_ignored.md', 'template.png', 'templates/notes.md', 'how-to-use-the-template.md'])('is not a file named %s', async (name) => {
    expect(await templateOf(name)).toBeUndefined();
  });

  test.each([
    'docs/templates/adr.md',
    'docs/templates/ADR-template.md',
    'templates/decision-record.md',
    '.adr/template.md',
    '.adr/templates/template.md',
    'docs/adr-template.md',
    'docs/adr/plantilla.md',
    'docs/adr/0000-vorlage.md',
  ])('is found further up under the name %s', async (path) => {
    expect((await materialOf({ 'docs/adr/0001-a.md': record('1. A'), [path]: TEMPLATE })).template?.path).toBe(path);
  });

  test.each([
    'docs/templates/email.md',
    'templates/template.md',
    'docs/template.md',
    'src/templates/adr.md',
    '.github/pull_request_template.md',
  ])('is not one of other texts: %s', async (path) =>
    expect((await materialOf({ 'docs/adr/0001-a.md': record('1. A'), [path]: TEMPLATE })).template).toBeUndefined(),
  );

  it('is the nearest one', async () => {
    const files = { 'docs/adr/0001-a.md': record('1. A'), 'templates/adr.md': TEMPLATE, 'docs/templates/adr.md': TEMPLATE };
    expect((await materialOf(files)).template?.path).toBe('docs/templates/adr.md');
    expect((await materialOf({ ...files, 'docs/adr/template.md': TEMPLATE })).template?.path).toBe('docs/adr/template.md');
  });

  it('is the one with the shortest name, and one beside the records before one in a folder', async () => {
    expect(await templateOf('template-minimal.md', 'template.md', 'templates/template.md')).toBe('docs/adr/template.md');
  });

  it('is not an empty file', async () => {
    const files = { 'docs/adr/0001-a.md': record('1. A'), 'docs/adr/template.md': ' \n', 'docs/adr/templates/template.md': TEMPLATE };
    expect((await materialOf(files)).template?.path).toBe('docs/adr/templates/template.md');
  });

  it('is that of the folder that the record goes to, not of another one', async () => {
    const files = {
      'docs/adr/0001-a.md': record('1. A'),
      'docs/adr/template.md': TEMPLATE,
      'services/pay/docs/adr/0001-b.md': record('1. B'),
      'services/pay/src/card.ts': 'export const card = 1;\n',
    };
    expect((await materialOf(files, 'services/pay/src/card.ts')).template).toBeUndefined();
    expect((await materialOf(files)).template?.path).toBe('docs/adr/template.md');
  });

  it('is filled in when a decision is written', async () => {
    const material = await materialOf({ 'docs/adr/0001-a.md': record('1. A'), 'docs/adr/template.md': TEMPLATE });
    const draft = draftOf(material, { title: 'Pack boxes', status: 'proposed', today: '2026-11-21' });
    expect(draft.path).toBe('docs/adr/0002-pack-boxes.md');
    expect(draft.text).toBe('# 2. Pack boxes\n\n## Status\n\nProposed\n\n## Forces\n\nWhat pulls?\n');
  });
});

describe('the folder of the first record', () => {
  test.each<[Files, string]>([
    [{}, 'docs/decisions'],
    [{ 'src/a.ts': '' }, 'docs/decisions'],
    [{ 'doc/adr/.gitkeep': '' }, 'doc/adr'],
    [{ 'doc/adr/.gitkeep': '', 'docs/adr/.gitkeep': '' }, 'docs/adr'],
  ])('beside %j is %s', async (files, folder) => {
    const material = await materialOf(files);
    expect([material.collection, material.firstFolder]).toEqual([undefined, folder]);
    expect(draftOf(material, { title: 'Pack boxes', status: 'proposed', today: '2026-11-21' }).path).toBe(`${folder}/0001-pack-boxes.md`);
  });
});

describe('the records that a new one is modelled on', () => {
  it('are the eight newest, newest first, without templates', async () => {
    const numbered = Array.from({ length: 11 }, (_, at) => [`docs/adr/${String(at + 1).padStart(4, '0')}-r.md`, record(`${at + 1}. R`)]);
    const { newest, listing } = await materialOf({ ...Object.fromEntries(numbered), 'docs/adr/template.md': TEMPLATE });
    expect(newest.map(({ document }) => document.number)).toEqual(
      ['11', '10', '9', '8', '7', '6', '5', '4'].map((each) => expect.stringMatching(new RegExp(`^0*${each}$`))),
    );
    expect(listing).toContain('template.md');
  });

  it('are read without their byte order mark, so that front matter is seen', async () => {
    const { files } = memoryWorkspace({ 'docs/adr/0001-a.md': '\uFEFF---\nstatus: accepted\n---\n\n# A\n' });
    const read = await readRecordText(files, 'docs/adr/0001-a.md');
    expect(read?.text.startsWith('---')).toBe(true);
    expect(read?.document.status?.value).toBe('accepted');
  });

  it('leave out one that was deleted since it was indexed', async () => {
    const files = { 'docs/adr/0001-a.md': record('1. A'), 'docs/adr/0002-b.md': record('2. B') };
    const workspace = memoryWorkspace({ 'docs/adr/0001-a.md': files['docs/adr/0001-a.md'] });
    const material = await materialFor(workspace.files, registerOfFiles(files).catalogue, (path) => workspace.files.exists(path));
    expect(material.newest.map(({ path }) => path)).toEqual(['docs/adr/0001-a.md']);
    const draft = draftOf(material, { title: 'C', today: '2026-01-01', status: 'proposed' });
    expect(draft.path, 'the number of the deleted record is free').toBe('docs/adr/0002-c.md');
    expect(await readRecordText(workspace.files, 'docs/adr/0002-b.md')).toBeUndefined();
  });
});
