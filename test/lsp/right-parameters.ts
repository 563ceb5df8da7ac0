import { SHOP } from './in-memory.ts';

const uri = `${SHOP}/src/relay.ts`;
const DAY = '2026-11-21';
const WHEN = { since: DAY, until: DAY };
export const START = { line: 0, character: 0 };
export const RANGE = { start: START, end: START };

const MODEL = { from: 'client', id: 'small', name: 'Small' };
const SUBJECT = { uri, title: 'Use ropes', selection: RANGE, fromChanges: false, from: 'main', because: 'It is so.' };

/** Parameters that are right, for every request that there is. */
export const RIGHT: Readonly<Record<string, Record<string, unknown>>> = {
  'textDocument/hover': { textDocument: { uri }, position: START },
  'textDocument/references': { textDocument: { uri }, position: START, context: { includeDeclaration: false } },
  'textDocument/codeLens': { textDocument: { uri } },
  'textDocument/documentLink': { textDocument: { uri } },
  'textDocument/codeAction': { textDocument: { uri }, range: RANGE, context: { diagnostics: [{ source: 'Lintel' }], only: ['quickfix'] } },
  'textDocument/diagnostic': { textDocument: { uri }, previousResultId: 'a' },
  'workspace/diagnostic': { previousResultIds: [{ uri, value: 'a' }] },
  'lintel/search': { query: 'ropes', kinds: ['decision'], statuses: ['accepted'], path: 'docs', ...WHEN, limit: 3, folderUri: SHOP },
  'lintel/ask': { question: 'Why ropes?', at: 'main', limit: 3, model: MODEL, folderUri: SHOP },
  'lintel/why': { uri, line: 0, endLine: 1 },
  'lintel/change': { folderUri: SHOP, base: 'main' },
  'lintel/commit': { sha: 'a', folderUri: SHOP },
  'lintel/index': { full: false },
  'lintel/decisions': { uri },
  'lintel/decisionGraph': { uri },
  'lintel/record': { uri, id: 'docs/adr/0001-use-ropes.md' },
  'lintel/newDecision': { ...SUBJECT, today: DAY, model: MODEL },
  'lintel/kindred': SUBJECT,
  'lintel/mineDecisions': { uri, since: DAY },
  'lintel/supersede': { uri, title: 'Use ropes', today: DAY },
  'lintel/linkCode': { uri, line: 0, decisionUri: uri },
  'lintel/feedback': { uri, line: 0, decisionUri: uri, verdict: 'governs', today: DAY },
  'lintel/allowIdentifier': { uri, rule: 'SID001', position: RANGE.start, reason: 'The carrier prescribes it.' },
  'lintel/citation': { uri },
  'lintel/history': { uri },
  'lintel/selectTests': { diff: { of: 'branch', base: 'main' }, target: 0.9, always: ['smoke'], folderUri: SHOP },
  'lintel/testCommands': { uri, specs: ['e2e/pay.spec.ts'] },
  'lintel/testResults': { uri, specs: ['a'], reports: [] },
  'lintel/defaultBranch': { uri },
  'lintel/tool': { name: 'why', arguments: { path: 'src/relay.ts' }, folderUri: SHOP },
};
