import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LintelExports } from '../../extension/main.ts';
import type { WireHit } from '../../protocol/index.ts';
import { CITING, eventually, fileUri, lintel, openAt } from './lintel.ts';

/** A file of the sample that a decision probably governs: the decision names its endpoint, and a commit wrote both. */
const PROBABLE = {
  path: 'storefront/web/src/pages/BasketPage.tsx',
  text: '/api/basket',
  title: /no basket state in the browser/i,
} as const;
const LINKS = '.lintel/links.yaml';

const links = async (): Promise<string> => {
  const bytes = await vscode.workspace.fs.readFile(fileUri(LINKS)).then(undefined, () => new Uint8Array());
  return Buffer.from(bytes).toString('utf8');
};
/** Editors within editors, which are in no column. */
const peeked = (): string[] =>
  vscode.window.visibleTextEditors.flatMap(({ document, viewColumn }) => (viewColumn === undefined ? [document.uri.path] : []));

describe('what probably governs', () => {
  let exports: LintelExports;
  const hitsOf = (group: string): readonly WireHit[] => exports.why().find(({ id }) => id === group)?.hits ?? [];
  const isIn = (group: string): boolean => hitsOf(group).some(({ title }) => PROBABLE.title.test(title));
  before(async () => {
    exports = await lintel();
  });
  beforeEach(async () => {
    await openAt(PROBABLE.path, PROBABLE.text);
    await vscode.commands.executeCommand('lintel.showWhy');
    await eventually(() => isIn('probable'), Boolean);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(fileUri('.lintel'), { recursive: true }).then(undefined, () => undefined);
    // Until the server has forgotten the links, the next test would not begin where this one began.
    await openAt(PROBABLE.path, PROBABLE.text);
    await eventually(() => isIn('probable'), Boolean, 20_000);
  });

  it('is accepted on the row above for all of them, and governs from then on', async () => {
    const group = exports.why().find(({ id }) => id === 'probable');
    assert.ok(group);
    await vscode.commands.executeCommand('lintel.acceptProbable', group);
    const text = await links();
    for (const { path } of group.hits) assert.ok(text.includes(`decision: ${path}`), `${path} is not in\n${text}`);
    assert.equal(text.match(/verdict: governs$/gm)?.length, group.hits.length);
    await eventually(() => isIn('governing') || isIn('file'), Boolean);
    assert.ok(!isIn('probable'));
  });

  it('is rejected row by row or many at once, and is not shown as probable again', async () => {
    const chosen = hitsOf('probable').filter(({ title }) => PROBABLE.title.test(title));
    await vscode.commands.executeCommand('lintel.rejectProbable', chosen[0], chosen);
    assert.equal((await links()).match(/verdict: does-not-govern$/gm)?.length, chosen.length);
    await eventually(() => !isIn('probable'), Boolean);
    assert.ok(!isIn('governing') && !isIn('file'));
  });

  it('stays as it is where the row is none of them', async () => {
    await vscode.commands.executeCommand('lintel.acceptProbable', { hits: [], id: 'related', more: [] });
    assert.equal(await links(), '');
    assert.ok(isIn('probable'));
  });
});

const tabs = (): string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label)).sort();

describe('peeking', () => {
  before(async () => {
    await lintel();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows within the code the decisions that govern it, and opens no tab', async () => {
    await openAt(CITING.path, CITING.citation);
    const before = tabs();
    await vscode.commands.executeCommand('lintel.peekDecisions');
    await eventually(peeked, (paths) => paths.some((path) => path.endsWith(CITING.record)));
    assert.deepEqual(tabs(), before);
  });

  it('shows within a record the code that cites it', async () => {
    await openAt(CITING.record, '#');
    const before = tabs();
    await vscode.commands.executeCommand('lintel.peekCode');
    await eventually(peeked, (paths) => paths.some((path) => !path.endsWith('.md')));
    assert.deepEqual(tabs(), before);
  });
});
