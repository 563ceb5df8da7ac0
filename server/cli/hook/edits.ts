import type { Edit, Replacement } from './edit.ts';
import { firstText, type HookEvent, isObject } from './event.ts';
import { readPatch } from './patch.ts';

/** How a tool says what it edits. */
type Form = 'fields' | 'patch' | 'files';

/** The tools that edit files, in lower case without signs between the words, by agent. */
const TOOLS: ReadonlyMap<string, Form> = new Map<string, Form>([
  // Claude Code
  ...(['edit', 'multiedit', 'write', 'notebookedit'] as const).map((name) => [name, 'fields'] as const),
  // VS Code, by the names that models see and by those of its settings
  ...(
    [
      'replacestringinfile',
      'multireplacestringinfile',
      'inserteditintofile',
      'createfile',
      'editnotebookfile',
      'copilotreplacestring',
      'copilotmultireplacestring',
      'copilotinsertedit',
      'copilotcreatefile',
      'copiloteditnotebook',
    ] as const
  ).map((name) => [name, 'fields'] as const),
  ['applypatch', 'patch'],
  ['copilotapplypatch', 'patch'],
  ['editfiles', 'files'],
  // GitHub Copilot's command line, and tools of the same shape
  ...(['create', 'strreplace', 'strreplaceeditor', 'strreplacebasededittool'] as const).map((name) => [name, 'fields'] as const),
]);

const MOST_EDITS = 300;
/** Of a tool that edits only where its `command` says so. */
const VIEWS = new Set(['view', 'undo_edit']);

const pathIn = (input: Readonly<Record<string, unknown>>): string | undefined =>
  firstText(input.file_path, input.filePath, input.notebook_path, input.path);
const isText = (value: unknown): value is string => typeof value === 'string';
const textIn = (input: Readonly<Record<string, unknown>>, ...names: readonly string[]): string | undefined =>
  names.map((name) => input[name]).find(isText);

/** The replacement that an object describes; `undefined` where it describes none. */
function replacementIn(input: Readonly<Record<string, unknown>>): Replacement | undefined {
  const old = textIn(input, 'old_string', 'oldString', 'old_str');
  const added = textIn(input, 'new_string', 'newString', 'new_str', 'insert_text');
  return old === undefined && added === undefined
    ? undefined
    : { old: old ?? '', new: added ?? '', all: input.replace_all === true || input.replaceAll === true };
}

function editIn(input: Readonly<Record<string, unknown>>, fallback?: string): Edit[] {
  const path = pathIn(input) ?? fallback;
  if (path === undefined || VIEWS.has(String(input.command))) return [];
  const content = textIn(input, 'content', 'file_text');
  if (content !== undefined) return [{ path, content, replaced: [] }];
  const one = replacementIn(input);
  const several = Array.isArray(input.edits) ? input.edits.filter(isObject).flatMap((edit) => replacementIn(edit) ?? []) : [];
  // A part of a file that is told without where it goes: a cell of a notebook, or code with "existing code" left out.
  const part = textIn(input, 'code', 'new_source', 'newCode');
  const added = part === undefined ? [] : [{ old: '', new: part, all: false }];
  return [{ path, replaced: [...(one ? [one] : []), ...several, ...added].slice(0, MOST_EDITS) }];
}

/** Replacements of one file in one edit: a tool that takes several may name a file more than once. */
function joined(edits: readonly Edit[]): Edit[] {
  const byPath = new Map<string, Edit>();
  for (const edit of edits) {
    const known = byPath.get(edit.path);
    byPath.set(edit.path, known ? { ...known, ...edit, replaced: [...known.replaced, ...edit.replaced] } : edit);
  }
  return [...byPath.values()].slice(0, MOST_EDITS);
}

/**
 * The files that a tool is about to edit, or edited; none for a tool that edits nothing, that Lintel does not know, or whose input has another shape.
 * A tool is known by its name alone: VS Code runs every hook for every tool.
 */
export function editsOf({ tool, input }: Pick<HookEvent, 'tool' | 'input'>): readonly Edit[] {
  const form = TOOLS.get(tool.toLowerCase().replace(/[^a-z]/g, ''));
  if (form === undefined) return [];
  if (form === 'patch') return joined(readPatch(firstText(input.input, input.patch, input.command) ?? ''));
  if (form === 'files')
    return joined((Array.isArray(input.files) ? input.files : []).filter(isText).map((path) => ({ path, replaced: [] })));
  const several = Array.isArray(input.replacements) ? input.replacements.filter(isObject) : [];
  return joined(several.length > 0 ? several.slice(0, MOST_EDITS).flatMap((one) => editIn(one, pathIn(input))) : editIn(input));
}
