import { isIndex, stemOf } from './families.ts';

/** What a file is called where its own name says nothing: `Applications/index.vue` is `Applications`. */
export const calledBy = (path: string): string => {
  const stem = stemOf(path);
  return isIndex(path) ? (path.split('/').at(-2) ?? stem) : stem;
};

/** The name of a component by the name of its file: `slot-picker` is `SlotPicker`. */
export const pascal = (stem: string): string =>
  stem
    .split(/[-_.]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const DEFAULT_IMPORT = /\bimport\s+(?:type\s+)?([\w$]+)\s*(?:,\s*\{[^}]*\})?\s+from\s*['"]([^'"\n]{1,300})['"]/g;
const LAZY_IMPORT = /\b(?:const|let|var)\s+([\w$]+)\s*=[^;\n]{0,100}\n?[^;\n]{0,60}\b(?:import|require)\(\s*['"]([^'"\n]{1,300})['"]/g;

/**
 * By which names a file brings in the default export of another one.
 * @param means whether a specifier in it means that one: many folders have a file of the same name
 */
export const defaultNames = (text: string, means: (specifier: string) => boolean): string[] =>
  [...text.matchAll(DEFAULT_IMPORT), ...text.matchAll(LAZY_IMPORT)].flatMap(([, name = '', specifier = '']) =>
    means(specifier) ? [name] : [],
  );
