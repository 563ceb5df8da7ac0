import { stemOf } from './families.ts';

/** The name of a component by the name of its file: `slot-picker` is `SlotPicker`. */
export const pascal = (stem: string): string =>
  stem
    .split(/[-_.]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const DEFAULT_IMPORT = /\bimport\s+(?:type\s+)?([\w$]+)\s*(?:,\s*\{[^}]*\})?\s+from\s*['"]([^'"\n]{1,300})['"]/g;
const LAZY_IMPORT = /\b(?:const|let|var)\s+([\w$]+)\s*=[^;\n]{0,100}\n?[^;\n]{0,60}\b(?:import|require)\(\s*['"]([^'"\n]{1,300})['"]/g;

/** By which names a file brings in the default export of another one. */
export const defaultNames = (text: string, from: string): string[] => {
  const stem = stemOf(from);
  const folder = /([^/]*)\/[^/]*$/.exec(from)?.[1];
  return [...text.matchAll(DEFAULT_IMPORT), ...text.matchAll(LAZY_IMPORT)].flatMap(([, name = '', specifier = '']) => {
    const last = stemOf(specifier.replace(/\/$/, ''));
    return last === stem || last === folder ? [name] : [];
  });
};
