import * as vscode from 'vscode';
import type {
  JudgedPath,
  RepositoryTests,
  TestEvidence,
  WireSelectedTest,
  WireSkippedTest,
  WireTestSelection,
} from '../../protocol/tests.ts';
import { markdownText } from '../why/markdown-text.ts';

/** A row of the view. */
export type TestNode =
  | { readonly kind: 'repository'; readonly of: RepositoryTests }
  | { readonly kind: 'verdict'; readonly selection: WireTestSelection }
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'selected' | 'skipped' | 'paths'; readonly of: RepositoryTests; readonly selection: WireTestSelection }
  | { readonly kind: 'test'; readonly test: WireSelectedTest }
  | { readonly kind: 'reason'; readonly test: WireSelectedTest; readonly evidence: TestEvidence }
  | { readonly kind: 'left'; readonly test: WireSkippedTest }
  | { readonly kind: 'path'; readonly path: JudgedPath; readonly of: RepositoryTests };

/** Reasons that a row shows; all of them are below it. */
const MOST_REASONS = 2;

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;
export const reasonsOf = ({ evidence }: WireSelectedTest): string =>
  evidence
    .slice(0, MOST_REASONS)
    .map(({ explanation }) => explanation)
    .join(' · ');

export const verdictText = ({ verdict, selected, suite }: WireTestSelection): string => {
  if (verdict === 'ask-a-human') return vscode.l10n.t('Ask a human');
  if (verdict === 'run-all') return vscode.l10n.t('Run all {0} tests', suite);
  return selected.length === 0 ? vscode.l10n.t('No test has to run') : vscode.l10n.t('Run {0} of {1} tests', selected.length, suite);
};

/** The rows below one, or those at the top. */
export const childrenOf = (node: TestNode | undefined, repositories: readonly RepositoryTests[]): TestNode[] => {
  if (node === undefined)
    return repositories.length === 1 ? repositories.flatMap(rowsOf) : repositories.map((of) => ({ kind: 'repository', of }));
  switch (node.kind) {
    case 'repository':
      return rowsOf(node.of);
    case 'selected':
      return node.selection.selected.map((test) => ({ kind: 'test', test }));
    case 'skipped':
      return node.selection.remainder.map((test) => ({ kind: 'left', test }));
    case 'paths':
      return node.selection.paths.map((path) => ({ kind: 'path', path, of: node.of }));
    case 'test':
      return node.test.evidence.map((evidence) => ({ kind: 'reason', test: node.test, evidence }));
    case 'verdict':
      return [{ kind: 'notice', text: node.selection.cause }];
    default:
      return [];
  }
};

const rowsOf = (of: RepositoryTests): TestNode[] => {
  const { selection, failure } = of;
  if (selection === undefined) return [{ kind: 'notice', text: failure?.message ?? '' }];
  const group = (kind: 'selected' | 'skipped' | 'paths', count: number): TestNode[] => (count === 0 ? [] : [{ kind, of, selection }]);
  return [
    { kind: 'verdict', selection },
    ...[...selection.notices, ...selection.unreadable.map(({ message }) => message)].map((text): TestNode => ({ kind: 'notice', text })),
    ...group('selected', selection.selected.length),
    ...group('skipped', selection.remainder.length),
    ...group('paths', selection.paths.length),
  ];
};

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

const row = (label: string, description: string, icon: string, state = None): vscode.TreeItem => {
  const item = new vscode.TreeItem(label, state);
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.accessibilityInformation = { label: [label, description].filter((part) => part !== '').join(', ') };
  return item;
};

const opening = (uri: string, range?: unknown, words: readonly string[] = []): vscode.Command => ({
  command: 'lintel.openTest',
  title: vscode.l10n.t('Open'),
  arguments: [uri, range, words],
});

/** What a reason is about, as it stands in the spec. */
const wordsOf = (evidence: TestEvidence): readonly string[] => {
  switch (evidence.kind) {
    case 'selects':
      return evidence.literals;
    case 'visits':
      return [evidence.route];
    case 'mentions':
      return evidence.words;
    default:
      return [];
  }
};

/** Opens a selected spec where a reason is in it. */
export const openTest = (test: WireSelectedTest, evidence = test.evidence[0]): vscode.Command =>
  opening(test.uri, evidence?.documentSpan ?? test.span, evidence === undefined ? [] : wordsOf(evidence));

