import { CloudName, issuerOf } from "../../azure/clouds/hosts";
import { isToken } from "../../core/tokens";
import { inbound, PolicySlot, StatementConfig, PolicySection } from "../statement";
import {
  FORWARDING_KIND,
  INHERITED_FORWARDING_KIND,
  TOKEN_VARIABLE,
  TOKEN_VARIABLE_ATTRIBUTE,
  TOOL_TOKEN_HEADER,
} from "../names";
import { checkLiteral, literalAttribute } from "../statements/writing/literal";
import { A_TENANT, AN_AUDIENCE, AN_ID, checkedByTerraform } from "../statements/writing/terraform-value";
import { Attributes, leaf, leaves, node } from "../statements/writing/xml";
import { PolicyDocument } from "../policy-document";
import { PolicyValue } from "../policy-value";
import { TOKEN_VALIDATIONS } from "../findings/effects";
import { sectionOf } from "../findings/located";
import { insertedId } from "../inserted";
import { allElements, attributeOf, SourceElement } from "../syntax/source-tree";

/** The callers whose tokens an API accepts. */
export interface CallerValidation {
  /** The cloud whose Entra ID issues the tokens. */
  readonly cloud: CloudName;
  readonly tenantId: string;
  readonly audiences: readonly string[];
  readonly callers: readonly { readonly principalId: string; readonly clientId?: string }[];
  /** Whether the gateway itself is a caller: its MCP servers send their token in a header of their own, its other APIs in Authorization. */
  readonly fromOwnGateway: boolean;
}

const TENANT_OF_CALLERS = "the tenant id of callers";

/**
 * Accepts only the callers: by their client ids if all of them are known, or else by their object ids, which are known of every
 * gateway.
 *
 * @see https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy
 * @see https://learn.microsoft.com/azure/api-management/validate-jwt-policy
 */
export function callerValidation(validation: CallerValidation): StatementConfig {
  const clientIds = validation.callers.flatMap(({ clientId }) => (clientId === undefined ? [] : [clientId]));
  // In another cloud, the policy for Entra tokens needs an attribute that older self-hosted gateways do not know.
  const byClientId = clientIds.length === validation.callers.length && validation.cloud === "public";
  return inbound(
    PolicySlot.ACCESS,
    "require-caller",
    byClientId ? validateEntraToken(validation, clientIds) : validateJwt(validation),
  );
}

/** Hides the token of an MCP server from the backend, which could call the API with it. */
export const TOOL_TOKEN_REMOVAL = inbound(
  PolicySlot.CLEANUP,
  "tool-token-header",
  node("set-header", { name: TOOL_TOKEN_HEADER, "exists-action": "delete" }),
);

/** Either header, without "Bearer". */
const EITHER_TOKEN = PolicyValue.expression(
  `context.Request.Headers.GetValueOrDefault("${TOOL_TOKEN_HEADER}", ` +
    `context.Request.Headers.GetValueOrDefault("Authorization", "").Split(' ').Last())`,
)._attribute;

/** Where the token of a caller is. */
function tokenPlace({ fromOwnGateway }: CallerValidation): Attributes {
  return fromOwnGateway ? { "token-value": EITHER_TOKEN } : { "header-name": "Authorization" };
}

function validateEntraToken(validation: CallerValidation, clientIds: readonly string[]): string {
  const { tenantId, audiences } = validation;
  const attributes = {
    "tenant-id": written(TENANT_OF_CALLERS, tenantId, A_TENANT),
    ...tokenPlace(validation),
    "failed-validation-httpcode": "401",
    [TOKEN_VARIABLE_ATTRIBUTE]: TOKEN_VARIABLE,
  };
  return node("validate-azure-ad-token", attributes, [
    ...leaves(
      "client-application-ids",
      "application-id",
      clientIds.map((id) => written("the client id of a caller", id)),
    ),
    ...leaves("audiences", "audience", audiences.map(writtenAudience)),
  ]);
}

