import { type HoverHistory, OPEN_HIT, type OpenCommitArgument } from '../../../protocol/index.ts';
import type { LineCommit } from '../../model/history.ts';
import { type CardLink, type Line, oneLine, shorten } from '../render.ts';

/** What the line about a commit needs to know. */
export interface ReasonLineOptions {
  readonly setting: HoverHistory;
  /** Names of the commands that the client runs from hovers. */
  readonly commands: readonly string[];
}

/** The sha, which opens the commit where the client can. */
function shaText({ sha, subject, reason }: LineCommit, { commands }: ReasonLineOptions): string | CardLink {
  const label = sha.slice(0, 8);
  if (!commands.includes(OPEN_HIT)) return label;
  const span = reason?.span ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const snippet = oneLine(reason?.sentence ?? subject);
  const argument: OpenCommitArgument = { kind: 'commit', sha, title: oneLine(subject), span, snippet, evidence: [] };
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(/[()']/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return { label, uri: `command:${OPEN_HIT}?${encoded}` };
}

/**
 * One line of a hover: why a line is as it is, in the words of the commit that made it: `Why: sentence (subject, date, sha)`. `undefined` where the setting
 * asks for none, or only for reasons and the message gives none.
 */
export function reasonLine(commits: readonly LineCommit[] | undefined, options: ReasonLineOptions): Line | undefined {
  const [commit] = commits ?? [];
  const { setting } = options;
  if (!commit || setting === 'off' || (setting === 'reason' && !commit.reason)) return undefined;
  const { reason, revertedBy, date, subject } = commit;
  const reverted = revertedBy ? ` (reverted by ${revertedBy.sha.slice(0, 8)})` : '';
  const said = oneLine(reason?.sentence ?? subject);
  const facts = [...(said === oneLine(subject) ? [] : [shorten(subject)]), ...(date === '' ? [] : [date.slice(0, 10)])];
  const before = ` (${facts.join(', ')}${facts.length > 0 ? ', ' : ''}`;
  return [`${reason ? 'Why' : 'Made by'}${reverted}: `, { emphasis: said }, before, shaText(commit, options), ')'];
}
