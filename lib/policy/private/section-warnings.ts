import * as errors from "../../core/policy-errors";
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
      message: errors.brokenCode(),
      resolutions: [],
    })),
    ...(inbound && !holds(inbound, "base") ? [warning("NO_BASE", inbound, errors.noBase())] : []),
    ...(cors ? [warning("LATE_CORS", cors, errors.lateCors())] : []),
    ...(backend?.children.length === 0 ? [warning("NO_FORWARDING", backend, errors.noForwarding())] : []),
  ];
}

function holds(section: SourceElement, name: string): boolean {
  return section.children.some((child) => child.name === name);
}

function lateCors({ children }: SourceElement): SourceElement | undefined {
  const first = children.findIndex(({ name }) => name !== "base" && name !== "cors");
  return first < 0 ? undefined : children.slice(first).find(({ name }) => name === "cors");
}
