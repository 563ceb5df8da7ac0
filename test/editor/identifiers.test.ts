import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, lintel, openAt } from './lintel.ts';

/** One place of the sample shop for each rule about identifiers: the file, and text of the line that is marked. */
const PLACES: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['SID001', 'services/inventory/app/reservations.py', 'reservation_id = f"'],
  ['SID002', 'storefront/bff/src/payment-methods.ts', "customerId.startsWith('B2B-')"],
  ['SID003', 'services/inventory/app/low_stock.py', 'shelf_id != "osl:cold:brattasen"'],
  ['SID004', 'infra/terraform/buckets.tf', 'phoenix-squad-invoice-access'],
  ['SID005', 'contracts/openapi/orders.yaml', 'Starts with B2B for companies'],
  ['SID006', 'db/migrations/0012_invoices.sql', 'id serial primary key'],
  ['SID007', 'db/migrations/0019_newsletter.sql', 'email text primary key'],
];

const codeOf = ({ code }: vscode.Diagnostic): string | undefined => (typeof code === 'object' ? String(code.value) : code?.toString());

/** What the Problems panel shows of a rule on a line. */
const problemAt = async (
  rule: string,
  path: string,
  text: string,
): Promise<{ document: vscode.TextDocument; problem: vscode.Diagnostic }> => {
  const { document, position } = await openAt(path, text);
  const [problem] = await eventually(
    () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .filter((each) => each.source === 'Lintel' && codeOf(each) === rule && each.range.start.line === position.line),
    (found) => found.length > 0,
    20_000,
  );
  assert.ok(problem);
  return { document, problem };
};

const actionsAt = async (document: vscode.TextDocument, problem: vscode.Diagnostic): Promise<vscode.CodeAction[]> =>
  vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, problem.range, 'quickfix', 10);

describe('identifiers in the sample shop', () => {
  before(async () => {
    await lintel();
  });

  for (const [rule, path, text] of PLACES)
    it(`are a finding of ${rule}, with its page, in ${path}`, async () => {
      const { problem } = await problemAt(rule, path, text);
      assert.ok(typeof problem.code === 'object' && problem.code.target.path.endsWith(`/${rule}.md`), JSON.stringify(problem.code));
    });

  it('that break a decision are errors, and lead to the sentence of the record', async () => {
    const [rule, path, text] = PLACES.find(([id]) => id === 'SID004') ?? assert.fail();
    const { problem } = await problemAt(rule, path, text);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    const record = 'docs/decisions/0023-name-resources-by-capability.md';
    const places = problem.relatedInformation?.map(({ location }) => location.uri.path) ?? [];
    assert.ok(places.includes(fileUri(record).path), JSON.stringify(places));
  });

  it('in a migration that may have been applied are widened, with their sequence, in a new one', async () => {
    const [rule, path, text] = PLACES.find(([id]) => id === 'SID006') ?? assert.fail();
    const { document, problem } = await problemAt(rule, path, text);
    const title = 'Widen the key and its sequence in a new migration';
    const fix = (await actionsAt(document, problem)).find((each) => each.title === title);
    assert.ok(fix?.edit, 'no fix');
    const before = document.getText();
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    const file = fileUri('db/migrations/0022_widen_invoice_reminders_id.sql');
    try {
      const made = await vscode.workspace.openTextDocument(file);
      assert.match(
        made.getText(),
        /ALTER TABLE invoice_reminders ALTER COLUMN id TYPE bigint;\nALTER SEQUENCE invoice_reminders_id_seq AS bigint;\n$/,
      );
      assert.equal(document.getText(), before);
    } finally {
      await vscode.workspace.openTextDocument(file).then((made) => made.save());
      await vscode.workspace.fs.delete(file);
    }
  });

  it('are allowed with a reason in lintel.yaml, after which the finding is gone, and everything else is as it was', async () => {
    const [rule, path, text] = PLACES.find(([id]) => id === 'SID002') ?? assert.fail();
    const { document, problem } = await problemAt(rule, path, text);
    const actions = await actionsAt(document, problem);
    const allow = actions.find(({ title }) => title === 'Allow with a reason in lintel.yaml');
    assert.ok(allow?.command?.command === 'lintel.allowIdentifier');
    assert.ok(actions.some(({ title }) => title === 'Keep this id: write down why'));
    const file = fileUri('lintel.yaml');
    const { showInputBox } = vscode.window;
    Object.assign(vscode.window, { showInputBox: () => Promise.resolve('The partner sends it.') });
    try {
      await vscode.commands.executeCommand(allow.command.command, ...(allow.command.arguments ?? []));
      const configuration = await vscode.workspace.openTextDocument(file);
      await configuration.save();
      assert.equal(configuration.getText(vscode.window.activeTextEditor?.selection), 'The partner sends it.');
      const written = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      assert.match(written, /^identifiers:\n {2}allow:\n {4}- rules: \[SID002\]\n/);
      await eventually(
        () => vscode.languages.getDiagnostics(document.uri),
        (all) => !all.some((each) => codeOf(each) === rule),
        20_000,
      );
    } finally {
      Object.assign(vscode.window, { showInputBox });
      await vscode.workspace.fs.delete(file).then(undefined, () => undefined);
    }
  });
});
