import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openEngine } from '../../server/engine/engine.ts';
import { Identifiers } from '../../server/engine/identifiers/identifiers.ts';
import { isRefused } from '../../server/model/authoring.ts';
import type { Engine } from '../../server/model/engine.ts';
import { applyEdits } from '../../server/text/edits.ts';
import { openWorkspace } from '../../server/workspace/workspace.ts';
import { testFolder } from '../support/folder.ts';
import { git } from '../support/git.ts';
import { type MadeRepository, makeRepository } from '../support/repository.ts';

const METHODS =
  "export function rulesOf(customerId: string) {\n  if (customerId.startsWith('B2B-')) return 'invoice';\n  return 'card';\n}\n";
const INVOICES = 'create table invoices (\n  id serial primary key,\n  number text not null\n);\n';
const RECORD =
  '# 7. Opaque customer ids\n\n## Status\n\nAccepted\n\n## Context\n\nIds of customers were read.\n\n## Decision\n\nCustomer ids are opaque.\n';
const FILES = {
  'go.mod': 'module shop\n\nrequire github.com/lib/pq v1.10.0\n',
  'src/methods.ts': METHODS,
  'src/other.ts': 'export const other = 1;\n',
  'src/methods.test.ts': METHODS,
  'db/invoices.sql': INVOICES,
};

let made: MadeRepository;
beforeEach(() => {
  made = makeRepository(FILES);
  return made.remove;
});

const write = (path: string, text: string): void => writeFileSync(join(made.root, path), text);
const open = async (): Promise<Engine> => {
  const engine = await openEngine({ folder: made.root, indexFolder: join(testFolder(), 'index') });
  onTestFinished(() => engine.dispose());
  return engine;
};
const listed = async (engine: Engine, request?: Parameters<Engine['identifiers']>[0]): Promise<string[]> =>
  (await engine.identifiers(request)).files.flatMap(({ document, findings }) =>
    findings.map(({ rule, severity, span }) => `${document.path}:${span.start.line + 1} ${rule} ${severity}`),
  );
const BOTH = ['db/invoices.sql:2 SID006 warning', 'src/methods.ts:2 SID002 warning'];

describe('findings about identifiers', () => {
  it('need no index, leave tests out, and may be of some paths only', async () => {
    const engine = await open();
    expect(await listed(engine)).toEqual(BOTH);
    expect(await listed(engine, { paths: ['db'] })).toEqual(BOTH.slice(0, 1));
    expect((await engine.status()).state).toBe('absent');
  });

  it('are in the findings of an open file, as the editor has it, without an index', async () => {
    const engine = await open();
    const rules = async (path: string, text?: string) => (await engine.findings(path, text))?.findings.map(({ rule }) => rule);
    expect(await rules('src/methods.ts')).toEqual(['SID002']);
    expect(await rules('src/methods.ts', METHODS.replace('.startsWith', '.toString'))).toEqual([]);
    expect(await rules('src/new.ts', METHODS)).toEqual(['SID002']);
    expect(await rules('src/methods.test.ts')).toEqual([]);
    expect(await rules('src/nothing.ts')).toBeUndefined();
  });

  it('join the findings of everything once there is an index, and are the same there as in the open file', async () => {
    const engine = await open();
    await engine.index();
    const all = await engine.allFindings();
    expect(all.flatMap(({ document, findings }) => findings.map(({ rule }) => `${document.path} ${rule}`))).toEqual([
      'db/invoices.sql SID006',
      'src/methods.ts SID002',
    ]);
    for (const { document, findings } of all) expect((await engine.findings(document.path ?? ''))?.findings).toEqual(findings);
  });

  it('are ignored by a comment with a reason, which is used then, and at the level of the configuration', async () => {
    write('src/methods.ts', METHODS.replace('  if', '  // lintel-ignore SID002 The partner sends it.\n  if'));
    write('lintel.yaml', 'rules:\n  SID006: info\n');
    const engine = await open();
    expect(await listed(engine)).toEqual(['db/invoices.sql:2 SID006 info']);
    await engine.index();
    expect((await engine.allFindings()).flatMap(({ findings }) => findings.map(({ rule, severity }) => [rule, severity]))).toEqual([
      ['SID006', 'info'],
    ]);
  });

  it('are found in files that hold no code, such as policies in JSON, with an index and without one', async () => {
    write('policy.json', '{ "Version": "2012-10-17", "Statement": [] }\n');
    write(
      'stack.json',
      '{ "Resources": { "Access": { "Type": "AWS::IAM::Group", "Properties": { "GroupName": "phoenix-squad-access" } } } }\n',
    );
    const engine = await open();
    expect(await listed(engine)).toEqual([...BOTH, 'stack.json:1 SID004 warning']);
    expect((await engine.findings('stack.json'))?.findings).toMatchObject([{ rule: 'SID004' }]);
    await engine.index();
    const [, , last] = await engine.allFindings();
    expect(last).toEqual(await engine.findings('stack.json'));
    expect(await engine.findings('policy.json')).toBeUndefined();
  });

  it('are none in a file that .gitattributes calls generated', async () => {
    write('.gitattributes', 'db/** linguist-generated\n');
    expect(await listed(await open())).toEqual(BOTH.slice(1));
  });

  it('are errors that cite the record which they break, with an index and without one', async () => {
    const record = 'docs/decisions/0007-opaque-customer-ids.md';
    mkdirSync(join(made.root, 'docs/decisions'), { recursive: true });
    write(record, RECORD);
    const again = await open();
    const [, broken] = (await again.identifiers()).files;
    expect(broken?.findings).toMatchObject([{ severity: 'error', related: [{ path: record, span: { start: { line: 12 } } }] }]);
    await again.index();
    expect((await again.findings('src/methods.ts'))?.findings).toEqual(broken?.findings);
    write(record, RECORD.replace('Accepted', 'Proposed'));
    expect(await listed(await open())).toEqual(BOTH);
  });

  it('are silent where lintel.yaml allows them, which the report tells with the reason', async () => {
    write(
      'lintel.yaml',
      'identifiers:\n  allow:\n    - names: [customerId]\n      reason: The partner prescribes it.\n      link: docs/partner.md\n',
    );
    const report = await (await open()).identifiers();
    expect(report.files.map(({ document }) => document.path)).toEqual(['db/invoices.sql']);
    expect(report.allowed).toMatchObject([
      { path: 'src/methods.ts', finding: { rule: 'SID002' }, reason: 'The partner prescribes it.', link: 'docs/partner.md' },
    ]);
  });
});

