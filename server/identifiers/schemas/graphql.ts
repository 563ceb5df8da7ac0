import type { Definition, NumberField } from './model.ts';
import { groupOf } from './models/collector.ts';
import { isReferenceName } from './words.ts';

const RELEVANT =
  /\bid\s*:\s*Int\b|\b(?:format|form|pattern|composed|consists|concatenat\w+|derived|prefixed|encodes|contains|part|segment|digits?|letters?|characters?)\b/i;
/** A type with its name; a description with the field below it; a field of the type `Int`. */
const PARTS =
  /^[ \t]*(?:extend\s+)?(?:type|interface|input)\s+(?<type>\w+)|(?<block>"""(?:[^"]|"(?!"")){0,2000}""")\s*(?<field>\w+)\s*[(:]|^[ \t]*"(?<line>[^"\n]{1,500})"\s*\n\s*(?<field2>\w+)\s*[(:]|^[ \t]*(?<id>id)\s*:\s*(?<int>Int)\b/dgm;

/** Descriptions of fields that are identifiers, and identifiers that are numbers of 32 bits, as `Int` is in GraphQL. */
export function readGraphql(text: string): { readonly definitions: readonly Definition[]; readonly numbers: readonly NumberField[] } {
  const definitions: Definition[] = [];
  const numbers: NumberField[] = [];
  let owner = '';
  if (!RELEVANT.test(text)) return { definitions, numbers };
  for (const match of text.matchAll(PARTS)) {
    const said = groupOf(match, 'block') ?? groupOf(match, 'line');
    const name = match.groups?.field ?? match.groups?.field2;
    const id = groupOf(match, 'id');
    const type = groupOf(match, 'int');
    if (match.groups?.type !== undefined) owner = match.groups.type;
    else if (said && name !== undefined && isReferenceName(name))
      definitions.push({ name, said: { ...said, text: said.text.replace(/^"""|"""$/g, '').trim() }, form: 'description', published: true });
    else if (id && type) numbers.push({ owner, name: id, type, bits: 32, wider: 'ID' });
  }
  return { definitions, numbers };
}
