// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code.
import { describe, expect, it } from 'vitest';
import { foundBy, marksOf } from './code-support.ts';
import { marks } from './schema-support.ts';

/** Kinds of text, a case that is quiet and one that looks alike and is found: rule, path, quiet, found. */
const KINDS: readonly (readonly [kind: string, rule: string, path: string, quiet: string, found: string])[] = [
  [
    'a constant that makes an address by an identifier',
    'SID001',
    'api.js',
    'export const INVOICE_BY_ID = (id) => `${INVOICE_API}/${id}`;',
    'export const INVOICE_ID = (id) => `${INVOICE_API}/${id}`;',
  ],
  [
    'a function that makes something for an identifier',
    'SID001',
    'names.ts',
    'export function folderForOrderId(region: string, order: Order) { return `${region}-${order.number}`; }',
    'export function orderIdForFolder(region: string, order: Order) { return `${region}-${order.number}`; }',
  ],
  [
    'the name of a service that a container is asked for',
    'SID001',
    'Pass.php',
    "<?php class Pass { function process($container) { $dispatcherId = sprintf('security.dispatcher.%s', $firewallName); if (!$container->hasDefinition($dispatcherId)) { return; } $listener->addTag($dispatcherId); } }",
    "<?php class Pass { function process($orders) { $dispatcherId = sprintf('security.dispatcher.%s', $firewallName); if (!$orders->hasOrder($dispatcherId)) { return; } $listener->addTag($dispatcherId); } }",
  ],
  [
    'a check digit at the end',
    'SID001',
    'Ids.java',
    'class A { String getValidIdentifier(String plain) { return plain + "-" + getCheckDigit(plain); } }',
    'class A { String getValidIdentifier(String plain) { return plain + "-" + getRegion(plain); } }',
  ],
  [
    'a check digit that is reckoned again',
    'SID002',
    'Ids.java',
    'class A { void f(String identifier) { String checkDigit = identifier.substring(identifier.indexOf("-") + 1); use(checkDigit); } }',
    'class A { void f(String identifier) { String region = identifier.substring(identifier.indexOf("-") + 1); use(region); } }',
  ],
  [
    'each character of an identifier',
    'SID002',
    'Ids.java',
    'class A { void f(String orderId) { for (int i = 0; i < 9; i++) { if (ALLOWED.indexOf(orderId.charAt(i)) == -1) { use(i); } } } }',
    'class A { void f(String orderId) { for (int i = 0; i < 9; i++) { if (orderId.charAt(0) == "E") { use(i); } } } }',
  ],
  [
    'the name of a class by what its parts are called',
    'SID002',
    'Types.java',
    'class A { Class f(String typeId) { var simpleName = typeId.substring(typeId.lastIndexOf(".") + 1); return load(simpleName); } }',
    'class A { Class f(String typeId) { var region = typeId.substring(typeId.lastIndexOf(".") + 1); return load(region); } }',
  ],
  [
    'the name of a class by where it is from',
    'SID002',
    'entity.ts',
    'export const f = (one: object) => { const prefixId = Object.getPrototypeOf(one).constructor.name; return prefixId.split(/(?=[A-Z])/)[0]; };',
    'export const f = (one: Order) => { const prefixId = one.region.name; return prefixId.split(/(?=[A-Z])/)[0]; };',
  ],
  [
    'the name of a function in a macro',
    'SID002',
    'macro.rs',
    "fn f(item: ItemFn) { let mut operation_id = item.sig.ident.to_string(); let title = operation_id.split('_').next(); use_it(title); }",
    "fn f(item: Order) { let mut operation_id = item.sig.number.to_string(); let title = operation_id.split('_').next(); use_it(title); }",
  ],
  [
    'the name of a field that refers to others',
    'SID002',
    'joiner.ts',
    'export const f = (relation: Relation) => relation.foreignKey.split(".")[1];',
    'export const f = (relation: Relation) => relation.entityKey.split(".")[1];',
  ],
  [
    'a name of the public list of time zones',
    'SID002',
    'zones.ts',
    'export const f = (timeZoneId: string) => { const [area] = timeZoneId.split("/"); return area === "US"; };',
    'export const f = (salesZoneId: string) => { const [area] = salesZoneId.split("/"); return area === "US"; };',
  ],
  [
    'where a document of XML is found',
    'SID002',
    'Resolver.java',
    'class A { InputSource resolveEntity(String publicId, String systemId) { return systemId.startsWith("dtd-") ? local() : null; } }',
    'class A { Source resolve(String publicId, String systemId) { return systemId.startsWith("eu-") ? local() : null; } }',
  ],
  [
    'the coordinates of a package',
    'SID001',
    'Coordinates.java',
    'class A { String getPackageId(Dependency d) { return d.getGroupId() + ":" + d.getArtifactId(); } }',
    'class A { String getPackageId(Dependency d) { return d.getGroupId() + ":" + d.getRegion(); } }',
  ],
  [
    'the ending of a file behind an identifier of an address',
    'SID002',
    'share.ts',
    'export function parseShare(url: string) { const shareId = pieces(url)[1]; const dot = shareId.indexOf("."); return shareId.substring(0, dot); }',
    'export function parseShare(order: Order) { const shareId = pieces(order)[1]; const dot = shareId.indexOf("."); return shareId.substring(0, dot); }',
  ],
  [
    'a prefix whose absence is told as an error before the function is left',
    'SID002',
    'import.ts',
    'export async function f(customerId: string) {\n  if (!customerId.startsWith("cus_")) {\n    await logImportError({ customerId });\n    return;\n  }\n  await add(customerId); }',
    'export async function f(customerId: string) {\n  if (!customerId.startsWith("cus_")) {\n    await addElsewhere({ customerId });\n    return;\n  }\n  await add(customerId); }',
  ],
  [
    'what a regular expression leaves out of an identifier',
    'SID002',
    'Padding.java',
    'class A { String f(String orderId) { Pattern pattern = Pattern.compile("^0+"); return pattern.matcher(orderId).replaceFirst(""); } }',
    'class A { String f(String orderId) { Pattern pattern = Pattern.compile("^0+"); return pattern.matcher(orderId).group(1); } }',
  ],
  [
    'the ending of a file that is left out',
    'SID002',
    'avatars.ts',
    'export async function f(req: Request) { let { user_id } = req.params; user_id = user_id.split(".")[0]; return storage.get(user_id); }',
    'export async function f(req: Request) { let { user_id } = req.params; region = user_id.split(".")[0]; return storage.get(region); }',
  ],
  [
    'how many parts there are',
    'SID002',
    'depth.ts',
    'export const f = (sectionId: string) => sectionId.split("/").length - 1;',
    'export const f = (sectionId: string) => sectionId.split("/")[0];',
  ],
  [
    'a path that is made of an identifier',
    'SID002',
    'Storage.java',
    'class A { boolean f(String storageId) { String pathString = storageId.substring(storageId.lastIndexOf("//") + 2); return check(pathString); } }',
    'class A { boolean f(String storageId) { String region = storageId.substring(storageId.lastIndexOf("//") + 2); return check(region); } }',
  ],
  [
    'an attribute of an element',
    'SID002',
    'Page.php',
    "<?php class A { function f($element) { $existingId = $element->getAttribute('id'); if (str_starts_with($existingId, 'bkmrk')) { return 1; } return 2; } }",
    "<?php class A { function f($element) { $existingId = $element->getRegion('id'); if (str_starts_with($existingId, 'bkmrk')) { return 1; } return 2; } }",
  ],
  [
    'an entry of a public catalogue',
    'SID002',
    'Vulnerabilities.java',
    'class A { Source f(String vulnId) { if (vulnId.startsWith("SNYK-")) { return snyk(); } return other(); } }',
    'class A { Source f(String orderId) { if (orderId.startsWith("SNYK-")) { return snyk(); } return other(); } }',
  ],
  [
    'a list in one text, by a constant',
    'SID002',
    'blocker.rb',
    'def f(identifiers:)\n  identifiers.split(DELIMITER_REGEX).select(&:present?)\nend\n',
    'def f(identifier:)\n  identifier.split(DELIMITER_REGEX).first\nend\n',
  ],
  [
    'a random identifier of another library behind a prefix',
    'SID001',
    'session.ts',
    'export const f = (socket: Socket) => { socket.session_id = "TEMP_" + genSessionId(); };',
    'export const f = (socket: Socket) => { socket.session_id = "TEMP_" + regionOf(socket); };',
  ],
];

