import type { Node } from 'web-tree-sitter';

type Find = (node: Node) => Node | null | undefined;

/** The first child of one of the types. */
export const child =
  (...types: readonly string[]): Find =>
  (node) =>
    node.namedChildren.find((one) => one && types.includes(one.type));

/** The type of a declarator, which is written once for several; but not the word that says that there is none. */
export const typeOfParent: Find = (node) => {
  const type = node.parent?.childForFieldName('type');
  return type?.text === 'var' ? undefined : type;
};

/** The child after the first one of a type. */
export const after =
  (type: string): Find =>
  (node) => {
    const children = node.namedChildren;
    return children[children.findIndex((one) => one?.type === type) + 1];
  };
