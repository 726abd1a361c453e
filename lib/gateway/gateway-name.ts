import { Construct, IConstruct } from "constructs";
import { claim } from "../core/claims";
import { checkName, defaultName, kebabCase } from "../core/names";
import { NAME_RULES } from "./name-rules";
import { fail } from "../core/fail";

/** What has a name on a gateway, unique among its kind there: what to call it, and the property that names it. */
const NAMED = {
  fragment: { what: "policy fragment", property: "fragmentName" },
  logger: { what: "logger", property: "loggerName" },
  namedValue: { what: "named value", property: "namedValueName" },
  product: { what: "product", property: "productId" },
  tag: { what: "tag", property: "tagName" },
  versionSet: { what: "version set", property: "versionSetName" },
} as const;

/** The name that something gets on a gateway: the given one, or the construct id in kebab-case. Refuses one that another has there. */
export function nameOnGateway(
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
      `The ${what} "${name}" on the gateway "${gateway.node.path}" is taken by "${holder}". Write another name: ${property}: "...".`,
    );
  return name;
}
