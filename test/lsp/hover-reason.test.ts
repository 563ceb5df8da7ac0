import { describe, expect, it } from 'vitest';
import { OPEN_HIT } from '../../protocol/index.ts';
import { type ReasonLineOptions, reasonLine } from '../../server/lsp/hover/reason.ts';
import { renderHover } from '../../server/lsp/render.ts';
import type { LineCommit } from '../../server/model/history.ts';

const SPAN = { start: { line: 2, character: 0 }, end: { line: 2, character: 20 } };
const COMMIT: LineCommit = {
  sha: '0123456789abcdef0123456789abcdef01234567',
  subject: 'Take the lock first',
  date: '2026-08-20T07:30:30Z',
  author: 'Ada',
  path: 'a.ts',
  line: 3,
  reason: { sentence: 'Both hosts take the lock.', span: SPAN },
};
const { reason: _, ...SILENT } = COMMIT;
const PLAIN: ReasonLineOptions = { setting: 'reason', commands: [] };

/** The line as a hover shows it. */
function shown(commits: readonly LineCommit[] | undefined, options: ReasonLineOptions, markdown = false): string | undefined {
  const line = reasonLine(commits, options);
  return line && renderHover({ cards: [], lines: [line] }, markdown)?.value;
}

describe('the line of a hover that says why', () => {
  it('has the sentence, the subject, the date and the short sha of the newest commit that made the line', () => {
    expect(shown([COMMIT, SILENT], PLAIN)).toBe('Why: Both hosts take the lock. (Take the lock first, 2026-08-20, 01234567)');
  });

  it('does not repeat a subject that is the reason', () => {
    const subject = { ...COMMIT, reason: { sentence: COMMIT.subject, span: SPAN } };
    expect(shown([subject], PLAIN)).toBe('Why: Take the lock first (2026-08-20, 01234567)');
  });

  it('is one line, with what Markdown could take for markup escaped', () => {
    const hostile = { ...COMMIT, subject: 'a <b>\n[c](d)', reason: { sentence: 'x\n*y* <img src=z>', span: SPAN } };
    const line = shown([hostile], PLAIN, true) ?? '';
    expect(line).not.toContain('\n');
    expect(line).toBe('Why: *x \\*y\\* \\<img src=z>* (a \\<b> \\[c\\](d), 2026-08-20, 01234567)');
  });

  it('opens the commit where the client runs the command, and only there', () => {
    const line = shown([COMMIT], { ...PLAIN, commands: [OPEN_HIT] }, true) ?? '';
    const encoded = /\[01234567\]\(<command:lintel\.openHit\?([^>]+)>\)/.exec(line)?.[1] ?? '';
    expect(JSON.parse(decodeURIComponent(encoded))).toEqual([
      { kind: 'commit', sha: COMMIT.sha, title: COMMIT.subject, span: SPAN, snippet: 'Both hosts take the lock.', evidence: [] },
    ]);
  });

  it('says that the commit was reverted', () => {
    const reverted = { ...COMMIT, revertedBy: { sha: 'f'.repeat(40), subject: 'Revert it' } };
    expect(shown([reverted], PLAIN)).toMatch(/^Why \(reverted by ffffffff\): Both/);
  });

  it.each([
    ['reason', undefined],
    ['always', 'Made by: Take the lock first (2026-08-20, 01234567)'],
    ['off', undefined],
  ] as const)('with the setting %s and a message without a reason is %s', (setting, expected) => {
    expect(shown([SILENT], { ...PLAIN, setting })).toBe(expected);
  });

  it('is absent where nothing is known, and where the setting is off', () => {
    expect(shown(undefined, PLAIN)).toBeUndefined();
    expect(shown([], PLAIN)).toBeUndefined();
    expect(shown([COMMIT], { ...PLAIN, setting: 'off' })).toBeUndefined();
  });
});
