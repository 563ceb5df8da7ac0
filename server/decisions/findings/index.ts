import { isChecked } from '../../code/roles.ts';
import { SourceFile } from '../../code/source-file.ts';
import { isGeneratedText } from '../../knowledge/generated.ts';
import { splitPassages } from '../../knowledge/passages.ts';
import type { FileFindings } from '../../model/answer.ts';
import type { Document, DocumentHead } from '../../model/document.ts';
import type { Finding, RuleInfo } from '../../model/finding.ts';
import { catalogueOf } from '../../register/catalogue.ts';
import { readCitations } from '../../register/citations/citations.ts';
import { mayCiteLines } from '../../register/lines/line-references.ts';
import { resolveSupersession } from '../../register/successors.ts';
import type { SourceIndex } from '../../retrieval/source-index.ts';
import { withoutBom } from '../../text/byte-order-mark.ts';
import { spansTouch } from '../../text/positions.ts';
import { turnTaker } from '../../text/yielding.ts';
import { CODE_RULES, checkCode } from './code/rules.ts';
import { CHECKED_BYTES, type FindingContext, type OtherFindings } from './context.ts';
import { IGNORE_MARK } from './ignoring/ignore-comments.ts';
import { IGNORE_INVALID } from './ignoring/ignore-invalid.ts';
import { afterIgnores, IGNORE_UNUSED } from './ignoring/ignore-unused.ts';
import { judgeReferences } from './lines/judge.ts';
import { type SymbolForm, symbolFormOf } from './lines/rewrite.ts';
import { brokenLink } from './records/broken-link.ts';
import { lineReferenceGone } from './records/line-reference-gone.ts';
import { lineReferenceMoved } from './records/line-reference-moved.ts';
import type { CitedLines, Records } from './records/record-rule.ts';
import { checkDocument, checkRecord, RECORD_RULES } from './records/rules.ts';

export { CHECKED_BYTES, type FindingContext, type FindingPorts, findingContext, type OtherFindings } from './context.ts';
export { ignoreFix } from './ignoring/ignore-fix.ts';
export { afterIgnores } from './ignoring/ignore-unused.ts';
export { atLevels } from './levels.ts';
export { toldOnce } from './told-once.ts';

/** The rules about records, citations in code and ignore comments. The rules of readers are declared beside the readers. */
export const FINDING_RULES: readonly RuleInfo[] = [
  ...[...CODE_RULES, ...RECORD_RULES].map(({ info }) => info),
  IGNORE_INVALID,
  IGNORE_UNUSED,
];

const isBrokenLink = ({ rule }: Finding): boolean => rule === brokenLink.info.id;

/** Without broken links in a generated text, which nobody can mend there, and without what comments ignore. */
async function settled(
  path: string,
  text: string,
  findings: readonly Finding[],
  { declaredGenerated, complete }: { readonly declaredGenerated?: FindingContext['declaredGenerated']; readonly complete: boolean },
): Promise<Finding[]> {
  const generated = findings.some(isBrokenLink) && (isGeneratedText(path, text) || (await declaredGenerated?.(path)) === true);
  return [...afterIgnores(path, text, generated ? findings.filter((finding) => !isBrokenLink(finding)) : findings, complete)];
}

const heads = new WeakMap<FindingContext, readonly DocumentHead[]>();

/** One list for each context, because the relations of documents are remembered by it. */
function headsOf(context: FindingContext): readonly DocumentHead[] {
  const known = heads.get(context) ?? context.documents.documents().map(({ head }) => head);
  heads.set(context, known);
  return known;
}

const symbolForms = new WeakMap<FindingContext, { readonly form: SymbolForm | undefined }>();

/** Looked for once for each context, and only where a fix needs it. */
function symbolFormIn(context: FindingContext): SymbolForm | undefined {
  let known = symbolForms.get(context);
  if (!known) {
    const { documents } = context;
    known = { form: symbolFormOf(documents.documents().flatMap(({ passages }) => passages.map(({ text }) => text))) };
    symbolForms.set(context, known);
  }
  return known.form;
}

/** What documents cite of lines, each judged once. */
function citedLinesIn(
  { lineFacts }: FindingContext,
  textOf: (document: DocumentHead) => Promise<string | undefined>,
  signal?: AbortSignal,
): Records['lines'] {
  const judged = new Map<string, Promise<CitedLines | undefined>>();
  const judge = async (document: DocumentHead): Promise<CitedLines | undefined> => {
    if (!lineFacts || document.path === undefined || !['decision', 'guide'].includes(document.kind)) return undefined;
    const text = await textOf(document);
    return text === undefined ? undefined : { text, judged: await judgeReferences(document.path, text, lineFacts, signal) };
  };
  return (document) => {
    const known = judged.get(document.id) ?? judge(document);
    judged.set(document.id, known);
    return known;
  };
}

