import { PolicySection, PolicyStatementConfig, PolicySlot } from "../policy-statement";
import { PolicyFinding, PolicyIssue } from "./finding";
import { SourceElement, SourceTree, attributeOf } from "../syntax/source-tree";
import { sectionOf } from "../merge/structure";
import { PolicyConflict } from "../policy-conflict";
import {
  isInbound,
  Located,
  locatedInDocument,
  locatedInStatement,
  placeOf,
  setsAuthorization,
  signsInWithIdentity,
  usesCertificate,
  validatesToken,
} from "../merge/located";
import { Resolutions } from "../merge/resolutions";

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
      message:
        "The code of this expression is broken: a string or a bracket in it is never closed. API Management will refuse it.",
      resolutions: [],
    })),
    ...(inbound && !holds(inbound, "base")
      ? [
          warning(
            "NO_BASE",
            inbound,
            "The section <inbound> has no <base />: it inherits nothing, token validation of the product or the service included.",
          ),
        ]
      : []),
    ...(cors
      ? [
          warning(
            "LATE_CORS",
            cors,
            "<cors> comes after other policies, and preflight requests run into them first. Write it before <base />.",
          ),
        ]
      : []),
    ...(backend?.children.length === 0
      ? [
          warning(
            "NO_FORWARDING",
            backend,
            "The section <backend> is empty: no request is forwarded, and consumers get an empty answer. Write <base /> in it.",
          ),
        ]
      : []),
  ];
}

function holds(section: SourceElement, name: string): boolean {
  return section.children.some((child) => child.name === name);
}

function lateCors({ children }: SourceElement): SourceElement | undefined {
  const first = children.findIndex(({ name }) => name !== "base" && name !== "cors");
  return first < 0 ? undefined : children.slice(first).find(({ name }) => name === "cors");
}

/** What holds whatever is merged, or cannot be decided by a name: errors to be mended in the document, and things to know. */
export function observations(
  tree: SourceTree,
  statements: readonly PolicyStatementConfig[],
  resolutions: Resolutions,
): PolicyFinding[] {
  const inbound = statements.filter(({ section }) => section === PolicySection.INBOUND);
  const has = (slot: PolicySlot): boolean => inbound.some((statement) => statement.slot === slot);
  const elements = [...locatedInDocument(tree), ...statements.flatMap(locatedInStatement)];
  const removed = new Set(
    inbound
      .filter(({ slot }) => slot === PolicySlot.CLEANUP)
      .flatMap(locatedInStatement)
      .map(headerName),
  );
  const observed = (
    applies: boolean,
    what: (located: Located) => boolean,
    say: (located: Located) => Said,
  ): PolicyFinding[] =>
    applies
      ? elements.filter(what).map((located) => ({
          ...say(located),
          ...placeOf(tree, located),
          resolutions: say(located).resolutions ?? [],
        }))
      : [];

  return [
    ...observed(has(PolicySlot.TOKEN), ignoresErrors, () => ({
      severity: "conflict",
      kind: "IGNORED_ERROR",
      message:
        '<authentication-managed-identity> has ignore-error="true": where it gets no token, the consumer\'s own goes to the backend.',
      resolutions: ["remove the attribute ignore-error"],
    })),
    ...observed(has(PolicySlot.TOKEN), replacesToken, ({ element }) => ({
      severity: "conflict",
      kind: "TOKEN_REPLACED_LATER",
      message: `<${element.name}> in the section <backend> changes Authorization after the gateway's token was put there.`,
      resolutions: [`move <${element.name}> to the section <inbound>, or remove it`],
    })),
    ...observed(
      true,
      (located) => located.statement !== undefined && isSecondOfItsKind(located, elements),
      ({ element }) => ({
        severity: "conflict",
        kind: "ONCE_IN_A_DOCUMENT",
        message: `A document can have <${element.name}> once, and this is the second one.`,
        resolutions: [`remove one <${element.name}>, or write this one in the policy of a product or of an operation`],
      }),
    ),
    ...observed(has(PolicySlot.VALIDATION), isConditionalValidation, ({ element }) => ({
      severity: "warning",
      kind: "CONDITIONAL_VALIDATION",
      message: `<${element.name}> validates the token of some requests once more, after the validation that is inserted.`,
    })),
    ...observed(has(PolicySlot.TOKEN) && resolutions.of(PolicyConflict.BACKEND) === "keep", choosesBackend, () => ({
      severity: "warning",
      kind: "KEPT_BACKEND",
      message:
        "The backend chosen here is kept, and receives the gateway's token. It must be the one that the token is for.",
    })),
    ...observed(
      true,
      (located) => isInbound(located) && setsOneOf(removed, located),
      ({ element }) => ({
        severity: "warning",
        kind: "HEADER_REMOVED",
        message: `The header ${attributeOf(element, "name") ?? ""} is set here, and removed again before the backend is called.`,
      }),
    ),
    ...observed(has(PolicySlot.TOKEN), copiesToken, ({ element }) => ({
      severity: "warning",
      kind: "COPIED_TOKEN",
      message: `<${element.name} mode="copy"> here sends a copy of the request, the gateway's token included. Write mode="new", or remove Authorization in it.`,
    })),
    ...observed(has(PolicySlot.TOKEN), followsRedirects, ({ element }) => ({
      severity: "warning",
      kind: "FOLLOWED_REDIRECTS",
      message: `<${element.name}> follows redirects: the gateway's token goes wherever the backend points to. Write follow-redirects="false".`,
    })),
    ...observed(has(PolicySlot.TOKEN), setsUnknownHeader, ({ element }) => ({
      severity: "warning",
      kind: "UNKNOWN_HEADER",
      message: `<${element.name}> sets a header whose name cannot be seen here. If it is Authorization, the gateway's token is lost.`,
    })),
    ...observed(true, isOpaque, ({ element }) => ({
      severity: "warning",
      kind: "OPAQUE_FRAGMENT",
      message: `What the fragment "${attributeOf(element, "fragment-id") ?? ""}" holds cannot be seen here. It must neither choose the backend nor set Authorization.`,
    })),
    ...sectionWarnings(tree, statements),
  ];
}

