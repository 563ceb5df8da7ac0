import type { JudgedPath, SelectedTest, TestSelection } from '../model/selection.ts';
import { printable } from './terminal.ts';

const HEADS = { 'run-selected': 'Run the selected tests', 'run-all': 'Run all tests', 'ask-a-human': 'Ask a human' } as const;
const MOST_REASONS = 2;

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

const testLine = ({ item, evidence, must, likely }: SelectedTest): string => {
  const reasons = evidence.slice(0, MOST_REASONS).map(({ explanation }) => explanation);
  return `  ${printable(item.path)}${must ? '  (must run)' : likely ? '  (likely)' : ''}\n${reasons.map((reason) => `      ${printable(reason)}\n`).join('')}`;
};

/** Paths with one rule are one line. */
const pathLines = (paths: readonly JudgedPath[]): string => {
  const byRule = new Map<string, JudgedPath[]>();
  for (const path of paths) byRule.set(path.rule, [...(byRule.get(path.rule) ?? []), path]);
  return [...byRule.values()]
    .map((list) => {
      const names = list.map(({ path }) => printable(path));
      const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
      return `  ${list[0]?.role}: ${shown}\n      ${list[0]?.reason}\n`;
    })
    .join('');
};

/** A selection for people. */
export const selectionText = (selection: TestSelection): string => {
  const { verdict, cause, selected, remainder, suite, share, paths } = selection;
  const head = `${HEADS[verdict]}: ${printable(cause)}\n`;
  const changed = paths.length === 0 ? '' : `\nChanged\n${pathLines(paths)}`;
  if (verdict === 'run-all') return `${head}${changed}`;
  const list =
    selected.length === 0
      ? ''
      : `\nSelected: ${selected.length} of ${suite}, ${percent(share)} of the suite\n${selected.map(testLine).join('')}`;
  const later = remainder.length === 0 ? '' : `\nLater: ${remainder.length} more. With --format json each has its reason.\n`;
  return `${head}${list}${later}${changed}`;
};
