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
  | { readonly kind: 'compare' }
  | { readonly kind: 'selected' | 'skipped' | 'paths'; readonly of: RepositoryTests; readonly selection: WireTestSelection }
  | { readonly kind: 'test'; readonly test: WireSelectedTest; readonly name: string }
  | { readonly kind: 'reason'; readonly test: WireSelectedTest; readonly evidence: TestEvidence }
  | { readonly kind: 'left'; readonly test: WireSkippedTest; readonly name: string }
  | { readonly kind: 'path'; readonly path: JudgedPath; readonly of: RepositoryTests; readonly name: string };

/** Reasons that a row shows; all of them are below it. */
const MOST_REASONS = 2;

/** A share in whole per cent, which fits beside the verdict in a narrow view. */
const wholePercent = (share: number): string => (share > 0 && share < 0.01 ? '< 1 %' : `${Math.floor(share * 100)} %`);
/** Rounded down, as the sentence of the server does: no confidence looks larger than it is. */
const percent = (share: number): string => `${Math.floor(share * 1000) / 10} %`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Paths of files that a reason names. */
const filesOf = (evidence: TestEvidence): readonly string[] => {
  switch (evidence.kind) {
    case 'imports':
      return evidence.chain;
    case 'visits':
      return evidence.via;
    default:
      return [];
  }
};

/** A path of a file with folders. */
const PATH = /(?<![\w./@-])(?:[\w@.()[\]-]+\/)+[\w@.()[\]-]+\.\w+/g;

/** A reason for a row, which is short: files without their folders. */
export const shortReason = (evidence: TestEvidence): string =>
  evidence.kind === 'changed-together'
    ? evidence.explanation.replace(PATH, nameOf)
    : filesOf(evidence).reduce((text, path) => text.replaceAll(path, nameOf(path)), evidence.explanation);

/** How sure it is that the change concerns a test; nothing for one that is selected to be sure. */
export const standingOf = ({ must, likely }: WireSelectedTest): readonly string[] =>
  must ? [vscode.l10n.t('must run')] : likely ? [vscode.l10n.t('likely')] : [];

/** The first reasons of a test on one line. */
export const reasonsOf = ({ evidence }: WireSelectedTest): string => evidence.slice(0, MOST_REASONS).map(shortReason).join(' · ');

/** The shortest ends of paths that tell them apart: file names, and as many folders before them as that takes. */
export const namesOf = (paths: readonly string[]): ReadonlyMap<string, string> => {
  const names = new Map<string, string>();
  let open = [...new Set(paths)];
  for (let length = 1; open.length > 0; length++) {
    const endOf = (path: string): string => path.split('/').slice(-length).join('/');
    const count = new Map<string, number>();
    for (const path of open) count.set(endOf(path), (count.get(endOf(path)) ?? 0) + 1);
    const isDone = (path: string): boolean => count.get(endOf(path)) === 1 || endOf(path) === path;
    for (const path of open.filter(isDone)) names.set(path, endOf(path));
    open = open.filter((path) => !isDone(path));
  }
  return names;
};

export const verdictText = ({ verdict, selected, suite }: WireTestSelection): string => {
  if (verdict === 'ask-a-human') return vscode.l10n.t('Ask a human');
  if (verdict === 'run-all') return vscode.l10n.t('Run all {0} tests', suite);
  return selected.length === 0 ? vscode.l10n.t('No test has to run') : vscode.l10n.t('Run {0} of {1} tests', selected.length, suite);
};

/** What a selection could not take into account, as sentences. */
export const noticesOf = ({ notices, unreadable }: WireTestSelection): readonly string[] => [
  ...notices,
  ...unreadable.map(({ message }) => message),
];

/** Characters of notices that the text above all rows may have, where they are not cut off as rows are. */
const MOST_ABOVE = 300;

/** What stands above all rows of the only repository: the cause, and the notices unless they are long. */
export const textAbove = (selection: WireTestSelection): string => {
  const notices = noticesOf(selection).join(' ');
  return [selection.cause, ...(notices === '' || notices.length > MOST_ABOVE ? [] : [notices])].join(' ');
};

