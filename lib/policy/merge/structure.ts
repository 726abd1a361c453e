import { PolicyStatementConfig } from "../policy-statement";
import { conflictAt, PolicyFinding } from "../findings/finding";
import { SourceElement, SourceTree } from "../syntax/source-tree";

/** Whether the document has what a merge needs: one root, and each section at most once. */
export function structuralFindings(tree: SourceTree, statements: readonly PolicyStatementConfig[]): PolicyFinding[] {
  const [root, second] = tree.roots;
  if (!root) return [conflictAt(tree, 0, "ROOT", "The document has no element.", writePolicies())];
  if (second)
    return [
      conflictAt(
        tree,
        second.start,
        "ROOT",
        `<${second.name}> stands beside the document's first element, and a document has one.`,
        writePolicies(),
      ),
    ];
  if (root.name === "fragment")
    return [
      conflictAt(
        tree,
        root.start,
        "FRAGMENT",
        "The document is a policy fragment, which has no sections to merge into.",
        'publish it as a fragment, and write PolicyStatement.includeFragment("...") to include it',
      ),
    ];
  if (root.name !== "policies")
    return [
      conflictAt(
        tree,
        root.start,
        "ROOT",
        `The document is a <${root.name}>, and not a policy document.`,
        writePolicies(),
      ),
    ];

  const findings: PolicyFinding[] = [];
  const seen = new Set<string>();
  for (const section of root.children) {
    if (seen.has(section.name)) {
      findings.push(
        conflictAt(
          tree,
          section.start,
          "REPEATED_SECTION",
          `The document has a second section <${section.name}>, and API Management accepts one.`,
          `move what it holds into the first <${section.name}>`,
        ),
      );
    }
    seen.add(section.name);
    const [, repeated] = section.children.filter(({ name }) => name === "base");
    if (repeated) {
      findings.push(
        conflictAt(
          tree,
          repeated.start,
          "REPEATED_BASE",
          `The section <${section.name}> has <base /> twice: the parent policies would run twice.`,
          "remove one <base />",
        ),
      );
    }
  }
  for (const section of new Set(statements.map((statement) => statement.section))) {
    if (seen.has(section)) continue;
    findings.push(
      conflictAt(
        tree,
        root.start,
        "MISSING_SECTION",
        `The document has no section <${section}>. None is added, since an added section would change what the document inherits.`,
        `write <${section}><base /></${section}> within <policies>`,
      ),
    );
  }
  const forwarding = sectionOf(tree, "backend")?.children ?? [];
  if (forwarding.length > 1) {
    const [first, next] = forwarding;
    const { line, column } = tree.position(first.start);
    const message = `The section <backend> holds <${next.name}> beside <${first.name}> at ${line}:${column}, and API Management accepts one element in it.`;
    findings.push(
      conflictAt(
        tree,
        next.start,
        "SEVERAL_FORWARDINGS",
        message,
        "keep one of them, with the others in it, or move the others to <inbound>",
      ),
    );
  }
  return findings;
}

/** A section of a document whose structure is sound. */
export function sectionOf(tree: SourceTree, name: string): SourceElement | undefined {
  return tree.roots[0]?.children.find((section) => section.name === name);
}
// What statements may not be

export function writePolicies(): string {
  return "write <policies> around the sections <inbound>, <backend>, <outbound> and <on-error>";
}