function allRecords(context: FindingContext, signal?: AbortSignal): Records {
  const { documents, register, history, exists, read } = context;
  const textOf = async ({ id, path = '' }: DocumentHead): Promise<string | undefined> =>
    documents.get(id)?.passages.some(({ text }) => mayCiteLines(text)) ? read(path) : undefined;
  return {
    lines: citedLinesIn(context, textOf, signal),
    symbolForm: () => symbolFormIn(context),
    heads: headsOf(context),
    textsOf: (id) => documents.get(id)?.passages ?? [],
    register,
    tree: register.tree,
    history,
    exists,
    read,
  };
}

/** The records with one document as the editor has it, added if the index does not have it. */
function withEdited(context: FindingContext, document: Document, text: string): Records {
  const { documents, register, history, exists, read } = context;
  const edited: readonly DocumentHead[] = [...headsOf(context).filter(({ id }) => id !== document.id), document];
  const passages = splitPassages(document);
  return {
    lines: citedLinesIn(context, async ({ id }) => (id === document.id && mayCiteLines(text) ? text : undefined)),
    symbolForm: () => symbolFormIn(context),
    heads: edited,
    textsOf: (id) => (id === document.id ? passages : (documents.get(id)?.passages ?? [])),
    register: { ...register, catalogue: catalogueOf(edited), successors: resolveSupersession(edited) },
    tree: register.tree,
    history,
    exists,
    read: (path) => (path === document.path ? Promise.resolve(text) : read(path)),
  };
}

const isLineReference = ({ rule }: Finding): boolean => rule === lineReferenceMoved.info.id || rule === lineReferenceGone.info.id;

/** Without broken links of which another finding says where the cited lines are now, or that they are gone: one fault is told once. */
function withoutBrokenTwins(findings: readonly Finding[]): readonly Finding[] {
  const cited = findings.filter(isLineReference);
  const isTold = ({ span }: Finding): boolean => cited.some((other) => spansTouch(span, other.span));
  return findings.filter((finding) => finding.rule !== brokenLink.info.id || !isTold(finding));
}

/**
 * Findings of one document: of its reader and of the rules about records.
 * @param text of the document, which fixes edit
 */
export async function findingsOfDocument(context: FindingContext, document: Document, text: string): Promise<Finding[]> {
  const read = () => Promise.resolve(text);
  const others = await context.others(document.path ?? '', text);
  const own = withoutBrokenTwins(await checkRecord(document, withEdited(context, document, text), read));
  const findings = [...document.findings, ...own, ...others];
  return settled(document.path ?? '', text, findings, { ...context, complete: true });
}

/** Findings of one document of a repository that has no index: of its reader, of the rules that need none, without fixes, and of other judges. */
export const findingsWithoutIndex = (
  document: Document,
  text: string,
  exists: FindingContext['exists'],
  others: readonly Finding[] = [],
): Promise<Finding[]> =>
  settled(document.path ?? '', text, [...document.findings, ...checkDocument(document, { heads: [document], exists }), ...others], {
    complete: false,
  });

/** Findings of other judges in one file of code of a repository that has no index; `undefined` where code is not checked. */
export async function codeFindingsWithoutIndex(path: string, text: string, others: readonly Finding[]): Promise<FileFindings | undefined> {
  if (!isChecked(path) && others.length === 0) return undefined;
  return { document: codeDocument(path), findings: await settled(path, text, others, { complete: false }) };
}

/** What other judges found in all files, by path. The same list for a file as long as nothing changed. */
export type OthersByPath = ReadonlyMap<string, readonly Finding[]>;
const NO_OTHERS: OthersByPath = new Map();

/** Findings of every indexed document that has one, by path. Rejects with the reason of the signal. */
export async function findingsOfAllDocuments(
  context: FindingContext,
  signal?: AbortSignal,
  others: OthersByPath = NO_OTHERS,
): Promise<FileFindings[]> {
  const records = allRecords(context, signal);
  const takeTurn = turnTaker();
  const found: FileFindings[] = [];
  for (const head of records.heads) {
    await takeTurn();
    signal?.throwIfAborted();
    // Sections of a log and parts of a specification are checked with their file.
    if (head.path !== undefined && head.id !== head.path) continue;
    let whole: Promise<string | undefined> | undefined;
    const read = (): Promise<string | undefined> => {
      whole ??= head.path === undefined ? Promise.resolve(undefined) : context.read(head.path);
      return whole;
    };
    const own = withoutBrokenTwins(await checkRecord(head, records, read));
    const raw = [...head.findings, ...own, ...(others.get(head.path ?? '') ?? [])];
    const ignores = records.textsOf(head.id).some((one) => one.text.includes(IGNORE_MARK));
    const text = ignores || raw.length > 0 ? await read() : undefined;
    const findings = text === undefined ? raw : await settled(head.path ?? '', text, raw, { ...context, complete: true });
    if (findings.length > 0) found.push({ document: head, findings });
  }
  return found;
}

