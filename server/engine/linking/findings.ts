import { LINKS_FILE, NO_LINKS, readLinks } from '../../knowledge/links/links.ts';
import type { FileFindings } from '../../model/answer.ts';
import { linkIndexOf } from '../../register/declared-links.ts';
import type { Register } from '../../register/register.ts';

/**
 * Findings of `.lintel/links.yaml`; `undefined` if there are none.
 * @param text as the editor has it. Default: as the register read it.
 */
export function findingsOfLinks(register: Register | undefined, text?: string): FileFindings | undefined {
  const links = text === undefined ? (register?.links.links ?? NO_LINKS) : readLinks(text);
  const unresolved = register ? linkIndexOf(links, register.catalogue).findings : [];
  const findings = [...links.findings, ...unresolved];
  return findings.length === 0 ? undefined : { document: { id: LINKS_FILE, path: LINKS_FILE, kind: 'guide' }, findings };
}