describe('a second run', () => {
  const scanned = async (): Promise<{ readonly read: number; readonly files: number; readonly found: string[] }> => {
    const workspace = await openWorkspace(made.root);
    const identifiers = new Identifiers({ workspace: () => workspace, indexFolder: join(made.root, '.git/lintel') });
    const { results, files, read } = await (await identifiers.onDisk()).scan(() => true);
    return { read, files, found: [...results.keys()] };
  };

  it('of another process reads only what changed, and everything after the repository says something else', async () => {
    const found = ['db/invoices.sql', 'src/methods.ts'];
    const { files, ...first } = await scanned();
    expect(first).toEqual({ read: files, found });
    expect(await scanned()).toEqual({ read: 0, files, found });
    write('src/other.ts', METHODS);
    expect(await scanned()).toEqual({ read: 1, files, found: [...found, 'src/other.ts'] });
    utimesSync(join(made.root, 'src/other.ts'), 0, 0);
    expect((await scanned()).read).toBe(1);
    write('lintel.yaml', 'identifiers:\n  allow:\n    - paths: [src/other.ts]\n      reason: It is so.\n');
    expect((await scanned()).read).toBe(files + 1);
  });
});

describe('findings since a commit', () => {
  it('are none for what was there, though its lines moved, its file was renamed and its code went to another file', async () => {
    write('src/methods.ts', `// One.\n// Two.\n${METHODS}`);
    git(made.root, ['mv', 'db/invoices.sql', 'db/bills.sql']);
    expect(await listed(await open(), { since: 'HEAD' })).toEqual([]);
    write('src/methods.ts', 'export {};\n');
    write('src/moved.ts', METHODS);
    expect(await listed(await open(), { since: 'HEAD' })).toEqual([]);
  });

  it('are those that came on top: in a new file, beside old ones and of an identifier that was not read before', async () => {
    write('db/reminders.sql', INVOICES.replace('invoices', 'reminders'));
    write('src/methods.ts', `${METHODS}${METHODS.replace('rulesOf', 'limitOf')}`);
    expect(await listed(await open(), { since: 'HEAD' })).toEqual(['db/reminders.sql:2 SID006 warning', 'src/methods.ts:6 SID002 warning']);
    expect(await listed(await open(), { since: 'HEAD', paths: ['db'] })).toEqual(['db/reminders.sql:2 SID006 warning']);
  });

  it('are refused in a sentence where there is no such commit', async () => {
    await expect((await open()).identifiers({ since: 'nowhere' })).rejects.toThrow('There is no commit "nowhere" in this repository.');
  });
});