interface Said {
  readonly severity: "conflict" | "warning";
  readonly kind: PolicyIssue;
  readonly message: string;
  readonly resolutions?: readonly string[];
}

/**
 * Policies that a document may hold once, wherever in it.
 *
 * @see https://learn.microsoft.com/azure/api-management/rate-limit-policy#usage-notes
 */
const ONCE = new Set(["rate-limit", "quota"]);

function isSecondOfItsKind(located: Located, all: readonly Located[]): boolean {
  const { name } = located.element;
  return (
    ONCE.has(name) && !located.aside && all.find((other) => !other.aside && other.element.name === name) !== located
  );
}

function headerName({ element }: Located): string | undefined {
  return element.name === "set-header" ? attributeOf(element, "name")?.trim().toLowerCase() : undefined;
}

/** Whether the user's own text gives a value to one of the headers. */
function setsOneOf(headers: ReadonlySet<string | undefined>, located: Located): boolean {
  const name = headerName(located);
  const isUsers = located.statement === undefined && attributeOf(located.element, "exists-action") !== "delete";
  return isUsers && name !== undefined && headers.has(name);
}

/** Of a fragment that a statement includes, who wrote the statement knows. */
function isOpaque({ element, section, aside, statement }: Located): boolean {
  return element.name === "include-fragment" && !aside && isOfRequest(section) && statement === undefined;
}

function isOfRequest(section: string): boolean {
  return section === PolicySection.INBOUND || section === PolicySection.BACKEND;
}

function isConditionalValidation(located: Located): boolean {
  return located.nested && isInbound(located) && validatesToken(located);
}

function choosesBackend({ element, aside, statement }: Located): boolean {
  return element.name === "set-backend-service" && !aside && statement === undefined;
}

function ignoresErrors(located: Located): boolean {
  const ignored = attributeOf(located.element, "ignore-error")?.trim().toLowerCase() ?? "";
  return isInbound(located) && signsInWithIdentity(located) && ["true", "1"].includes(ignored);
}

/** From the backend section on, the request carries the gateway's token, and so does a copy of it. */
function copiesToken({ element, section }: Located): boolean {
  const sends = element.name === "send-request" || element.name === "send-one-way-request";
  return sends && section !== PolicySection.INBOUND && attributeOf(element, "mode")?.trim() === "copy";
}

function followsRedirects({ element }: Located): boolean {
  return element.name === "forward-request" && attributeOf(element, "follow-redirects")?.trim() === "true";
}

/** A header whose name is computed may be `Authorization`. */
function setsUnknownHeader({ element, section, aside }: Located): boolean {
  const name = attributeOf(element, "name")?.trim() ?? "";
  return section === PolicySection.BACKEND && !aside && element.name === "set-header" && /^@|\{\{/.test(name);
}

/** The backend section runs after the gateway's token has been set. */
function replacesToken(located: Located): boolean {
  if (located.section !== PolicySection.BACKEND || located.aside) return false;
  return (
    headerName(located) === "authorization" ||
    setsAuthorization(located) ||
    usesCertificate(located) ||
    signsInWithIdentity(located)
  );
}

const VARIABLE = "output-token-variable-name";

/** Variables that a removed element would have set, and that what stays still names: reading one fails when a request comes. */
export function lostVariables(
  before: SourceTree,
  removed: readonly SourceElement[],
  after: SourceTree,
  statements: readonly PolicyStatementConfig[],
): PolicyFinding[] {
  const set = new Set(statements.flatMap(locatedInStatement).map(({ element }) => attributeOf(element, VARIABLE)));
  return removed.flatMap((element): PolicyFinding[] => {
    const variable = attributeOf(element, VARIABLE);
    if (variable === undefined || set.has(variable) || !after.text.includes(variable)) return [];
    const message = `<${element.name}> is removed, and with it the variable "${variable}", which the document names elsewhere. Give the statement that replaces it this name.`;
    const place = { source: before.source, ...before.position(element.start) };
    return [{ severity: "warning", kind: "LOST_VARIABLE", ...place, message, resolutions: [] }];
  });
}
