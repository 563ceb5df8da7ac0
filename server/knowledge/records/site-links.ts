/** Marks of a template language in a link: Hugo, Jekyll and MkDocs macros, ERB, shell and MDX, and attributes of AsciiDoc. */
const TEMPLATE = /\{\{|\{%|<%|\$\{|\$\(|\{[A-Za-z][\w-]*\}/;
/** The page that a template names: Hugo `ref` and `relref`, Jekyll `link` and `post_url`, and a path in quotation marks. */
const PAGES: readonly RegExp[] = [
  /\b(?:rel)?ref\s{1,5}(?:path\s{0,3}=\s{0,3})?["'`\u201c]?([^"'`\u201c\u201d\s{}<>%]{1,300})/,
  /\b(?:link|post_url)\s{1,5}([^\s{}%][^{}%]{0,299}?)\s{0,5}-?%\}/,
  /["']([^"'{}]{1,300}?\.(?:md|mdx|markdown|rst|adoc|html?))["']/,
  /\}([^{}<>"']{1,300})$/,
];
/** Aliases of the source folder: Docusaurus `@site/`, Zola and VitePress `@/`, `~/` of others. */
const ALIAS = /^(?:@[\w-]*|~)\//;
/** Antora: `version@component:module:page.adoc`, `module:page.adoc`, `page$x.adoc`. */
const ANTORA = /^(?:[\w.-]{1,60}@)?(?:[\w.-]{0,60}:){0,2}(?:[a-z]{4,12}\$)?([^:$]{1,300})$/;

/**
 * The page that a link means where a site generator resolves it, so that it does not follow from the folders of this repository: `relref`, `{% link %}`,
 * `@site/`, Antora's coordinates. Empty if the link names none that can be read. `undefined` for an ordinary link.
 */
export function sitePage(target: string, documentPath: string): string | undefined {
  if (ALIAS.test(target)) return withoutAnchor(target.replace(ALIAS, ''));
  if (TEMPLATE.test(target)) {
    for (const pattern of PAGES) {
      const page = pattern.exec(target.slice(0, 1_000))?.[1];
      if (page !== undefined) return withoutAnchor(page).replace(/^[/.]+/, '');
    }
    return '';
  }
  if (/\.(?:adoc|asciidoc)$/i.test(documentPath) && /[:$]/.test(target) && !/^[a-z][a-z0-9+.-]*:\/\/|^mailto:/i.test(target)) {
    return withoutAnchor(ANTORA.exec(withoutAnchor(target))?.[1] ?? '');
  }
  return undefined;
}

/** Whether a page is named like a document or a record; a bare word is not. */
export const namesPage = (page: string): boolean =>
  /\.(?:md|mdx|markdown|rst|adoc)$/i.test(page) || /\d{2,}[-_. ]|[-_/]\d|\w[-_]\w/.test(page);

function withoutAnchor(page: string): string {
  return page.replace(/[?#].*$/s, '').trim();
}
