import type { Expression, Text } from '../flow/model.ts';
import { isBareId, isIdName, isMachinery } from '../flow/names.ts';
import type { Setting } from '../flow/setting.ts';
import { nameOf, type Trail } from '../flow/trail.ts';
import type { FoundInCode } from './rule.ts';

/** Two or more words in an order that means something: `update.core`, `internal:reflective:constructor`, `42|SYNTH|MONITOR`. */
const STRUCTURED = /^[A-Za-z\d][\w-]*(?:[.:|/][A-Za-z\d][\w-]*)+$/;
/** Of standards and of files: `urn:ietf:params`, `text/html`, `index.html`, `1.2.3`, `10:30`. */
const STANDARD =
  /^(?:urn|http|https|mailto|text|image|application|audio|video|multipart|did)[:/]|^n\/a$|^[\d.:]+$|\.(?:json|ya?ml|html?|css|[jt]sx?|png|svg|md|txt|xml|py|go|rb|java|com|org|net|io)$/i;

const isStructured = (expression: Expression | undefined): expression is Text =>
  expression?.kind === 'text' && expression.value.length <= 80 && STRUCTURED.test(expression.value) && !STANDARD.test(expression.value);

const isId = (expression: Expression, setting: Setting): boolean => {
  const name = nameOf(expression).replace(/^get_?(?=[A-Z_])/, '');
  return isIdName(name) && !isMachinery(name) && !(setting === 'interface' && isBareId(name));
};

const found = ({ value, start, end }: Text, what: string): FoundInCode => ({
  message: `The code depends on what the identifier "${value}" says${what}. Give it a named constant, or look the thing up by an attribute.`,
  start,
  end,
});

/** One finding for each literal identifier with parts that mean something, where an identifier is compared with it or made from it. */
export function* semanticLiterals(trail: Trail, setting: Setting): Generator<FoundInCode> {
  for (const { expression } of trail.comparisons) {
    const { left, right } = expression;
    if (isStructured(right) && isId(left, setting)) yield found(right, `: ${nameOf(left)} is compared with it`);
    else if (isStructured(left) && isId(right, setting)) yield found(left, `: ${nameOf(right)} is compared with it`);
  }
  for (const { expression } of trail.calls) {
    const [first, ...rest] = expression.arguments;
    if (
      expression.constructs &&
      rest.length === 0 &&
      isStructured(first?.value) &&
      isIdName(expression.name) &&
      !/key$/i.test(expression.name)
    ) {
      if (first.value.value.split(/[.:|/]/).length >= 2) yield found(first.value, '');
    } else if (/^(?:includes|contains|equals|Equals|include\?|equalsIgnoreCase)$/.test(expression.name) && first && expression.receiver) {
      const { receiver } = expression;
      if (isStructured(first.value) && isId(receiver, setting)) yield found(first.value, `: ${nameOf(receiver)} is compared with it`);
      else if (isStructured(receiver) && isId(first.value, setting)) yield found(receiver, `: ${nameOf(first.value)} is compared with it`);
      else if (receiver.kind === 'other' && isId(first.value, setting)) {
        const literal = receiver.children.find(isStructured);
        if (literal) yield found(literal, `: ${nameOf(first.value)} is compared with it`);
      }
    }
  }
}