const ICONS: Readonly<Record<TestEvidence['kind'], string>> = {
  visits: 'globe',
  selects: 'quote',
  imports: 'references',
  declared: 'person',
  covers: 'checklist',
  'failed-before': 'bug',
  'changed-together': 'git-commit',
  mentions: 'symbol-string',
  similar: 'sparkle',
};
const VERDICT_ICONS = { 'run-selected': 'pass', 'run-all': 'run-all', 'ask-a-human': 'question' } as const;
const ROLE_ICONS = {
  inert: 'circle-outline',
  mapped: 'diff-modified',
  suite: 'beaker',
  'cross-cutting': 'warning',
  unknown: 'question',
} as const;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Where a reason is, as far as it is anywhere: files on the way, texts in the spec, lines. */
export const placeOf = (evidence: TestEvidence): string => {
  const files = evidence.kind === 'imports' ? evidence.chain : evidence.kind === 'visits' ? evidence.via : [];
  const line = evidence.documentSpan && vscode.l10n.t('line {0}', evidence.documentSpan.start.line + 1);
  return [files.join(' → '), wordsOf(evidence).join(', '), line ?? ''].filter((part) => part !== '').join(' · ');
};

/** A row as the tree shows it. */
export const testItem = (node: TestNode): vscode.TreeItem => {
  switch (node.kind) {
    case 'repository':
      return row(node.of.name, node.of.selection === undefined ? '' : verdictText(node.of.selection), 'repo', Expanded);
    case 'verdict': {
      const { selection } = node;
      const facts = [
        ...(selection.suite === 0 ? [] : [vscode.l10n.t('{0} of the suite', percent(selection.share))]),
        ...(selection.confidence === undefined ? [] : [vscode.l10n.t('confidence {0}', percent(selection.confidence))]),
      ].join(' · ');
      const item = row(verdictText(selection), facts, VERDICT_ICONS[selection.verdict], Collapsed);
      item.tooltip = selection.cause;
      item.contextValue = 'verdict';
      return item;
    }
    case 'notice': {
      const item = row('', node.text, 'info');
      item.tooltip = node.text;
      return item;
    }
    case 'selected':
      return row(vscode.l10n.t('Suggested'), String(node.selection.selected.length), 'beaker', Expanded);
    case 'skipped':
      return row(vscode.l10n.t('Skipped'), String(node.selection.remainder.length), 'debug-step-over', Collapsed);
    case 'paths':
      return row(vscode.l10n.t('Changed Paths'), String(node.selection.paths.length), 'diff', Collapsed);
    case 'test': {
      const { test } = node;
      const item = row(
        nameOf(test.item.path),
        [...(test.must ? [vscode.l10n.t('must run')] : []), reasonsOf(test)].join(' · '),
        test.must ? 'star-full' : 'beaker',
        Collapsed,
      );
      item.tooltip = new vscode.MarkdownString(
        [
          `**${markdownText(test.item.title)}**`,
          markdownText(test.item.path),
          ...test.evidence.map(({ explanation }) => `- ${markdownText(explanation)}`),
        ].join('\n\n'),
      );
      item.contextValue = 'test';
      item.command = openTest(test);
      return item;
    }
    case 'reason': {
      const item = row(node.evidence.explanation, '', ICONS[node.evidence.kind]);
      item.tooltip = node.evidence.explanation;
      item.command = openTest(node.test, node.evidence);
      return item;
    }
    case 'left': {
      const item = row(nameOf(node.test.item.path), node.test.reason, 'circle-slash');
      item.tooltip = `${node.test.item.path}\n\n${node.test.reason}`;
      item.contextValue = 'left';
      item.command = opening(node.test.uri);
      return item;
    }
    case 'path': {
      const { path, of } = node;
      const item = row(nameOf(path.path), `${path.role} · ${path.reason}`, ROLE_ICONS[path.role]);
      item.tooltip = `${path.path}\n\n${path.rule}: ${path.reason}`;
      item.command = opening(vscode.Uri.joinPath(vscode.Uri.parse(of.uri), path.path).toString());
      return item;
    }
  }
};
