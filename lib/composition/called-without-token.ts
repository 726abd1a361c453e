import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { stateOf } from "../core/state";
import { identityOf } from "../core/tokens";

/**
 * Whether the gateway calls a backend without a token. All APIs in front of one app are in the phase of the app, because they call it as
 * one identity, whose grant may not work yet.
 *
 * @param own what the backend itself says; a backend that is only an address says nothing
 * @see docs/guides/from-keys-to-identity.md
 */
export function isCalledWithoutToken(scope: IConstruct, url: string, own?: boolean): boolean {
  const apps = stateOf(scope.node.root, "apps-without-token", () => new Set<string>());
  if (own === true) apps.add(addressOf(scope, url));
  return own ?? (apps.size > 0 && apps.has(addressOf(scope, url)));
}

/** An address that is the same in every stack. */
function addressOf(scope: IConstruct, url: string): string {
  const { path } = TerraformStack.of(scope).node;
  const address = identityOf(scope, url) ?? url;
  return address.replace(/\$\{(?!<)/g, () => `\${<${path}>`).toLowerCase();
}
