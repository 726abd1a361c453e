import { Construct, IConstruct } from "constructs";
import { claim } from "../core/claims";
import { fail } from "../core/fail";
import { checkName, defaultName, kebabCase } from "../core/names";
import { NAME_RULES } from "./name-rules";

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
  gateway: IConstruct,
  kind: keyof typeof NAMED,
  given: string | undefined,
): string {
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