describe('allowing an identifier', () => {
  it('makes the edit of lintel.yaml that makes the finding silent, and selects the reason', async () => {
    write('lintel.yaml', '# ours\nguides: [a]\n');
    const engine = await open();
    const request = { path: 'src/methods.ts', rule: 'SID002', position: { line: 1, character: 6 } };
    const answer = await engine.allowIdentifier({ ...request, reason: 'The partner prescribes it.' });
    if (isRefused(answer)) throw new Error(answer.refused);
    const text = applyEdits('lintel.yaml', readFileSync(join(made.root, 'lintel.yaml'), 'utf8'), answer.edits);
    expect(text).toBe(
      '# ours\nguides: [a]\nidentifiers:\n  allow:\n    - rules: [SID002]\n      paths: [src/methods.ts]\n      names: [customerId]\n      reason: The partner prescribes it.\n',
    );
    const { start, end } = answer.selection;
    expect(text.split('\n')[start.line]?.slice(start.character, end.character)).toBe('The partner prescribes it.');
    write('lintel.yaml', text);
    expect(await listed(await open())).toEqual(BOTH.slice(0, 1));
  });

  it('is refused where the finding is gone, or where the configuration is broken', async () => {
    const engine = await open();
    const request = { path: 'src/methods.ts', rule: 'SID002', position: { line: 1, character: 6 } };
    expect(await engine.allowIdentifier({ ...request, text: 'export {};\n' })).toEqual({
      refused: 'There is no SID002 at this place any more.',
    });
    expect(await engine.allowIdentifier({ ...request, configuration: 'guides: [\n' })).toMatchObject({
      refused: expect.stringContaining('is not valid'),
    });
  });
});

it('a hover on the name of an identifier tells where the file reads it apart, without an index', async () => {
  const found = await (await open()).inspect({ path: 'src/methods.ts', text: METHODS }, { line: 0, character: 28 });
  expect(found).toMatchObject({ governing: [], identifier: { name: 'customerId', made: [], takenApart: [{ start: { line: 1 } }] } });
});

describe('a migration', () => {
  const PRISMA = 'prisma/migrations/20250101000000_carts/migration.sql';
  const TABLE = 'CREATE TABLE "carts" (\n  "id" SERIAL PRIMARY KEY\n);\n';

  it('that is committed is history: its narrow key is an info, with a new migration as the fix', async () => {
    mkdirSync(join(made.root, 'prisma/migrations/20250101000000_carts'), { recursive: true });
    write('prisma/schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n');
    write(PRISMA, TABLE);
    const engine = await open();
    expect(await listed(engine, { paths: ['prisma'] })).toEqual([`${PRISMA}:2 SID006 warning`]);
    git(made.root, ['add', '.']);
    git(made.root, ['commit', '-q', '-m', 'Keep carts']);
    const later = await open();
    expect(await listed(later, { paths: ['prisma'] })).toEqual([`${PRISMA}:2 SID006 info`]);
    const [found] = (await later.identifiers({ paths: ['prisma'] })).files;
    const [fix] = found?.findings[0]?.fixes ?? [];
    expect(fix?.edits.map(({ path }) => path)).toEqual([expect.stringMatching(/^prisma\/migrations\/\d{14}_\w+\/migration\.sql$/)]);
    expect(fix?.edits[0]?.text.replace(/^--.*\n/, '')).toBe(
      'ALTER TABLE carts ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE carts_id_seq AS bigint;\n',
    );
    // What a change adds is new, though it is committed.
    expect(await listed(later, { since: 'HEAD~1', paths: ['prisma'] })).toEqual([`${PRISMA}:2 SID006 warning`]);
  });

  it('that a later one overtook has nothing to say, also in the open file', async () => {
    const first = 'flyway/V2__records.sql';
    mkdirSync(join(made.root, 'flyway'));
    write(first, 'CREATE TABLE records (\n  id serial PRIMARY KEY\n);\nCREATE TABLE notes (\n  id serial PRIMARY KEY\n);\n');
    expect(await listed(await open(), { paths: ['flyway'] })).toEqual([`${first}:2 SID006 warning`, `${first}:5 SID006 warning`]);
    write('flyway/V10__wide.sql', 'ALTER TABLE records ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE records_id_seq AS bigint;\n');
    const later = await open();
    expect(await listed(later, { paths: ['flyway'] })).toEqual([`${first}:5 SID006 warning`]);
    expect((await later.findings(first))?.findings.map(({ span }) => span.start.line)).toEqual([4]);
  });

  it('that is written in Ruby is history once it is committed, also in a repository without SQL', async () => {
    const path = 'db/migrate/20250101000000_create_carts.rb';
    const rails = makeRepository({
      'config/database.yml': 'default:\n  adapter: postgresql\n',
      [path]:
        'class CreateCarts < ActiveRecord::Migration[7.0]\n  def change\n    create_table :carts, id: :integer do |t|\n      t.string :name\n    end\n  end\nend\n',
    });
    onTestFinished(rails.remove);
    const engine = await openEngine({ folder: rails.root, indexFolder: join(testFolder(), 'index') });
    onTestFinished(() => engine.dispose());
    expect(await listed(engine)).toEqual([`${path}:3 SID006 info`]);
  });
});
