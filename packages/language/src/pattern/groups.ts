import type { PatternNode, PatternSpan } from "./tree.ts";

/** A named group of a pattern and what stands around it. */
export interface NamedGroup {
  readonly name: string;
  readonly nameSpan: PatternSpan;
  readonly span: PatternSpan;
  /** What it captures. */
  readonly node: PatternNode;
  /** Whether it takes part in every match. */
  readonly sure: boolean;
  /** What the pattern asks of the text behind the group, in its order. */
  readonly after: readonly PatternNode[];
}

/** The named groups in the order in which they open. */
export function namedGroups(tree: PatternNode): readonly NamedGroup[] {
  const groups: NamedGroup[] = [];
  const walk = (node: PatternNode, sure: boolean, after: readonly PatternNode[]): void => {
    switch (node.kind) {
      case "empty":
      case "literal":
      case "any":
      case "class":
      case "assertion":
        return;
      case "sequence":
        for (const [index, part] of node.nodes.entries()) {
          walk(part, sure, [...node.nodes.slice(index + 1), ...after]);
        }
        return;
      case "choice":
        for (const branch of node.branches) walk(branch, false, after);
        return;
      case "repeat": {
        const again: PatternNode = { ...node, min: 0 };
        const more = node.max === undefined || node.max > 1;
        walk(node.node, sure && node.min > 0, more ? [again, ...after] : after);
        return;
      }
      case "group":
        if (node.name !== undefined) {
          groups.push({
            name: node.name.text,
            nameSpan: node.name.span,
            span: node.span,
            node: node.node,
            sure,
            after,
          });
        }
        walk(node.node, sure, after);
        return;
    }
  };
  walk(tree, true, []);
  return groups;
}

/** Whether a group without a name stands in the pattern. */
export function hasUnnamedGroup(node: PatternNode): boolean {
  switch (node.kind) {
    case "sequence":
      return node.nodes.some(hasUnnamedGroup);
    case "choice":
      return node.branches.some(hasUnnamedGroup);
    case "repeat":
      return hasUnnamedGroup(node.node);
    case "group":
      return node.name === undefined || hasUnnamedGroup(node.node);
    case "empty":
    case "literal":
    case "any":
    case "class":
    case "assertion":
      return false;
  }
}
