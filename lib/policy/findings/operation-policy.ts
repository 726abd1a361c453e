import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { conflictAt, PolicyFinding } from "./finding";
import {
  isInbound,
  Located,
  locatedInDocument,
  setsAuthorization,
  setsCallerHeader,
  signsInWithIdentity,
  usesCertificate,
  validatesToken,
} from "../merge/located";
import { SLOTS } from "../merge/placement";
import { attributeOf, SourceTree } from "../syntax/source-tree";
import { writeStatement } from "../merge/statement-text";
import { sectionOf } from "../merge/structure";

const LAYOUT = { newline: "\n", indent: "    ", unit: "  " };

/**
 * Statements as the policy of one operation. In the inbound section they stand before `<base />`, where the policy of the API runs:
 * after it the request carries the gateway's token, and no longer the consumer's.
 */
export function operationText(statements: readonly PolicyStatementConfig[]): string {
  const sections = Object.values(PolicySection).flatMap((section) => [
    `  <${section}>`,
    ...elementsOf(section, statements).map((element) => `    ${element}`),
    `  </${section}>`,
  ]);
  return ["<policies>", ...sections, "</policies>"].join("\n");
}

function elementsOf(section: PolicySection, statements: readonly PolicyStatementConfig[]): string[] {
  const base = "<base />";
  const inOrder = SLOTS.flatMap((slot) =>
    statements.filter((statement) => statement.section === section && statement.slot === slot),
  );
  const written = inOrder.flatMap((statement) => writeStatement(statement, LAYOUT));
  if (section === PolicySection.INBOUND) return [...written, base];
  // The backend section may hold one policy only.
  if (section === PolicySection.BACKEND && written.length > 0) return written;
  return [base, ...written];
}

/** The statement of those that an operation cannot have, since the policy of the API takes back what it does. */
export function misplacedInOperation(statements: readonly PolicyStatementConfig[]): PolicyStatementConfig | undefined {
  return statements.find(({ slot }) => slot === PolicySlot.CALLER_IDENTITY);
}

/** What the policy of an operation must not do, beside that of its API. */
export function operationFindings(tree: SourceTree): PolicyFinding[] {
  const inbound = sectionOf(tree, PolicySection.INBOUND);
  const base = inbound?.children.find(({ name }) => name === "base");
  const start = (base ?? inbound ?? tree.roots[0])?.start ?? 0;
  if (!base)
    return [
      conflictAt(
        tree,
        start,
        "NO_BASE",
        "The inbound section has no <base />: the policy of the API, and with it the gateway's token, would not run.",
        "write <base /> in it, last of all unless something must run after the policy of the API",
      ),
    ];

  return locatedInDocument(tree)
    .filter((located) => !isInbound(located) || located.element.start >= base.end)
    .flatMap((located) => [...replacedToken(tree, located), ...leakedToken(tree, located)]);
}

/** What takes the place of the gateway's token, or means the consumer's. */
function replacedToken(tree: SourceTree, located: Located): PolicyFinding[] {
  const { element, section, aside } = located;
  const { name, start } = element;
  if (aside || (section !== PolicySection.INBOUND && section !== PolicySection.BACKEND)) return [];
  const replaced = (message: string, resolution: string): PolicyFinding[] => [
    conflictAt(tree, start, "TOKEN_REPLACED_LATER", message, resolution),
  ];
  if (name === "set-backend-service")
    return replaced(
      "set-backend-service stands after <base />: the gateway's token for the API's backend would go somewhere else.",
      "write another backend as one of the branches of the SecureApimBackend, which gets a token of its own",
    );
  if (setsAuthorization(located) || signsInWithIdentity(located) || usesCertificate(located)) {
    return replaced(`${name} stands after <base />, and takes the place of the gateway's token.`, `remove the ${name}`);
  }
  if (setsCallerHeader(located))
    return replaced(
      "set-header stands after <base /> and sets an X-Caller-* header, which the backend trusts to come from a validated token.",
      "write PolicyStatement.forwardCallerIdentity() in the policy of the API, or give the header another name",
    );
  if (validatesToken(located) && readsAuthorization(located)) {
    return replaced(
      `${name} stands after <base />, where Authorization holds the gateway's token and no longer the consumer's.`,
      `move the ${name} before <base />`,
    );
  }
  const header = attributeOf(element, "name")?.trim() ?? "";
  if (name === "set-header" && /^@|\{\{/.test(header))
    return replaced(
      "<set-header> has a name that is computed, which may be Authorization: it would take the place of the gateway's token.",
      "write the name",
    );
  return [];
}

/** What takes the gateway's token along to somewhere else. */
function leakedToken(tree: SourceTree, { element }: Located): PolicyFinding[] {
  const { name, start } = element;
  const says = (attribute: string): string | undefined => attributeOf(element, attribute)?.trim();
  if ((name === "send-request" || name === "send-one-way-request") && says("mode") === "copy") {
    return [
      conflictAt(
        tree,
        start,
        "COPIED_TOKEN",
        `<${name}> copies the request, and with it the gateway's token, to somewhere else.`,
        'write mode="new", and the headers that it needs',
      ),
    ];
  }
  if (name === "forward-request" && says("follow-redirects") === "true") {
    return [
      conflictAt(
        tree,
        start,
        "FOLLOWED_REDIRECTS",
        "<forward-request> follows redirects, and takes the gateway's token wherever they lead.",
        'remove follow-redirects="true": redirects then go to the consumer',
      ),
    ];
  }
  return [];
}

/** Where a validation reads the token from, unless it says otherwise. */
function readsAuthorization({ element }: Located): boolean {
  const elsewhere = ["token-value", "query-parameter-name"].some((name) => attributeOf(element, name) !== undefined);
  const header = attributeOf(element, "header-name")?.trim().toLowerCase() ?? "authorization";
  return !elsewhere && header === "authorization";
}
