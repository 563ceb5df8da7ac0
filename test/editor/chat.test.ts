import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LintelExports } from '../../extension/main.ts';
import { eventually, fileUri, lintel, openAt } from './lintel.ts';

const CODE = 'services/orders/src/events/outbox.ts';

/** What an answer wrote to the chat. */
interface Written {
  readonly text: string;
  readonly references: readonly (vscode.Uri | vscode.Location)[];
  readonly buttons: readonly vscode.Command[];
  readonly result: vscode.ChatResult | undefined;
}

/** A language model of the editor, as an extension for tests provides it. */
const modelOf = async (): Promise<vscode.LanguageModelChat> => {
  const models = await eventually(
    () => vscode.lm.selectChatModels({ vendor: 'lintel-test' }),
    ({ length }) => length > 0,
    30_000,
  );
  assert.ok(models[0]);
  return models[0];
};

describe('@lintel', () => {
  let exports: LintelExports;
  before(async () => {
    exports = await lintel();
  });

  /** Asks as the chat does. The view of the chat needs a participant of GitHub, which this editor has not; everything else is the editor's own. */
  const ask = async (
    prompt: string,
    own: Partial<Pick<vscode.ChatRequest, 'command' | 'references' | 'model'>> = {},
    token: vscode.CancellationToken = new vscode.CancellationTokenSource().token,
  ): Promise<Written> => {
    const texts: string[] = [];
    const references: (vscode.Uri | vscode.Location)[] = [];
    const buttons: vscode.Command[] = [];
    const stream: vscode.ChatResponseStream = Object.assign(Object.create(null), {
      markdown: (value: string | vscode.MarkdownString) => void texts.push(typeof value === 'string' ? value : value.value),
      anchor: (_: unknown, title = '') => void texts.push(title),
      reference: (value: vscode.Uri | vscode.Location) => void references.push(value),
      button: (command: vscode.Command) => void buttons.push(command),
      progress: () => undefined,
    });
    const request: vscode.ChatRequest = Object.assign(Object.create(null), {
      prompt,
      command: undefined,
      references: [],
      toolReferences: [],
      ...own,
    });
    assert.ok(exports.chat, 'the editor has a chat');
    const result = await exports.chat(request, { history: [] }, stream, token);
    return { text: texts.join(''), references, buttons, result: result ?? undefined };
  };

  it('answers a question with lines whose references are places that open', async () => {
    const { text, references, result } = await ask('why do we use an outbox table');
    assert.match(text, /Supported|Belegt|Partly|Teilweise/);
    const [first] = references.filter((one) => one instanceof vscode.Location);
    assert.ok(first instanceof vscode.Location);
    const document = await vscode.workspace.openTextDocument(first.uri);
    assert.ok(first.range.end.line < document.lineCount);
    const quoted = document.lineAt(first.range.start.line).text.replace(/[^\p{L}]/gu, '');
    assert.ok(text.replace(/[^\p{L}]/gu, '').includes(quoted), `${quoted} is quoted`);
    assert.equal(result?.metadata?.outcome, 'answered');
  });

  it('says plainly that something is not recorded', async () => {
    const { text, references, result } = await ask('which colour has the moon of Jupiter named Europa');
    assert.match(text, /Not recorded|Nicht festgehalten/);
    assert.deepEqual(references, []);
    assert.equal(result?.metadata?.outcome, 'not-recorded');
  });

  it('says what governs the code at the cursor, and what an attached file is about', async () => {
    await openAt(CODE, 'ADR-0014');
    const here = await ask('', { command: 'why' });
    assert.match(here.text, /Transactional outbox/i);
    const value = new vscode.Location(fileUri(CODE), new vscode.Range(0, 0, 0, 0));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const attached = await ask('', { command: 'why', references: [{ id: 'file', value }] });
    assert.ok(attached.text.includes(CODE), attached.text);
    assert.ok(attached.references.some((one) => one instanceof vscode.Location && one.uri.path.endsWith('.md')));
  });

  it('lists the decisions in force, and finds some by words', async () => {
    const all = await ask('', { command: 'decisions' });
    assert.ok(all.references.length > 10, all.text);
    const found = await ask('outbox', { command: 'decisions' });
    assert.match(found.text, /Transactional outbox/i);
  });

  it('writes nothing but by the button of a draft, which then is a record with the selection and an open question', async () => {
    const { position } = await openAt(CODE, 'ADR-0014');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(position.line, 0, position.line + 1, 0);
    const made = 'docs/decisions/0024-relay-by-carrier-pigeon.md';
    const { text, buttons } = await ask('Relay by carrier pigeon', { command: 'draft' });
    assert.match(text, /Exception|Ausnahme/);
    const exists = (): Thenable<boolean> =>
      vscode.workspace.fs.stat(fileUri(made)).then(
        () => true,
        () => false,
      );
    assert.equal(await exists(), false);
    const [button] = buttons;
    assert.ok(button?.command);
    try {
      await vscode.commands.executeCommand(button.command, ...(button.arguments ?? []));
      const written = Buffer.from(await vscode.workspace.fs.readFile(fileUri(made))).toString('utf8');
      assert.match(written, /Open question: why is this needed\?/);
      assert.match(written, /Decisions to weigh:/);
      assert.match(written, /```ts/);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.workspace.fs.delete(fileUri(made)).then(undefined, () => undefined);
    }
  });

  it('lets the language model of the chat word the lines, and drops what it made up', async () => {
    const model = await modelOf();
    const { text } = await ask('why do we use an outbox table', { model });
    assert.match(text, /Worded by Quoting|Formuliert von Quoting/);
    assert.doesNotMatch(text, /made of cheese/);
  });

  it('stays with the lines where the model refuses, and where it is turned off', async () => {
    const models = await vscode.lm.selectChatModels({ vendor: 'lintel-test' });
    const refusing = models.find(({ id }) => id === 'refusing');
    assert.ok(refusing);
    const refused = await ask('why do we use an outbox table', { model: refusing });
    assert.match(refused.text, /The language model Refusing was not used/);
    assert.doesNotMatch(refused.text, /Worded by|Formuliert von/);
    const settings = vscode.workspace.getConfiguration('lintel');
    await settings.update('chat.useModel', false, vscode.ConfigurationTarget.Global);
    try {
      const silent = await ask('why do we use an outbox table', { model: refusing });
      assert.doesNotMatch(silent.text, /Refusing/);
    } finally {
      await settings.update('chat.useModel', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('writes nothing once it is cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const { text, result } = await ask('why do we use an outbox table', {}, source.token);
    assert.equal(text, '');
    assert.deepEqual(result, {});
  });
});

describe('the key for answers', () => {
  it('is kept in the secret storage, shown nowhere, and forgotten', async () => {
    await lintel();
    const { showInputBox, showQuickPick } = vscode.window;
    const answers = ['https://api.example.com/v1', 'a-secret-key'];
    const offered: string[] = [];
    Object.assign(vscode.window, {
      showInputBox: () => Promise.resolve(answers.shift()),
      showQuickPick: (items: readonly vscode.QuickPickItem[]) => {
        offered.push(...items.map(({ label }) => label));
        return Promise.resolve(items[0]);
      },
    });
    try {
      await vscode.commands.executeCommand('lintel.setAnswersKey');
      await vscode.commands.executeCommand('lintel.forgetAnswersKey');
      await vscode.commands.executeCommand('lintel.forgetAnswersKey');
    } finally {
      Object.assign(vscode.window, { showInputBox, showQuickPick });
    }
    assert.deepEqual(offered, ['api.example.com']);
  });
});
