import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LintelExports } from '../../extension/main.ts';
import type { WireHit } from '../../protocol/index.ts';
import { eventually, fileUri, lintel, openAt } from './lintel.ts';

const OUTBOX = 'docs/decisions/0014-transactional-outbox.md';
const SUCCESSOR = 'docs/decisions/0024-publish-without-a-table.md';
const CODE = 'services/orders/src/events/outbox.ts';
const LINKS = '.lintel/links.yaml';

/** Answers the editor's questions in the place of a person, for the length of a piece of work: titles in words, choices by what is on an item. */
const answering = async (
  answers: { readonly title?: string; readonly choose?: readonly RegExp[] },
  work: () => Promise<void>,
): Promise<vscode.QuickPickItem[][]> => {
  const { showInputBox, showQuickPick } = vscode.window;
  const shown: vscode.QuickPickItem[][] = [];
  const choices = [...(answers.choose ?? [])];
  const pick = (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
    shown.push([...items]);
    const wanted = choices.shift();
    const found = wanted && items.find(({ label, description = '', detail = '' }) => wanted.test([label, description, detail].join(' ')));
    return Promise.resolve(found);
  };
  Object.assign(vscode.window, { showInputBox: () => Promise.resolve(answers.title), showQuickPick: pick });
  try {
    await work();
  } finally {
    Object.assign(vscode.window, { showInputBox, showQuickPick });
  }
  return shown;
};

const run = (command: string, ...args: readonly unknown[]): Promise<void> =>
  Promise.resolve(vscode.commands.executeCommand<void>(command, ...args));
const read = async (path: string): Promise<string> => Buffer.from(await vscode.workspace.fs.readFile(fileUri(path))).toString('utf8');
const remove = async (...paths: readonly string[]): Promise<void> => {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  for (const path of paths) await vscode.workspace.fs.delete(fileUri(path), { recursive: true }).then(undefined, () => undefined);
};
const selected = (): string => {
  const editor = vscode.window.activeTextEditor;
  return editor ? editor.document.getText(editor.selection) : '';
};

