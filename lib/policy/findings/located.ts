import { PolicySection, elementsOf, StatementConfig } from "../statement";
import { isCallerHeader } from "../names";
import { allElements, attributeOf, Place, positionOf, SourceElement, SourceTree } from "../syntax/source-tree";

/** An element and what follows from its place in the document. */
export interface Located {
  readonly element: SourceElement;
  readonly section: string;
  /** Whether it is inside another policy, such as `choose`, and may not run for every request. */
  readonly nested: boolean;
  /** Whether it is about another request or a response instead of the request to the backend. */
  readonly aside: boolean;
  /** The statement that contains it; none if it is in the user's document. */
  readonly statement?: StatementConfig;
}

/** An element of a document or of a statement, for checks of what surrounds the policy. */
export interface PolicyElement extends Place {
  readonly name: string;
  readonly section: string;
  /** Whether it is inside another policy. */
  readonly nested: boolean;
}

/** Every policy of a document and of statements, at its place. */
export function policyElements(tree: SourceTree, statements: readonly StatementConfig[]): PolicyElement[] {
  const located = [...locatedInDocument(tree), ...statements.flatMap(locatedInStatement)];
  return located.map((found) => {
    const { element, section, nested } = found;
    return { name: element.name, section, nested, ...placeOf(tree, found) };
  });
}

/** Policies about other requests or responses, and elements whose text may look like policies. */
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

/** A section of the document. */
export function sectionOf(tree: SourceTree, name: string): SourceElement | undefined {
  return tree.roots[0]?.children.find((section) => section.name === name);
}

/** Every policy of a document's sections, in document order. */
export function locatedInDocument(tree: SourceTree): Located[] {
  const sections = tree.roots.flatMap((root) => root.children);
  return sections.flatMap((section) => locatedIn(section.children, section.name));
}

export function locatedInStatement(statement: StatementConfig): Located[] {
  return locatedIn(elementsOf(statement), statement.section, statement);
}

function locatedIn(roots: readonly SourceElement[], section: string, statement?: StatementConfig): Located[] {
  const direct = new Set(roots);
  const aside = new Set<SourceElement>();
  return allElements(roots).map((element) => {
    const parent = direct.has(element) ? undefined : element.parent;
    if (parent && (ASIDE.has(parent.name) || aside.has(parent))) aside.add(element);
    return { element, section, nested: parent !== undefined, aside: aside.has(element), statement };
  });
}

/** The place of an element in its document or statement. */
export function placeOf(tree: SourceTree, { element, statement }: Located): Place {
  if (!statement) return { source: tree.source, ...tree.position(element.start) };
  const source = `statement ${statement.kind}`;
  return { source, ...positionOf(statement.xml, element.start) };
}

export function isInbound({ section, aside }: Located): boolean {
  return section === PolicySection.INBOUND && !aside;
}

/** Whether it puts a managed identity's token into the request instead of a variable. */
export function signsInWithIdentity({ element }: Located): boolean {
  return (
    element.name === "authentication-managed-identity" &&
    attributeOf(element, "output-token-variable-name") === undefined
  );
}

/** Whether it sets `Authorization`, directly or by signing in with a password. */
export function setsAuthorization({ element }: Located): boolean {
  return element.name === "authentication-basic" || setsHeader(element, (name) => name === "authorization");
}

export function usesCertificate({ element }: Located): boolean {
  return element.name === "authentication-certificate";
}

/** Whether it sets a header that may come only from a validated token. */
export function setsCallerHeader({ element }: Located): boolean {
  return setsHeader(element, isCallerHeader);
}

function setsHeader(element: SourceElement, applies: (name: string) => boolean): boolean {
  const name = attributeOf(element, "name")?.trim().toLowerCase() ?? "";
  return element.name === "set-header" && applies(name) && attributeOf(element, "exists-action") !== "delete";
}

/** Whether it is about the request, before or while it is forwarded. */
export function isOfRequest({ section, aside }: Located): boolean {
  return !aside && (section === PolicySection.INBOUND || section === PolicySection.BACKEND);
}

/** Whether its header's name is known only when a request comes. */
export function hasComputedName({ element }: Located): boolean {
  return element.name === "set-header" && /^@|\{\{/.test(attributeOf(element, "name")?.trim() ?? "");
}

/** The name of the header that it sets or removes, in lower case. */
export function headerName({ element }: Located): string | undefined {
  return element.name === "set-header" ? attributeOf(element, "name")?.trim().toLowerCase() : undefined;
}

/** Whether it sends a copy of the request. */
export function copiesRequest({ element }: Located): boolean {
  const sends = element.name === "send-request" || element.name === "send-one-way-request";
  return sends && attributeOf(element, "mode")?.trim() === "copy";
}

export function followsRedirects({ element }: Located): boolean {
  return element.name === "forward-request" && attributeOf(element, "follow-redirects")?.trim() === "true";
}

export const TOKEN_VALIDATIONS: ReadonlySet<string> = new Set(["validate-azure-ad-token", "validate-jwt"]);

export function validatesToken({ element }: Located): boolean {
  return TOKEN_VALIDATIONS.has(element.name);
}
