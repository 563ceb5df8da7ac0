/** The named entities of HTML that people write in titles and short values. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  rarr: '→',
  larr: '←',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  copy: '©',
  reg: '®',
  trade: '™',
};
const ENTITY = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi;
const LAST_CODE_POINT = 0x10ffff;

/** Text with its entities as characters: `GOV&#46;UK` is `GOV.UK`. What is no entity stays as it is. */
export const withoutEntities = (text: string): string =>
  text.replace(ENTITY, (written, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? written;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    // Control characters are nothing that anybody shows.
    return code < 32 || code > LAST_CODE_POINT ? written : String.fromCodePoint(code);
  });
