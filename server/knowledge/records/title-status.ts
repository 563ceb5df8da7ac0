/** A status that the author put into the title: `Use queues [accepted]`, `~~Use topics~~ (Superseded by ADR-0001)`. Offsets within the title. */
export interface TitleStatus {
  /** The words of the status, without brackets. */
  readonly start: number;
  readonly end: number;
  /** What is taken off the title, with brackets, dash and space. */
  readonly markStart: number;
  readonly markEnd: number;
}

const WORD =
  'proposed|draft|wip|pending|in review|under review|accepted|approved|agreed|adopted|decided|implemented|final|active|rejected|declined|withdrawn|' +
  'abandoned|deprecated|obsolete|retired|superseded|superceded|replaced|amended|on hold|deferred|postponed|' +
  'akzeptiert|angenommen|vorgeschlagen|entwurf|abgelehnt|verworfen|veraltet|abgelöst|ersetzt|' +
  'aceptad[oa]|propuest[oa]|borrador|rechazad[oa]|obsolet[oa]|reemplazad[oa]|sustituid[oa]|' +
  'accepté|acceptée|proposé|proposée|brouillon|rejeté|rejetée|obsolète|remplacé|remplacée|' +
  'aceit[oa]|propost[oa]|rascunho|rejeitad[oa]|substituíd[oa]|accettat[oa]|bozza|rifiutat[oa]|sostituit[oa]|deprecat[oa]|' +
  'принято|предложено|черновик|отклонено|устарело|заменено|zaakceptowan[aey]|proponowan[aey]|odrzucon[aey]|zastąpion[aey]|' +
  '已接受|已采纳|已批准|提议|草案|草稿|已拒绝|已废弃|已弃用|已取代|被取代|承認済み|承認|採用|提案|却下|廃止|非推奨|승인됨|승인|제안됨|제안|거부됨|거부|폐기됨|폐기|대체됨';
/** A status word alone, or with a day or the record that replaces it: "(rejected events)" is about events. */
const STATUS = String.raw`(?:status\s?[:：]\s?)?(?:${WORD})(?:\s?(?:[:,;–—-]|\b(?:by|in|on|with|since|durch|von|por|par|da|przez|в)\b|\d|ADR|\[)[^()\n]{0,160})?`;
const BRACKETED = new RegExp(
  String.raw`\s{0,3}(?:\[\s?(${STATUS})\s?\]|\(\s?(${STATUS}(?:\([^()\n]{0,200}\))?)\s?\)|【\s?(${STATUS})\s?】)\s{0,3}$`,
  'iu',
);
const IN_FRONT = new RegExp(
  String.raw`^\s{0,3}(?:\[\s?(${STATUS})\s?\]|\(\s?(${STATUS})\s?\)|【\s?(${STATUS})\s?】)\s{0,3}[:–—-]?\s{0,3}(?=\S)`,
  'iu',
);
/** Without brackets only in capitals or after a dash of its own: `Use X — DEPRECATED`, `Use X - superseded by ADR-3`. */
const AFTER_DASH = new RegExp(
  String.raw`\s[–—-]{1,2}\s{1,3}((?:${WORD})|(?:superseded|superceded|replaced|obsoleted)\sby\s[^\n]{1,120})\s{0,3}$`,
  'iu',
);
const LONGEST = 400;

/** The status within a title, if it bears one. A title that is nothing else has none. */
export function statusInTitle(title: string): TitleStatus | undefined {
  const text = title.slice(0, LONGEST);
  if (text.length < title.length) return undefined;
  for (const pattern of [BRACKETED, IN_FRONT, AFTER_DASH]) {
    const match = pattern.exec(text);
    const words = match?.[1] ?? match?.[2] ?? match?.[3];
    if (match === null || words === undefined) continue;
    const markEnd = match.index + match[0].length;
    if ((text.slice(0, match.index) + text.slice(markEnd)).replace(/[^\p{L}\p{N}]/gu, '') === '') continue;
    const start = match.index + match[0].indexOf(words);
    return { start, end: start + words.length, markStart: match.index, markEnd };
  }
  return undefined;
}
