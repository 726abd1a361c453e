import { Construct } from "constructs";
import { claim } from "../core/claims";
import { fail } from "../core/fail";
import { checkName, defaultName, kebabCase, NameRule } from "../core/names";
import { POLICY_NAMES } from "../policy/names";
import { checkedGateway, IApimGateway } from "./gateway";

/** The rule for most names on an API Management service. */
function childName(what: string): NameRule {
  return {
    what,
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9])?$/,
    allowed: "1 to 80 letters, digits, _ and -, with a letter or digit first and last",
  };
}

/** The name patterns of the azurerm provider, stricter where Azure is. */
export const NAME_RULES = {
  apimService: {
    what: "API Management name",
    pattern: /^[a-zA-Z](?:[0-9a-zA-Z-]{0,48}[0-9a-zA-Z])?$/,
    allowed: "1 to 50 letters, digits and hyphens, with a letter first and no hyphen last",
  },
  publisherName: { what: "publisher name", pattern: /^.{1,100}$/, allowed: "1 to 100 characters on one line" },
  publisherEmail: {
    what: "publisher email address",
    pattern: /^(?=.{1,100}$)[^\s@]+@\S+$/,
    allowed: "an address such as api@contoso.com",
  },
  hostName: {
    what: "host name of a custom domain",
    pattern: /^(?=.{4,253}$)(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)+[0-9A-Za-z]{2,63}$/,
    allowed: "a name such as api.contoso.com, without https:// and wildcards",
  },
  api: { what: "API name", pattern: /^[^*#&+]{1,256}$/, allowed: "1 to 256 characters without * # & +" },
  existingApi: {
    what: "API name",
    pattern: /^(?!.*;rev=)[^*#&+]{1,256}$/,
    allowed: "1 to 256 characters without * # & + and without ;rev= (set revision instead)",
  },
  existingRevision: {
    what: "revision",
    pattern: /^[A-Za-z0-9._-]{1,100}$/,
    allowed: "1 to 100 letters, digits and . _ -",
  },
  apiPath: {
    what: "API path",
    pattern: /^(?:|\w|[\w.][\w\-/.:]{0,398}[\w-])$/,
    allowed: 'at most 400 letters, digits and _ - / . : with no slash first or last, or "" for the root',
  },
  operation: childName("operation id"),
  versionSet: childName("version set name"),
  version: {
    what: "version",
    pattern: /^[\w.-]{1,100}$/,
    allowed: "1 to 100 letters, digits and _ . -",
  },
  revision: {
    what: "revision",
    pattern: /^[A-Za-z0-9]{1,100}$/,
    allowed: "1 to 100 letters and digits",
  },
  backend: {
    what: "API Management backend name",
    pattern: /^\w(?:[\w-]{0,78}\w)?$/,
    allowed: "1 to 80 letters, digits, _ and hyphens, with no hyphen first or last",
  },
  logger: childName("logger name"),
  fragment: childName("policy fragment name"),
  product: childName("product name"),
  tag: childName("tag name"),
  namedValue: childName("name of a named value"),
  queryName: { ...POLICY_NAMES.header, what: "query parameter name" },
} satisfies Record<string, NameRule>;

/** Kinds of things whose names are unique on a gateway, and the property that names each. */
const NAMED = {
  fragment: { what: "policy fragment", property: "fragmentName" },
  logger: { what: "logger", property: "loggerName" },
  namedValue: { what: "named value", property: "namedValueName" },
  product: { what: "product", property: "productId" },
  tag: { what: "tag", property: "tagName" },
  versionSet: { what: "version set", property: "versionSetName" },
} as const;

/** Claims a name on a gateway: the given one, or the construct id in kebab-case. A name that is already used there is an error. */
export function claimNameOnGateway(
  scope: Construct,
  gateway: IApimGateway,
  kind: keyof typeof NAMED,
  given: string | undefined,
): string {
  checkedGateway(scope, gateway);
  const name = given ?? defaultName(scope);
  const holder = claim(gateway, kind, checkName(scope, NAME_RULES[kind], name, kebabCase(name)), scope);
  const { what, property } = NAMED[kind];
  if (holder !== undefined)
    fail(
      scope,
      "name-taken-on-gateway",
      `The ${what} name "${name}" on gateway "${gateway.node.path}" is already used by "${holder}".`,
      `Choose another name: ${property}: "...".`,
    );
  return name;
}
