import { describe, expect, test } from 'vitest';
import { SourceFile } from '../../server/code/source-file.ts';
import { candidateLines } from '../../server/identifiers/flow/candidates.ts';
import { ID_NAME_IN_TEXT, isIdName } from '../../server/identifiers/flow/names.ts';

const linesOf = (text: string): string[] => {
  const source = new SourceFile('a.ts', text);
  return candidateLines(source).map((at) => source.textLines[at]?.trim() ?? '');
};

describe('the lines for which a file is parsed', () => {
  test.each([
    'ruleId = `$' + '{kind}-$' + '{name}`;',
    'String ruleId = String.format("%s-%d", kind, n);',
    'rule_id = f"{kind}-{name}"',
    'rule_id = "{}:{}".format(kind, name)',
    "$ruleId = $kind . '-' . $name;",
    'rule_id = "#' + '{kind}-#' + '{name}"',
    'val ruleId = "$kind-$name"',
    'ruleId := kind + ":" + name',
    'return new RuleId([kind, name].join("-"));',
    'ruleId.append("-").append(name);',
    'const [kind] = ruleId.split(":");',
    'if strings.HasPrefix(ruleID, "kind-") {',
    'return rule_id.start_with? "kind-"',
    'kind = partitionKey.substring(0, at)',
    'if (ruleId === "system:admin") return;',
    'case "system:admin": use(ruleId);',
    'ThingTypeUID uid = new ThingTypeUID("hue:light");',
  ])('are those that compose, take apart or compare an identifier: %s', (text) => {
    expect(linesOf(`first();\n${text}\nlast();\n`)).toEqual([text]);
  });

  test.each([
    'log.info(`rule $' + '{ruleId} was found`);',
    'throw new Error("no rule " + ruleId);',
    'const rule = await find(ruleId);',
    'informationId.translate("a.b.c");',
    'const total = kind + ":" + name;',
    'const label = t("rules.list.title");',
    'cache.set(key, "a-" + name);',
  ])('are not those that write a sentence, pass an identifier on or name none: %s', (text) => {
    expect(linesOf(`first();\n${text}\nlast();\n`)).toEqual([]);
  });

  test('are also under a heading that names an identifier, however far, and those that call the function with such a line', () => {
    const text = `
function formatRuleId(
  kind: string,
  name: string,
) {
  check(kind);
  check(name);
  if (kind === name) {
    return kind;
  }
  return \`\${kind}-\${name}\`;
}

function other() {
  save(formatRuleId('a', 'b'));
  done();
}
`;
    expect(linesOf(text)).toEqual(['function formatRuleId(', `return \`\${kind}-\${name}\`;`, "save(formatRuleId('a', 'b'));"]);
  });

  test('are not under the end of a heading that names an identifier', () => {
    expect(linesOf('function ruleId() {\n  a();\n  b();\n  c();\n}\nfunction f() {\n  return a + ":" + b;\n}\n')).toEqual([]);
  });

  test('end where a line is minified', () => {
    expect(linesOf(`ruleId = "${'x'.repeat(3_000)}" + ":" + name;`)).toEqual([]);
  });

  test.each([
    'id',
    'ruleId',
    'RULE_ID',
    'rule_ids',
    'userGUID',
    'URLId',
    'productSku',
    'partition_key',
    'rowKeys',
    'RECORD_KEY',
    'idString',
    'IDValue',
  ])('have names for which the rules ask, such as %s', (name) => {
    expect([isIdName(name), ID_NAME_IN_TEXT.test(`x ${name} y`)]).toEqual([true, true]);
  });

  test.each(['idea', 'android', 'valid', 'key', 'width', 'IDLE', 'grid'])('have no names such as %s', (name) => {
    expect([isIdName(name), ID_NAME_IN_TEXT.test(name)]).toEqual([false, false]);
  });
});