/** The rows below one, or those at the top. */
export const childrenOf = (node: TestNode | undefined, repositories: readonly RepositoryTests[]): TestNode[] => {
  if (node === undefined)
    return repositories.length === 1
      ? repositories.flatMap((of) => rowsOf(of, true))
      : repositories.map((of) => ({ kind: 'repository', of }));
  switch (node.kind) {
    case 'repository':
      return rowsOf(node.of, false);
    case 'selected': {
      const { selected, remainder } = node.selection;
      const names = namesOf([...selected, ...remainder].map(({ item }) => item.path));
      return selected.map((test) => ({ kind: 'test', test, name: names.get(test.item.path) ?? test.item.path }));
    }
    case 'skipped': {
      const { selected, remainder } = node.selection;
      const names = namesOf([...selected, ...remainder].map(({ item }) => item.path));
      return remainder.map((test) => ({ kind: 'left', test, name: names.get(test.item.path) ?? test.item.path }));
    }
    case 'paths': {
      const names = namesOf(node.selection.paths.map(({ path }) => path));
      return node.selection.paths.map((path) => ({ kind: 'path', path, of: node.of, name: names.get(path.path) ?? path.path }));
    }
    case 'test':
      return node.test.evidence.map((evidence) => ({ kind: 'reason', test: node.test, evidence }));
    case 'verdict':
      return repositories.length === 1 ? [] : [{ kind: 'notice', text: node.selection.cause }];
    default:
      return [];
  }
};

const rowsOf = (of: RepositoryTests, alone: boolean): TestNode[] => {
  const { selection, failure } = of;
  if (selection === undefined) return [{ kind: 'notice', text: failure?.message ?? '' }];
  const group = (kind: 'selected' | 'skipped' | 'paths', count: number): TestNode[] => (count === 0 ? [] : [{ kind, of, selection }]);
  return [
    { kind: 'verdict', selection },
    ...(alone ? noticesOf(selection).filter((text) => !textAbove(selection).includes(text)) : noticesOf(selection)).map(
      (text): TestNode => ({ kind: 'notice', text }),
    ),
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

/** Where a reason is, as far as it is anywhere: files on the way, texts in the spec, lines. */
export const placeOf = (evidence: TestEvidence): string => {
  const line = evidence.documentSpan && vscode.l10n.t('line {0}', evidence.documentSpan.start.line + 1);
  return [filesOf(evidence).join(' → '), wordsOf(evidence).join(', '), line ?? ''].filter((part) => part !== '').join(' · ');
};

/** A row as the tree shows it. @param alone whether its repository is the only one, whose cause stands above all rows */
export const testItem = (node: TestNode, alone: boolean): vscode.TreeItem => {
  switch (node.kind) {
    case 'repository':
      return row(node.of.name, node.of.selection === undefined ? '' : verdictText(node.of.selection), 'repo', Expanded);
    case 'verdict': {
      const { selection } = node;
      const facts = [
        ...(selection.suite === 0 ? [] : [vscode.l10n.t('{0} of the suite', wholePercent(selection.share))]),
        ...(selection.confidence === undefined ? [] : [vscode.l10n.t('confidence {0}', percent(selection.confidence))]),
      ].join(' · ');
      const item = row(verdictText(selection), facts, VERDICT_ICONS[selection.verdict], alone ? None : Collapsed);
      item.tooltip = selection.cause;
      item.contextValue = 'verdict';
      return item;
    }
    case 'notice': {
      const item = row('', node.text, 'info');
      item.tooltip = node.text;
      return item;
    }
    case 'compare': {
      const item = row(vscode.l10n.t('Compare with Something Else'), '', 'git-compare');
      item.command = { command: 'lintel.suggestTests', title: vscode.l10n.t('Compare with Something Else') };
      return item;
    }
    case 'selected':
      return row(vscode.l10n.t('Suggested'), String(node.selection.selected.length), 'beaker', Expanded);
    case 'skipped':
      return row(vscode.l10n.t('Skipped'), String(node.selection.remainder.length), 'circle-slash', Collapsed);
    case 'paths':
      return row(vscode.l10n.t('Changed Paths'), String(node.selection.paths.length), 'diff', Collapsed);
    case 'test': {
      const { test } = node;
      const item = row(
        node.name,
        [...standingOf(test), reasonsOf(test)].filter((part) => part !== '').join(' · '),
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
      const item = row(shortReason(node.evidence), '', ICONS[node.evidence.kind]);
      item.tooltip = node.evidence.explanation;
      item.command = openTest(node.test, node.evidence);
      return item;
    }
    case 'left': {
      const item = row(node.name, node.test.reason, 'dash');
      item.tooltip = `${node.test.item.path}\n\n${node.test.reason}`;
      item.contextValue = 'left';
      item.command = opening(node.test.uri);
      return item;
    }
    case 'path': {
      const { path, of } = node;
      const item = row(node.name, `${path.role} · ${path.reason}`, ROLE_ICONS[path.role]);
      item.tooltip = `${path.path}\n\n${path.rule}: ${path.reason}`;
      item.command = opening(vscode.Uri.joinPath(vscode.Uri.parse(of.uri), path.path).toString());
      return item;
    }
  }
};
