import { PolicySection, PolicyStatementConfig } from "../policy-statement";
import { PolicyFinding, PolicyIssue } from "./finding";
import { SourceElement, SourceTree } from "./source-tree";
import { sectionOf } from "./structure";

/** What the sections of a document do not hold, although most people mean them to. It is never added silently. */
export function sectionWarnings(tree: SourceTree, statements: readonly PolicyStatementConfig[]): PolicyFinding[] {
  const warning = (kind: PolicyIssue, { start }: SourceElement, message: string): PolicyFinding => ({
    severity: "warning",
    kind,
    source: tree.source,
    ...tree.position(start),
    message,
    resolutions: [],
  });
  const changed = (section: PolicySection): boolean => statements.some((statement) => statement.section === section);
  const inbound = changed(PolicySection.INBOUND) ? sectionOf(tree, PolicySection.INBOUND) : undefined;
  const backend = changed(PolicySection.BACKEND) ? undefined : sectionOf(tree, PolicySection.BACKEND);
  const cors = inbound && lateCors(inbound);
  return [
    ...tree.doubts.map((place): PolicyFinding => ({
      severity: "warning",
      kind: "BROKEN_CODE",
      source: tree.source,
      ...place,
      message: "The code of this expression is broken: a string or a bracket in it is never closed. API Management will refuse it.",
      resolutions: [],
    })),
    ...(inbound && !holds(inbound, "base") ? [warning("NO_BASE", inbound, "The section <inbound> has no <base />: it inherits nothing, token validation of the product or the service included.")] : []),
    ...(cors ? [warning("LATE_CORS", cors, "<cors> comes after other policies, and preflight requests run into them first. Write it before <base />.")] : []),
    ...(backend?.children.length === 0 ? [warning("NO_FORWARDING", backend, "The section <backend> is empty: no request is forwarded, and consumers get an empty answer. Write <base /> in it.")] : []),
  ];
}

function holds(section: SourceElement, name: string): boolean {
  return section.children.some((child) => child.name === name);
}

function lateCors({ children }: SourceElement): SourceElement | undefined {
  const first = children.findIndex(({ name }) => name !== "base" && name !== "cors");
  return first < 0 ? undefined : children.slice(first).find(({ name }) => name === "cors");
}