describe('decisions', () => {
  let exports: LintelExports;
  const hitOf = async (path: string, query: string): Promise<WireHit> => {
    const hit = (await exports.search({ query, kinds: ['decision'] }))?.hits.find((one) => one.path === path);
    assert.ok(hit, `${path} is not found`);
    return hit;
  };
  before(async () => {
    exports = await lintel();
  });

  it('begin from a selection, in the form of the repository, with the title selected', async () => {
    const { position } = await openAt(CODE, 'ADR-0014');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(position.line, 0, position.line + 1, 0);
    const quoted = editor.document.lineAt(position.line).text;
    const [shown] = await answering({ title: 'Pack boxes by hand', choose: [/Write the Draft|Entwurf schreiben/] }, () =>
      run('lintel.newDecision'),
    );
    // The records that govern the code are there to be read first.
    assert.match(JSON.stringify(shown), /Exception|Ausnahme/);
    const made = 'docs/decisions/0024-pack-boxes-by-hand.md';
    try {
      assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith(made), vscode.window.activeTextEditor?.document.uri.path);
      assert.equal(selected(), 'Pack boxes by hand');
      const text = await read(made);
      assert.match(text, /^---\nstatus: proposed\ndate: \d{4}-\d{2}-\d{2}\n/);
      assert.ok(text.includes(`\`${CODE}\`, line ${position.line + 1}:\n\n\`\`\`ts\n${quoted}\n\`\`\``), text);
    } finally {
      await remove(made);
    }
  });

  it('ask for nothing and do nothing where a person gives no title', async () => {
    await openAt(CODE, 'ADR-0014');
    await answering({}, () => run('lintel.newDecision'));
    assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith(CODE));
  });

  /** The old record as the index holds it: whether it is in force, by its own words and by those of the other records. */
  const isOutboxInForce = async (): Promise<boolean> => {
    const answer = await exports.search({ query: 'transactional outbox', kinds: ['decision'] });
    const hit = answer?.hits.find(({ path }) => path === OUTBOX);
    return hit?.status === 'accepted' && hit.supersededBy.length === 0;
  };
  const exists = (path: string): Promise<boolean> =>
    Promise.resolve(
      vscode.workspace.fs.stat(fileUri(path)).then(
        () => true,
        () => false,
      ),
    );

  for (const open of [true, false])
    it(`are superseded on both sides where the new one is accepted, and one undo takes that back, ${open ? 'with the old record open' : 'with no file open'}`, async () => {
      const before = await read(OUTBOX);
      await run('workbench.action.closeAllEditors');
      if (open) await openAt(OUTBOX, 'status');
      try {
        const shown = await answering(
          { title: 'Publish without a table', choose: [...(open ? [] : [/0014-transactional-outbox/]), /Accept it now/] },
          () => run('lintel.supersedeDecision'),
        );
        const [propose, accept] = shown.at(-1) ?? [];
        assert.equal(propose?.detail, `$(new-file) ${SUCCESSOR}`);
        assert.equal(
          accept?.detail,
          `$(new-file) ${SUCCESSOR}  $(edit) ${OUTBOX}: superseded by [ADR-0024](0024-publish-without-a-table.md)`,
        );
        assert.equal(selected(), 'Publish without a table');
        assert.match(await read(SUCCESSOR), /\nsupersedes: 0014-transactional-outbox\.md\n/);
        const old = await vscode.workspace.openTextDocument(fileUri(OUTBOX));
        assert.match(old.getText(), /\nstatus: "?superseded by \[ADR-0024\]\(0024-publish-without-a-table\.md\)"?\n/);
        // Both are saved, so that nobody finds an accepted record on disk beside the one that it replaces, still in force.
        assert.equal(await read(OUTBOX), old.getText());
        await run('undo');
        await eventually(
          () => exists(SUCCESSOR),
          (there) => !there,
        );
        // The editor tells the extension of each file by itself.
        await eventually(
          () => old.getText(),
          (text) => text === before,
        );
        await old.save();
        // A save that the undo began by itself may still be writing.
        await eventually(
          () => read(OUTBOX),
          (text) => text === before,
        );
        // The index hears of the file that is gone and of the one that changed in any order.
        await eventually(isOutboxInForce, (inForce) => inForce);
      } finally {
        await vscode.workspace.fs.writeFile(fileUri(OUTBOX), Buffer.from(before));
        await remove(SUCCESSOR);
      }
    });

  it('are linked to code by a comment, which undo takes back', async () => {
    const { document, position } = await openAt(CODE, 'export ');
    const before = document.getText();
    const shown = await answering({ choose: [/0011-money/, /Insert a comment|Kommentar einfügen/] }, () => run('lintel.linkCode'));
    assert.ok((shown[0]?.length ?? 0) > 20, 'the decisions of the repository are offered');
    assert.equal(document.lineAt(position.line).text, '// See docs/decisions/0011-money-as-integer-minor-units.md');
    assert.equal(selected(), 'docs/decisions/0011-money-as-integer-minor-units.md');
    await run('undo');
    assert.equal(document.getText(), before);
    await run('workbench.action.revertAndCloseActiveEditor');
  });

  it('govern a file, and then do not, by what a person says of a result', async () => {
    const hit = await hitOf('docs/decisions/0011-money-as-integer-minor-units.md', 'money as integer');
    await openAt('package.json', '"name"');
    await run('lintel.showWhy');
    const governs = (): boolean => exports.why().some(({ id, hits }) => id === 'governing' && hits.some((one) => one.path === hit.path));
    try {
      // From the search view, a row comes wrapped in what the page attached to it.
      await run('lintel.governs', { webviewSection: 'hit', hit });
      assert.match(await read(LINKS), /code: package\.json\n {4}verdict: governs\n/);
      await eventually(governs, (found) => found);
      const reasons = exports
        .why()
        .flatMap(({ hits }) => hits)
        .find((one) => one.path === hit.path)?.evidence;
      assert.equal(reasons?.[0]?.kind, 'declared');
      // From the tree, the hit itself; the code is the tree's own place.
      await run('lintel.doesNotGovern', hit);
      assert.match(await read(LINKS), /code: package\.json\n {4}verdict: does-not-govern\n/);
      await eventually(governs, (found) => !found);
    } finally {
      await remove('.lintel');
    }
  });

  it('are cited as the repository cites them', async () => {
    await run('lintel.copyCitation', await hitOf(OUTBOX, 'transactional outbox'));
    assert.match(await vscode.env.clipboard.readText(), /^(?:ADR[- ]?0?0?14|docs\/decisions\/0014-transactional-outbox\.md)$/);
  });

  it('have a history of commits and of the records before and after', async () => {
    const kafka = await hitOf('docs/decisions/0010-kafka-for-domain-events.md', 'kafka for domain events');
    const [items = []] = await answering({ choose: [/\$\(git-commit\)/] }, () => run('lintel.showDecisionHistory', kafka));
    const labels = items.map(({ label }) => label);
    assert.ok(
      labels.some((label) => label.startsWith('$(git-commit)')),
      labels.join('\n'),
    );
    assert.ok(
      labels.some((label) => /NATS/.test(label)),
      labels.join('\n'),
    );
    assert.ok(
      labels.some((label) => /RabbitMQ/.test(label)),
      labels.join('\n'),
    );
    assert.ok(
      items.some(({ detail = '' }) => /Status/.test(detail)),
      JSON.stringify(items),
    );
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'lintel-commit');
    await run('workbench.action.closeAllEditors');
  });

  it('begin from commits that a person names, and ask for nothing more where none are named', async () => {
    await openAt(CODE, 'ADR-0014');
    await answering({}, () => run('lintel.newDecisionFromCommits'));
    assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith(CODE));
    // One answer is given to both questions: the name of a commit is a title, too.
    await answering({ title: 'HEAD', choose: [/Write the Draft|Entwurf schreiben/] }, () => run('lintel.newDecisionFromCommits'));
    const made = vscode.window.activeTextEditor?.document.uri;
    assert.ok(made);
    assert.match(made.path, /docs\/decisions\//);
    try {
      assert.match(await read(vscode.workspace.asRelativePath(made, false)), /Changed in HEAD:[\s\S]*Commits:\n\n- `[0-9a-f]{10}` /);
    } finally {
      await remove(vscode.workspace.asRelativePath(made, false));
    }
  });
});
