import { PolicySection, PolicyStatementConfig } from "../policy-statement";
import { isCallerHeader } from "../gateway/caller-headers";
import { statementElements } from "./statement-text";
import { allElements, attributeOf, SourceElement, SourcePosition, SourceTree } from "../syntax/source-tree";

/** An element, and what its place in the document makes of it. */
export interface Located {
  readonly element: SourceElement;
  readonly section: string;
  /** Whether it stands within another policy, such as `choose`, and may not take effect on every request. */
  readonly nested: boolean;
  /** Whether it is about a request of its own, or about a response, and not about the request to the backend. */
  readonly aside: boolean;
  /** The statement it is in; none where it is in the user's document. */
  readonly statement?: PolicyStatementConfig;
}

/** An element of a document or of a statement, for those who look for a policy that something else does not allow. */
export interface PolicyElement extends SourcePosition {
  readonly name: string;
  readonly section: string;
  /** The file or the statement to which line and column belong. */
  readonly source: string;
  /** Whether it stands within another policy. */
  readonly nested: boolean;
}

export function policyElements(tree: SourceTree, statements: readonly PolicyStatementConfig[]): PolicyElement[] {
  const located = [...locatedInDocument(tree), ...statements.flatMap(locatedInStatement)];
  return located.map((found) => {
    const { element, section, nested } = found;
    return { name: element.name, section, nested, ...placeOf(tree, found) };
  });
}

/** What is about something else than the request to the backend: other requests, responses, and text that only looks like policies. */
const ASIDE = new Set([
  "send-request",
  "send-one-way-request",
  "return-response",
  "mock-response",
  "set-body",
  "value",
  "message",
  "xsl-transform",
]);

/** Every policy of a document's sections, in the order of writing. */
export function locatedInDocument(tree: SourceTree): Located[] {
  const sections = tree.roots.flatMap((root) => root.children);
  return sections.flatMap((section) => locatedIn(section.children, section.name));
}

export function locatedInStatement(statement: PolicyStatementConfig): Located[] {
  return locatedIn(statementElements(statement), statement.section, statement);
}

function locatedIn(roots: readonly SourceElement[], section: string, statement?: PolicyStatementConfig): Located[] {
  const direct = new Set(roots);
  const aside = new Set<SourceElement>();
  return allElements(roots).map((element) => {
    const parent = direct.has(element) ? undefined : element.parent;
    if (parent && (ASIDE.has(parent.name) || aside.has(parent))) aside.add(element);
    return { element, section, nested: parent !== undefined, aside: aside.has(element), statement };
  });
}

/** The document or the statement in which an element stands, and where in it. */
export function placeOf(
  tree: SourceTree,
  { element, statement }: Located,
): SourcePosition & { readonly source: string } {
  if (!statement) return { source: tree.source, ...tree.position(element.start) };
  const source = `statement ${statement.kind}`;
  return { source, ...new SourceTree(statement.xml, source, []).position(element.start) };
}

export function isInbound({ section, aside }: Located): boolean {
  return section === PolicySection.INBOUND && !aside;
}

/** Puts a token of a managed identity into the request, and not into a variable. */
export function signsInWithIdentity({ element }: Located): boolean {
  return (
    element.name === "authentication-managed-identity" &&
    attributeOf(element, "output-token-variable-name") === undefined
  );
}

/** Changes `Authorization`, directly or by a way of signing in that does. */
export function setsAuthorization({ element }: Located): boolean {
  return element.name === "authentication-basic" || setsHeader(element, (name) => name === "authorization");
}

export function usesCertificate({ element }: Located): boolean {
  return element.name === "authentication-certificate";
}

/** Says something of the caller that only a validated token may say. */
export function setsCallerHeader({ element }: Located): boolean {
  return setsHeader(element, isCallerHeader);
}

function setsHeader(element: SourceElement, applies: (name: string) => boolean): boolean {
  const name = attributeOf(element, "name")?.trim().toLowerCase() ?? "";
  return element.name === "set-header" && applies(name) && attributeOf(element, "exists-action") !== "delete";
}

export const TOKEN_VALIDATIONS: ReadonlySet<string> = new Set(["validate-azure-ad-token", "validate-jwt"]);

export function validatesToken({ element }: Located): boolean {
  return TOKEN_VALIDATIONS.has(element.name);
}
