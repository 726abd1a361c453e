import { IConstruct } from "constructs";
import { finding } from "./fail";

/** The construct that has lost another one, or what that one is in; `undefined` for a construct that is in its tree. */
export function lostBy({ node }: IConstruct): IConstruct | undefined {
  const { scopes } = node;
  return scopes.find((scope, at) => {
    const next = scopes[at + 1];
    return next !== undefined && scope.node.tryFindChild(next.node.id) !== next;
  });
}

/** The finding for a construct that was taken off the tree with `tryRemoveChild`. */
export function removedFinding({ node }: IConstruct, loser: IConstruct): string {
  return finding(
    "guarded-resource-removed",
    `"${node.path}" was removed from the construct tree, but "${loser.node.path}" is not closed without it.`,
    `Do not remove it with tryRemoveChild. If you do not need "${loser.node.path}", remove that instead.`,
  );
}
