import type { CodeLens } from 'vscode-languageserver/node';
import { SHOW_TESTS } from '../../../../protocol/tests.ts';
import type { Place } from '../../../model/answer.ts';
import type { Located } from '../../open-repositories.ts';

/** A lens above each symbol that changed, with the number of end-to-end tests that its change makes relevant. */
export async function testLenses({ engine, path }: Located, place: Place, signal: AbortSignal): Promise<CodeLens[]> {
  if (place.text === undefined) return [];
  const changed = await engine.changedSymbols(path, signal);
  const lines = place.text.split(/\r?\n/);
  return changed.flatMap(({ name, nameSpan, tests, all }): CodeLens[] => {
    // What is measured is on disk: above a symbol that was moved or renamed since, it would be wrong.
    const { start, end } = nameSpan;
    if (lines[start.line]?.slice(start.character, end.character) !== name) return [];
    const title = all ? 'all e2e tests' : tests === 1 ? '1 e2e test' : tests === 0 ? 'no e2e tests' : `${tests} e2e tests`;
    const at = { line: start.line, character: 0 };
    return [{ range: { start: at, end: at }, command: { title, command: SHOW_TESTS } }];
  });
}
