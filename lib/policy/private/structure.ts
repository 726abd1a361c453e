import * as errors from "../../core/policy-errors";
import { PolicyStatementConfig } from "../policy-statement";
import { conflictAt, PolicyFinding } from "./finding";
import { SourceElement, SourceTree } from "./source-tree";

/** Whether the document has what a merge needs: one root, and each section at most once. */
export function structuralFindings(tree: SourceTree, statements: readonly PolicyStatementConfig[]): PolicyFinding[] {
  const [root, second] = tree.roots;
  if (!root) return [conflictAt(tree, 0, "ROOT", errors.noRoot(), errors.writePolicies())];
  if (second) return [conflictAt(tree, second.start, "ROOT", errors.secondRoot(second.name), errors.writePolicies())];
  if (root.name === "fragment")
    return [conflictAt(tree, root.start, "FRAGMENT", errors.fragmentRoot(), errors.includeFragment())];
  if (root.name !== "policies")
    return [conflictAt(tree, root.start, "ROOT", errors.otherRoot(root.name), errors.writePolicies())];

  const findings: PolicyFinding[] = [];
  const seen = new Set<string>();
  for (const section of root.children) {
    if (seen.has(section.name)) {
      findings.push(
        conflictAt(
          tree,
          section.start,
          "REPEATED_SECTION",
          errors.repeatedSection(section.name),
          errors.oneSection(section.name),
        ),
      );
    }
    seen.add(section.name);
    const [, repeated] = section.children.filter(({ name }) => name === "base");
    if (repeated) {
      findings.push(
        conflictAt(tree, repeated.start, "REPEATED_BASE", errors.repeatedBase(section.name), errors.oneBase()),
      );
    }
  }
  for (const section of new Set(statements.map((statement) => statement.section))) {
    if (seen.has(section)) continue;
    findings.push(
      conflictAt(tree, root.start, "MISSING_SECTION", errors.missingSection(section), errors.writeSection(section)),
    );
  }
  const forwarding = sectionOf(tree, "backend")?.children ?? [];
  if (forwarding.length > 1) {
    const [first, next] = forwarding;
    const { line, column } = tree.position(first.start);
    const message = errors.severalForwardings(first.name, next.name, line, column);
    findings.push(conflictAt(tree, next.start, "SEVERAL_FORWARDINGS", message, errors.oneForwarding()));
  }
  return findings;
}

/** A section of a document whose structure is sound. */
export function sectionOf(tree: SourceTree, name: string): SourceElement | undefined {
  return tree.roots[0]?.children.find((section) => section.name === name);
}
