import { expect, it } from 'vitest';
import type { CodeLens, Location } from 'vscode-languageserver/node';
import type { RecordReach } from '../../server/model/reach.ts';
import { fakeEngine, hitWith, spanAt } from '../support/engine.ts';
import { connect, SHOP } from './in-memory.ts';

const ROPES = 'docs/adr/0001-use-ropes.md';
const reachWith = (own: Partial<RecordReach> = {}): RecordReach => ({
  id: ROPES,
  inForce: true,
  replaces: [],
  replacedBy: [],
  cited: [{ path: 'src/a.ts', span: spanAt(3, 4, 12), text: '// ADR-0001' }],
  citedBy: [{ id: 'docs/b.md', path: 'docs/b.md', title: 'B', span: spanAt(7, 0, 8) }],
  named: [{ path: 'src/n.ts', isFile: true }],
  linked: [
    { path: 'src/l.ts', isFile: true, lines: { first: 9, last: 12 } },
    { path: 'src/**', isFile: false },
  ],
  together: [],
  files: 3,
  ...own,
});
const target = { id: ROPES, path: ROPES, title: 'Use ropes', weight: 1 };
const engine = (reach: RecordReach | undefined, targets: readonly (typeof target)[] = []) =>
  fakeEngine({
    reach: async (id) => (id === ROPES ? reach : undefined),
    record: async (id) => (id === ROPES ? hitWith() : undefined),
    citations: async () => (targets.length > 0 ? [{ text: 'ADR-0001', span: spanAt(0, 3, 11), targets }] : []),
  });

const PLACES = [
  { uri: `${SHOP}/src/a.ts`, range: spanAt(3, 4, 12) },
  { uri: `${SHOP}/docs/b.md`, range: spanAt(7, 0, 8) },
  { uri: `${SHOP}/src/l.ts`, range: spanAt(9) },
];

it.each<[string, string, number, readonly (typeof target)[], boolean, readonly Location[]]>([
  ['in a record are where it is cited and linked', ROPES, 0, [], false, PLACES],
  ['with the declaration begin with the record', ROPES, 0, [], true, [{ uri: `${SHOP}/${ROPES}`, range: hitWith().span }, ...PLACES]],
  ['on a citation in code are those of the record', 'src/x.ts', 5, [target], false, PLACES],
  ['beside a citation in code are none of ours', 'src/x.ts', 0, [target], false, []],
  ['on a citation that may mean two records are none', 'src/x.ts', 5, [target, { ...target, id: 'other' }], false, []],
])('references %s', async (_, path, character, targets, includeDeclaration, places) => {
  const client = await connect({ engine: engine(reachWith(), targets) });
  const uri = `${SHOP}/${path}`;
  const found = await client.request('textDocument/references', {
    textDocument: { uri },
    position: { line: 0, character },
    context: { includeDeclaration },
  });
  expect(found).toEqual(places);
});

it.each<[string, RecordReach | undefined]>([
  ['Governs 3 files, cited twice', reachWith()],
  ['Governs 1 file, cited once', reachWith({ files: 1, citedBy: [] })],
  ['Cited twice', reachWith({ inForce: false })],
  ['Governs 14 files', reachWith({ files: 14, cited: [], citedBy: [] })],
  ['', reachWith({ files: 0, cited: [], citedBy: [] })],
  ['', undefined],
])('a lens at the head of a record says "%s"', async (title, reach) => {
  const client = await connect({ engine: engine(reach) });
  const uri = `${SHOP}/${ROPES}`;
  const lenses = (await client.request('textDocument/codeLens', { textDocument: { uri } })) as CodeLens[];
  expect(lenses.map(({ command }) => command)).toEqual(title === '' ? [] : [{ title, command: 'lintel.showWhy', arguments: [{ uri }] }]);
});
