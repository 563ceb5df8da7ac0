import { LINKS_FILE, NO_LINKS, readLinks } from '../knowledge/links/links.ts';
import type { FileFindings } from '../model/answer.ts';
import { linkIndexOf } from '../register/declared-links.ts';
import type { Register } from '../register/register.ts';

/** What is wrong in `.lintel/links.yaml`, as it is or as the editor has it; `undefined` where nothing is. */
export function findingsOfLinks(register: Register | undefined, text?: string): FileFindings | undefined {
  const links = text === undefined ? (register?.links.links ?? NO_LINKS) : readLinks(text);
  const unresolved = register ? linkIndexOf(links, register.catalogue).findings : [];
  const findings = [...links.findings, ...unresolved];
  return findings.length === 0 ? undefined : { document: { id: LINKS_FILE, path: LINKS_FILE, kind: 'guide' }, findings };
}
