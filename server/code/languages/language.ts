/**
 * One way to write a comment, for reading. Patterns are sources of regular expressions with the flags `gm`; they have no capturing groups and take
 * linear time on any text.
 */
export interface CommentForm {
  /** What the comment begins with, literally. */
  readonly opens: readonly string[];
  /** The whole comment. One that is never closed reaches to the end of the text. */
  readonly pattern: string;
}

/** What to write around the words of a comment of one line, spaces included. */
export interface CommentMarks {
  readonly open: string;
  /** Empty for comments that end with the line. */
  readonly close: string;
}

/** How files of a language are parsed. */
export interface Grammar {
  /** Middle of the file name: `tree-sitter-NAME.wasm`. Languages may share one. */
  readonly name: string;
  /** The npm package that brings the file. Default: `@vscode/tree-sitter-wasm`, in its folder `wasm`. */
  readonly package?: string;
  /** Tree-sitter queries of the language by what they find. */
  readonly queries: {
    /**
     * What the language declares. Captures: `@name`, the whole declaration under the name of its kind, and `@container` for the type of a
     * member that is declared outside of it. Of two patterns that find the same name the first one counts.
     */
    readonly declarations: string;
  };
}

/** File name of a grammar in the package and beside the bundle. */
export const grammarFile = ({ name }: Pick<Grammar, 'name'>): string => `tree-sitter-${name}.wasm`;

/** What resolves to the file of a grammar in its npm package. */
export const grammarSpecifier = (grammar: Pick<Grammar, 'name' | 'package'>): string =>
  `${grammar.package ?? '@vscode/tree-sitter-wasm/wasm'}/${grammarFile(grammar)}`;

/** Everything Lintel knows about one language of code or configuration. A new language is one of these, added to the list in `index.ts`. */
export interface Language {
  /** Unique, lower case with hyphens: `c-sharp`. */
  readonly id: string;
  /** Ends of file names without the dot, lower case. A language has extensions, file names or both. */
  readonly extensions: readonly string[];
  /** Whole file names as people write them; compared without regard to case. */
  readonly fileNames?: readonly string[];
  /** Beginning of file names whose extension is not known, lower case: `dockerfile.` for `Dockerfile.dev`. */
  readonly fileNamePrefix?: string;
  /** For reading; the first form that matches counts. */
  readonly comments: readonly CommentForm[];
  /** For writing; `none` where a comment cannot be written, such as in JSON. */
  readonly commentMarks: CommentMarks | 'none';
  /** True for pages with parts in other languages: `<script>` and `<style>` have comments of their own. */
  readonly hasScriptAndStyle?: true;
  /** Patterns of strings, under the same conditions as those of comments. */
  readonly strings: readonly string[];
  /** Absent where symbols are not read from a syntax tree. */
  readonly grammar?: Grammar;
  /** Patterns of lines that import something. */
  readonly imports?: readonly string[];
  /** Patterns of the names of files that list dependencies. */
  readonly manifests?: readonly string[];
  /** Patterns of the names of test files, without the extension. Folders of tests are the same for all languages. */
  readonly testNames?: readonly string[];
  /** The extension, one of `extensions`, of the file that a dotted name such as `shop.orders.outbox` means. Absent where dotted names are no modules. */
  readonly moduleExtension?: string;
  /** True where ordinary names have hyphens, so that only a comment can cite a record by the words of its file name. */
  readonly hyphenatedNames?: true;
}
