import { folderOf } from '../../knowledge/paths.ts';
import { recordName } from '../../knowledge/record-name.ts';
import type { DocumentHead, Link } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { Span } from '../../model/span.ts';
import { type LinkResolver, linkResolver, pathCandidates, resolveSupersession } from '../../register/successors.ts';

const START: Span = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/**
 * What is wrong between documents, by document id: `unknown-status`, `broken-link`, `superseded-by-nothing`, `duplicate-number`. `exists` tells whether
 * a repository-relative path is a file or a folder; it is asked only for links. Documents without findings have no entry.
 */
export function registerFindings(documents: readonly DocumentHead[], exists: (path: string) => boolean): Map<string, Finding[]> {
  const findings = new Map<string, Finding[]>();
  const report = (document: DocumentHead, finding: Finding): void => {
    const list = findings.get(document.id);
    if (list === undefined) findings.set(document.id, [finding]);
    else list.push(finding);
  };
  const paths = new Set(documents.map(({ path }) => path));
  const present = (path: string): boolean => pathCandidates(path).some((candidate) => paths.has(candidate) || exists(candidate));
  const resolve = linkResolver(documents);
  const successors = resolveSupersession(documents);
  for (const document of documents) {
    for (const finding of brokenLinks(document, resolve, present)) report(document, finding);
    if (document.kind !== 'decision') continue;
    const unknown = unknownStatus(document);
    if (unknown !== undefined) report(document, unknown);
    const orphan = successors.has(document.id) ? undefined : supersededByNothing(document, resolve);
    if (orphan !== undefined) report(document, orphan);
  }
  for (const [document, others] of duplicates(documents)) {
    const names = others.map(({ path }) => path).join(', ');
    const message = `Number ${document.number} is also used by ${names}. A reference to it is ambiguous: give one of them another number.`;
    const related = others.map(({ path = '', titleSpan }) => ({ path, span: titleSpan ?? START, message: 'Bears the same number.' }));
    report(document, { rule: 'duplicate-number', severity: 'warning', message, span: document.titleSpan ?? START, related });
  }
  return findings;
}

function unknownStatus(document: DocumentHead): Finding | undefined {
  const { status } = document;
  if (status?.value !== 'unknown') return undefined;
  const words = status.text.length > 60 ? `${status.text.slice(0, 60)}…` : status.text;
  const message = `The status "${words.replace(/\s+/g, ' ')}" is not understood. Use proposed, accepted, rejected, deprecated or superseded by a record.`;
  return { rule: 'unknown-status', severity: 'warning', message, span: status.span };
}

function* brokenLinks(document: DocumentHead, resolve: LinkResolver, present: (path: string) => boolean): Generator<Finding> {
  for (const link of document.links) {
    if (link.path === undefined || link.kind === 'applies-to' || present(link.path) || isOfSite(document, link, present)) continue;
    const moved = resolve(document, link);
    const hint = typeof moved === 'string' ? 'Correct the path or remove the link.' : `Did you mean ${moved.path}?`;
    const message = `This link leads to ${link.path}, which does not exist. ${hint}`;
    yield { rule: 'broken-link', severity: 'warning', message, span: link.span };
  }
}

/**
 * True for a link that a site generator resolves otherwise: from the root of the site, which is some folder above (Sphinx, Docusaurus), or, by Antora,
 * from the pages of the module.
 */
function isOfSite({ format, path = '' }: DocumentHead, { target, path: linked = '' }: Link, present: (path: string) => boolean): boolean {
  const module = format === 'asciidoc' ? /^(?:.*\/)?modules\/[^/]+\//.exec(path)?.[0] : undefined;
  if (module !== undefined && present(`${module}pages/${target.replace(/#.*$/s, '')}`)) return true;
  if (!target.startsWith('/')) return false;
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) if (present(`${folder}/${linked}`)) return true;
  return false;
}

function supersededByNothing(document: DocumentHead, resolve: LinkResolver): Finding | undefined {
  const { status } = document;
  if (status?.value !== 'superseded') return undefined;
  const links = document.links.filter(({ kind }) => kind === 'superseded-by');
  const results = links.map((link) => resolve(document, link));
  if (results.some((result) => result === 'elsewhere')) return undefined;
  const first = links[0];
  const reason =
    first === undefined
      ? 'it does not say by which. Write "Superseded by" and a link to the record'
      : results.includes('ambiguous')
        ? `several records answer to "${first.target}". Link to the file of the one you mean`
        : results.some((result) => typeof result !== 'string')
          ? 'the records replace each other in a circle, or only a part is replaced. Correct the status of one of them'
          : `no record answers to "${first.target}". Link to the record that replaces this one`;
  const message = `This record says it was superseded, but ${reason}.`;
  return { rule: 'superseded-by-nothing', severity: 'warning', message, span: first?.span ?? status.span };
}

/** Records of one folder and name space with the same number; a README or index counts in the folder above its own. */
function* duplicates(documents: readonly DocumentHead[]): Generator<readonly [DocumentHead, readonly DocumentHead[]]> {
  const places = new Map<string, DocumentHead[]>();
  for (const document of documents) {
    if (document.kind !== 'decision' || document.number === undefined || document.path === undefined) continue;
    const folder = folderOf(document.path);
    const ownFolder = /(?:^|\/)_?(?:readme|index)\.[a-z]+$/i.test(document.path);
    const key = `${ownFolder ? folderOf(folder) : folder}\0${recordName(document.path).namespace}\0${document.number}`;
    const members = places.get(key);
    if (members === undefined) places.set(key, [document]);
    else members.push(document);
  }
  for (const members of places.values()) {
    if (members.length < 2) continue;
    for (const document of members) yield [document, members.filter((other) => other !== document).slice(0, 5)];
  }
}