/** The first {@link CHECKED_BYTES} of a text in UTF-8. */
const checkedPart = (text: string): string =>
  Buffer.byteLength(text) > CHECKED_BYTES ? Buffer.from(text).subarray(0, CHECKED_BYTES).toString('utf8') : text;

const codeDocument = (path: string): FileFindings['document'] => ({ id: path, path, kind: 'code' });

/**
 * Findings of the citations in one file of code or configuration, and of other judges in any file; `undefined` if the path is neither and nothing was found, or
 * if it cannot be read.
 * @param text as the editor has it. Default: read from disk.
 */
export async function findingsOfCode(
  context: FindingContext,
  path: string,
  text?: string,
  others: OtherFindings = context.others,
): Promise<FileFindings | undefined> {
  const cites = isChecked(path);
  const whole = text === undefined ? await context.read(path) : withoutBom(text);
  if (whole === undefined) return undefined;
  if (await context.declaredGenerated(path)) return cites ? { document: codeDocument(path), findings: [] } : undefined;
  const source = new SourceFile(path, checkedPart(whole));
  const own = await others(path, source.text);
  if (!cites && own.length === 0) return undefined;
  return {
    document: codeDocument(path),
    findings: await settled(path, source.text, [...(cites ? checkCode(source, context) : []), ...own], {
      ...context,
      complete: true,
    }),
  };
}

/** Paths of the source files in which an ignore comment may be: the index knows the words of all files. */
function mayIgnore(sources: SourceIndex): ReadonlySet<string> {
  const [mark = '', rest = ''] = IGNORE_MARK.split('-');
  const withRest = new Set(sources.pathsWith(rest, Number.POSITIVE_INFINITY));
  return new Set(sources.pathsWith(mark, Number.POSITIVE_INFINITY).filter((path) => withRest.has(path)));
}

interface CheckedFile {
  readonly stamp: string;
  readonly others: readonly Finding[] | undefined;
  readonly findings: readonly Finding[];
}

const checkedFiles = new WeakMap<FindingContext, Map<string, CheckedFile>>();

/**
 * Findings of the citations in all source files that have any, and of other judges, by path. Rejects with the reason of the signal. The index has the lines that may cite;
 * a file is read only if one of them does, and again only after it changed.
 */
export async function findingsOfAllCode(
  context: FindingContext,
  sources: SourceIndex,
  signal?: AbortSignal,
  othersByPath: OthersByPath = NO_OTHERS,
): Promise<FileFindings[]> {
  const { register, history } = context;
  const checked = checkedFiles.get(context) ?? new Map<string, CheckedFile>();
  checkedFiles.set(context, checked);
  const takeTurn = turnTaker();
  const found: FileFindings[] = [];
  const ignoring = mayIgnore(sources);
  const citing = sources.citingLines();
  for (const path of [...new Set([...citing.keys(), ...ignoring, ...othersByPath.keys()])].sort()) {
    const lines = citing.get(path) ?? [];
    await takeTurn();
    signal?.throwIfAborted();
    if (!isChecked(path) && !othersByPath.has(path)) continue;
    const { size, mtimeMs } = sources.stamps.get(path) ?? { size: 0, mtimeMs: 0 };
    const stamp = `${size} ${mtimeMs}`;
    const others = othersByPath.get(path);
    let file = checked.get(path);
    if (file?.stamp !== stamp || file.others !== others) {
      const origin = { from: path, home: register.home, renamed: history.renamed };
      const cites =
        others !== undefined ||
        ignoring.has(path) ||
        readCitations(lines.map((line) => line.text).join('\n'), register.catalogue, origin).length > 0;
      const found = cites ? await findingsOfCode(context, path, undefined, async () => others ?? []) : undefined;
      file = { stamp, others, findings: found?.findings ?? [] };
      checked.set(path, file);
    }
    if (file.findings.length > 0) found.push({ document: codeDocument(path), findings: file.findings });
  }
  signal?.throwIfAborted();
  return found;
}
