import { stepDefinitionsIn } from '../suite/step-definitions.ts';
import { stemOf } from './families.ts';
import { placesIn, type SpecPlace } from './spec-places.ts';

/** Parts of names of support files that say what kind they are, and not what about. */
const GENERIC = new Set(
  'page pages object objects model models po pom helper helpers steps step fixture fixtures screen component components util utils support common base commands command index actions e2e test tests spec specs shared lib functions definitions the'.split(
    ' ',
  ),
);
const FUNCTION =
  /^\s*(?:(?:public|private|protected|static|export|default|async|override|readonly|suspend|fun|def|func|function|get|const|let|var|self\.)\s*)*(?:\([^)]{0,100}\)\s*)?(?:self\.)?(\w{2,80})\s*(?:[=:]\s*(?:async\s*)?)?(?:\(|=>|$)|Commands\.add\(\s*['"](\w{2,80})['"]/;
const NO_FUNCTION = /^\s*(?:if|for|while|switch|return|await|expect|catch|else|super|new|throw|describe|it|test)\b/;
const STEP = /^\s*(?:[^\s:#@|"]{1,30}|\*)\s+(.{3,500})$/;
const FARTHEST = 60;

const words = (path: string): string[] =>
  stemOf(path)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2 && !GENERIC.has(word));

/** The function around a line: the nearest one above that is less indented. */
function functionAt(lines: readonly string[], line: number): string | undefined {
  const indentOf = (text: string): number => text.length - text.trimStart().length;
  let indent = indentOf(lines[line] ?? '');
  for (let at = line; at >= Math.max(0, line - FARTHEST); at -= 1) {
    const text = (lines[at] ?? '').slice(0, 300);
    if (text.trim() === '' || (at < line && indentOf(text) >= indent)) continue;
    const found = NO_FUNCTION.test(text) ? null : FUNCTION.exec(text);
    const name = found?.[1] ?? found?.[2];
    if (name !== undefined && (at < line || /=>|\{\s*return/.test(text))) return name;
    indent = Math.min(indent, indentOf(text));
  }
  return undefined;
}

const isWordIn = (text: string, word: string): boolean => new RegExp(`(?<![\\w$])${word}(?![\\w$])`).test(text);

/**
 * The routes that a spec goes to by a support file: those in functions that the spec calls, of a file that it speaks of, and those of steps that it
 * takes.
 */
export function supportPlaces(
  spec: { readonly path: string; readonly text: string },
  support: { readonly path: string; readonly text: string },
): readonly SpecPlace[] {
  const places = placesIn(support.path, support.text);
  if (places.length === 0) return [];
  const lines = support.text.split('\n');
  if (spec.path.endsWith('.feature')) {
    const definitions = stepDefinitionsIn(support.path, support.text);
    const steps = spec.text.split('\n').flatMap((line) => STEP.exec(line)?.[1] ?? []);
    return places.filter((place) => {
      const definition = definitions.filter(({ line }) => line <= place.line).at(-1);
      return definition === undefined ? false : steps.some((step) => definition.matches(step.trim()));
    });
  }
  const own = words(support.path);
  const small = spec.text.toLowerCase();
  if (own.length > 0 && !own.some((word) => small.includes(word.replace(/s$/, '')))) return [];
  return places.filter(({ line }) => {
    const name = functionAt(lines, line);
    return name === undefined || name === 'constructor' || isWordIn(spec.text, name);
  });
}