/** The issuer comes from the OpenID configuration, because a tenant given by its domain issues tokens under its id. */
function validateJwt(validation: CallerValidation): string {
  const { cloud, tenantId, audiences, callers, fromOwnGateway } = validation;
  const issuer = issuerOf(cloud, written(TENANT_OF_CALLERS, tenantId, A_TENANT));
  const attributes = {
    ...tokenPlace(validation),
    "failed-validation-httpcode": "401",
    "require-scheme": fromOwnGateway ? undefined : "Bearer",
    [TOKEN_VARIABLE_ATTRIBUTE]: TOKEN_VARIABLE,
  };
  const objectIds = callers.map(({ principalId }) => leaf("value", written("the object id of a caller", principalId)));
  return node("validate-jwt", attributes, [
    node("openid-config", { url: `${issuer}/.well-known/openid-configuration` }),
    ...leaves("audiences", "audience", audiences.map(writtenAudience)),
    node("required-claims", {}, [node("claim", { name: "oid", match: "any" }, objectIds)]),
  ]);
}

/** An id or a domain, in text or in an attribute. */
function written(what: string, value: string, kind = AN_ID): string {
  if (isToken(value)) return checkedByTerraform(what, value, kind);
  return literalAttribute(what, checkLiteral("callers", "The id or domain", value));
}

function writtenAudience(audience: string): string {
  return written("an audience of callers", audience, AN_AUDIENCE);
}

const VARIABLE = /context\.Variables\["([^"]+)"\]/;

/** The variable that the caller's identity is read from. */
export interface IdentityVariable {
  readonly name: string;
  /** Whether a validation before it fills it. If not, every request would fail, or the token would not be validated. */
  readonly isValidated: boolean;
  /** The start of an element that gives it another value after that. */
  readonly overwrittenBy?: string;
  /** The name of a validation that fills it only after it is read; only if none fills it before. */
  readonly validatedLater?: string;
}

/** The variable that the identity is read from in the merged document. A parent policy may have validated it. */
export function identityVariable(document: PolicyDocument): IdentityVariable | undefined {
  const statement = document._statements.find(({ kind }) => FORWARDING_KINDS.has(kind));
  const name = statement && VARIABLE.exec(statement.xml)?.[1];
  if (name === undefined) return undefined;
  const policies = sectionOf(document._analyze().merged, PolicySection.INBOUND)?.children ?? [];
  const reader = policies.findIndex((element) => FORWARDING_KINDS.has(insertedId(element)?.kind ?? ""));
  const before = policies.slice(0, Math.max(reader, 0));
  const validation = before.map((element) => validates(element, name)).lastIndexOf(true);
  const [writer] = allElements(before.slice(validation + 1)).flatMap((element) => writing(element, name) ?? []);
  const later = validation >= 0 ? [] : policies.slice(before.length);
  return {
    name,
    validatedLater: later.find((element) => validates(element, name))?.name,
    isValidated: validation >= 0 || statement?.kind === INHERITED_FORWARDING_KIND,
    overwrittenBy: writer,
  };
}

const FORWARDING_KINDS: ReadonlySet<string> = new Set([FORWARDING_KIND, INHERITED_FORWARDING_KIND]);

function validates(element: SourceElement, variable: string): boolean {
  return TOKEN_VALIDATIONS.has(element.name) && attributeOf(element, TOKEN_VARIABLE_ATTRIBUTE) === variable;
}

/**
 * The start of an element that gives the variable another value than a validated token. Only `set-variable` calls the variable just
 * `name`. A name that is computed may be any.
 */
function writing(element: SourceElement, variable: string): string | undefined {
  if (validates(element, variable)) return undefined;
  const written = element.attributes.find(
    ({ name, value }) =>
      (name.endsWith("variable-name") || (element.name === "set-variable" && name === "name")) &&
      (value.trim() === variable || /^\s*@|\{\{/.test(value)),
  );
  return written && `<${element.name} ${written.name}="${written.value}">`;
}
