/** A line of a message that belongs to its prose, with its place in the message. */
export interface ProseLine {
  readonly text: string;
  /** Offset of the line in the message. */
  readonly offset: number;
  /** A new item or paragraph begins here. */
  readonly begins: boolean;
  /** An item of a list. */
  readonly isItem: boolean;
}

/** Of a message of a megabyte, the reason is at the beginning or nowhere. */
const MOST_CHARACTERS = 20_000;
const FENCE = /^\s*(?:```|~~~)/;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** `Signed-off-by: ...`, `Change-Id: ...`, `git-svn-id: ...`; a capitalised word alone before a colon is prose more often than not. */
const TRAILER =
  /^\s*(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)+|[Cc]c|CC|Fixes|Closes|Refs?|References?|See|Link|Links|Bug|Issue|Issues|Ticket|Resolves|Related|Reviewers?|Acked|Reviewed|Tested|Reported|Suggested|Helped|Message-Id|BREAKING[ -]CHANGE|Blueprint|Implements|Partial-Bug|Depends-On|Conflicts|PR|Author|Date|Task|Story|JIRA|git-svn-id|PiperOrigin-RevId|Test Plan|Differential Revision|Summary|Pull Request|Change-Id|Backport|Backports|cherry picked from)\s*:\s*\S.*$/;
/** What stands at the end of a body for machines: trailers with a hyphen in their names, and where a commit was picked from. */
const LAST_LINE = /^\s*(?:(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)+|[Cc]c|git-svn-id)\s*:\s*\S|\(cherry picked from commit )/;
/** Trailers whose value may be a sentence. */
const SPEAKING = /^\s*(?:BREAKING[ -]CHANGE|Summary|Bug|Issue|Ticket)\s*:/;
const REFERENCE =
  /^\s*(?:[-*]\s*)?(?:\(?(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|refs?|references?|see(?: also)?|part of|related(?: to)?|follow[- ]?up (?:to|of)|relates to|from|ported from|cherry[- ]picked from|backport of|reverts?|this reverts|for|in|via|issue|ticket|pr|jira)\b[\s:]*)?(?:(?:commit|issue|pull request|pr|mr|bug|ticket)\s*)?(?:#\d+|[A-Z][A-Z0-9]+-\d+|gh-\d+|!\d+|[\w.-]+\/[\w.-]+#\d+|\[?https?:\/\/\S+|[0-9a-f]{7,40})(?:[\s,.;:)\]]*(?:and|&|,)?\s*(?:#\d+|[A-Z][A-Z0-9]+-\d+|https?:\/\/\S+|[0-9a-f]{7,40}))*[\s.,)\]]*$/i;
const LINK_TARGET = /^\s*\[[^\]]+\]:?\s+\S+/;
const CHECKBOX = /^\s*[-*+]?\s*\[[ xX]?\]/;
const HEADING = /^\s*#{1,6}\s|^\s*[A-Z][\w /'()-]{0,60}:\s*$|^\s*\*\*[^*]{1,60}\*\*:?\s*$|^\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*$/;
const ITEM = /^\s*(?:[-*+•]|\d{1,2}[.)])\s+/;
const TABLE = /^\s*\|.*\|\s*$/;
const BOT =
  /^\s*(?:bumps? \[|updates? the requirements on|dependabot|signed-off-by: dependabot|this (?:pr|pull request) (?:was (?:created|generated|opened)|contains the following updates)|(?:🤖 )?generated (?:with|by)|auto-?generated|renovate|release notes? (?:sourced|from)|you can trigger|---\s*updated-dependencies|dependency-(?:name|type)|update-type|snyk|merge (?:branch|remote|pull request|tag|commit)|automatically (?:created|generated|merged)|co-authored|entire-checkpoint|claude|\[skip ci\]|\[ci skip\])/i;
const BOILERPLATE =
  /^\s*(?:thanks? (?:for|to)\b.*(?:contribut|review|report)|please (?:read|make sure|ensure|check|describe|fill|delete|provide|add|include)\b|before (?:submitting|you submit)|describe (?:your|the) changes?|what (?:this pr does|does this)|why (?:we need it|is this needed)|special notes? for|does this pr introduce|checklist|screenshots?|how (?:has this been|to) test|types? of changes?|i have (?:read|added|updated|tested)\b|my code follows|none\s*$|n\/a\s*$|wip\b|oops\b|(?:address(?:ed|es|ing)?|apply|applied|fix(?:ed|es)?) (?:all |some |the |pr |code |your )*(?:review|comments?|feedback|suggestions?|nits?|lint(?:er|ing)?|tests?|build|ci|typos?)\b[^.]{0,30}\.?\s*$|update(?:d)? (?:changelog|snapshots?|tests?|docs?|readme)\.?\s*$|\(cherry picked from)/i;
/** Git's own comments and log lines. */
const LOG_LINE = /^\s*(?:\$ |>>> |\+\+\+ |--- |@@ |diff --git |at [\w.$]+\(|File "|Traceback |[A-Z]\w*(?:Error|Exception): )/;

const isDropped = (line: string): boolean =>
  (TRAILER.test(line) && !SPEAKING.test(line)) ||
  REFERENCE.test(line) ||
  LINK_TARGET.test(line) ||
  CHECKBOX.test(line) ||
  HEADING.test(line) ||
  TABLE.test(line) ||
  BOT.test(line) ||
  BOILERPLATE.test(line) ||
  LOG_LINE.test(line);

/** Titles of commits that a squash merge lists: short, without a full stop, one after the other. */
const SQUASHED = /^\s*(?:[*•-])\s+(?=\S)/;
const isTitle = (line: string): boolean => {
  const text = line.replace(SQUASHED, '').trim();
  return text.length <= 90 && !/[.!?]$/.test(text) && !/\b(?:because|since|so that|otherwise|to avoid|to prevent|due to)\b/i.test(text);
};

/** Numbers of the lines that list the titles of commits: two of them or more, with nothing else than empty lines, wrapped lines and their bodies between. */
function squashedLines(lines: readonly string[]): ReadonlySet<number> {
  const titles = lines.flatMap((line, index) => (/^\* \S/.test(line) ? [index] : []));
  const isList = titles.length >= 2 && titles.filter((index) => isTitle(lines[index] ?? '')).length / titles.length >= 0.7;
  return new Set(isList ? titles : []);
}

/** The lines of a message's body that are prose: no trailers, templates, checklists, bot text, code, lists of squashed commits. */
export function proseOf(message: string, from: number): ProseLine[] {
  const visible = message.slice(0, from + MOST_CHARACTERS).replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '));
  const rows = visible.slice(from).split('\n');
  const squashed = squashedLines(rows);
  const prose: ProseLine[] = [];
  let offset = from;
  let begins = true;
  let isItem = false;
  let isFenced = false;
  let isDroppedItem = false;
  rows.forEach((written, index) => {
    const start = offset;
    offset += written.length + 1;
    const row = written.replace(/\r$/, '');
    if (FENCE.test(row)) {
      isFenced = !isFenced;
      begins = true;
      return;
    }
    const indent = row.length - row.trimStart().length;
    // What is dropped as an item or a trailer goes on in indented lines.
    const goesOn = isDroppedItem && indent > 0 && row.trim() !== '' && !ITEM.test(row);
    const dropped = row.trim() !== '' && (goesOn || isDropped(row) || squashed.has(index));
    isDroppedItem = dropped;
    const isCode = (indent >= 4 || row.startsWith('\t')) && begins;
    if (isFenced || row.trim() === '' || dropped || isCode || /^\s*>/.test(row)) {
      begins = true;
      if (row.trim() === '') isItem = false;
      return;
    }
    if (ITEM.test(row)) {
      begins = true;
      isItem = true;
    } else if (begins && indent < 2) isItem = false;
    const mark = ITEM.exec(row)?.[0].length ?? indent;
    prose.push({ text: row.slice(mark).trimEnd(), offset: start + mark, begins, isItem });
    begins = false;
  });
  return prose;
}

/** A body without the trailers at its end, which name people and tickets and say nothing of the change. */
export function withoutTrailers(body: string): string {
  const rows = body.trimEnd().split('\n');
  let end = rows.length;
  while (end > 0 && (rows[end - 1]?.trim() === '' || LAST_LINE.test(rows[end - 1] ?? ''))) end--;
  return rows.slice(0, end).join('\n').trimEnd();
}
