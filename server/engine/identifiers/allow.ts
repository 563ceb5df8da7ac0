import { SourceFile } from '../../code/source-file.ts';
import { subjectOf } from '../../identifiers/index.ts';
import { allowInsertion } from '../../knowledge/discovery/allow-entry.ts';
import type { AllowIdentifierRequest, Authored, Refused } from '../../model/authoring.ts';
import { CONFIG_FILE } from '../../model/configuration.ts';
import type { Finding } from '../../model/finding.ts';
import { withoutBom } from '../../text/byte-order-mark.ts';
import { editsOf } from '../../text/edits.ts';
import { lineIndex } from '../../text/lines.ts';
import { comparePositions } from '../../text/positions.ts';
import type { WorkspaceFiles } from '../../workspace/files.ts';
import type { View } from '../view.ts';
import { writeRefusal } from '../write-edits.ts';
import type { Identifiers } from './identifiers.ts';

/** What the edit needs of a repository. */
export interface AllowingIn {
  readonly root: string;
  readonly files: Pick<WorkspaceFiles, 'read'>;
  readonly identifiers: Pick<Identifiers, 'ofFile'>;
  readonly view: View | undefined;
}

/** The edit of `lintel.yaml` that allows what a finding reports, for its file and name. */
export async function allowIdentifier(
  { root, files, identifiers, view }: AllowingIn,
  { path, text, rule, position, reason, link, configuration }: AllowIdentifierRequest,
): Promise<Authored | Refused> {
  const whole = text ?? (await files.read(path));
  if (whole === undefined) return { refused: `${path} cannot be read.` };
  const { findings } = await identifiers.ofFile(path, withoutBom(whole), view);
  const finding = findings.find((one) => one.rule === rule && comparePositions(one.span.start, position) === 0);
  if (finding === undefined) return { refused: `There is no ${rule} at this place any more.` };
  const refused = await writeRefusal(root, CONFIG_FILE);
  if (refused !== undefined) return { refused: `${refused}.` };
  const before = withoutBom(configuration ?? (await files.read(CONFIG_FILE)) ?? '');
  const [name] = subjectOf(new SourceFile(path, withoutBom(whole)), finding).names;
  const entry = {
    rules: [rule],
    paths: [path],
    names: name === undefined ? [] : [name],
    ...(reason === undefined ? {} : { reason }),
    ...(link === undefined ? {} : { link }),
  };
  const made = await allowInsertion(before, entry);
  if (made === undefined)
    return {
      refused: `${CONFIG_FILE} is not valid, or has a form that an entry cannot be added to. Write the entry under identifiers.allow.`,
    };
  const after = lineIndex(before.slice(0, made.start) + made.text + before.slice(made.end));
  return {
    edits: editsOf(CONFIG_FILE, before, [made]),
    path: CONFIG_FILE,
    selection: after.span(made.start + made.reason.start, made.start + made.reason.end),
  };
}

/** What a record is called that keeps what a finding reports. */
const TITLES: Readonly<Record<string, (name: string) => string>> = {
  SID004: (name) => `Keep the name ${name}`,
  SID006: (name) => `Keep ${name} as narrow as it is`,
  SID007: (name) => `Keep ${name} as the key`,
};

/**
 * The title to begin a record with that says why an identifier stays as it is.
 * @param text of the file, as the editor has it
 */
export function keepingTitle(path: string, text: string, finding: Finding): string {
  const { names, container } = subjectOf(new SourceFile(path, text), finding);
  const [name = 'this identifier'] = names;
  const whose =
    container !== undefined && container !== name && /^(?:id|key|code|number|name)$/i.test(name) ? `${container}.${name}` : name;
  return (TITLES[finding.rule] ?? ((one: string) => `Keep the format of ${one}`))(whose);
}