describe('forms that others prescribe, names of code and pieces of addresses', () => {
  it.each(KINDS)('%s is quiet, and what looks alike is found', async (_, rule, path, quiet, found) => {
    expect(await foundBy(rule, path, quiet)).toEqual([]);
    expect(await foundBy(rule, path, found)).not.toEqual([]);
  });
});

describe('a composed identifier that is only passed to a function', () => {
  const code = (body: string): string =>
    `function labelled(order: Order, orderId: string) { store(orderId); }\nexport function f(order: Order) { ${body} }\n`;

  it('is a hint, because nothing shows that somebody keeps it', async () => {
    expect(await marksOf('SID001', 'orders.ts', code('labelled(order, `${order.region}-${order.number}`);'))).toEqual([
      'hint `${order.region}-${order.number}`',
    ]);
  });

  it('is a warning where it also becomes a field', async () => {
    expect(
      await marksOf(
        'SID001',
        'orders.ts',
        code('const orderId = `${order.region}-${order.number}`; order.publicId = orderId; labelled(order, orderId);'),
      ),
    ).toEqual(['warning `${order.region}-${order.number}`']);
  });
});

describe('a key in a key-value store', () => {
  const code = (store: string): string =>
    `class Stream(${store}):\n    def stream_id(self, user):\n        return f"{user.region}-{user.number}"\n`;

  it('is a hint where a function makes it, and a warning where nothing speaks of such a store', async () => {
    expect(await marksOf('SID001', 'stream.py', code('RedisStore'))).toEqual(['hint f"{user.region}-{user.number}"']);
    expect(await marksOf('SID001', 'stream.py', code('OrderStore'))).toEqual(['warning f"{user.region}-{user.number}"']);
  });
});

describe('the table that a library numbers rows with', () => {
  it('is quiet, and a table of others with a name as key is found', async () => {
    expect(await marks('1_up.sql', 'create table sequence (seq_name varchar(50) primary key, seq_count bigint);\n')).toEqual([]);
    expect(await marks('1_up.sql', 'create table shops (shop_name varchar(50) primary key, home text);\n')).toEqual([
      'SID007 info shop_name',
    ]);
  });
});
