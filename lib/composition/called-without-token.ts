import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { fail } from "../core/fail";
import { stateOf } from "../core/state";
import { identityOf } from "../core/tokens";

/** A backend that is only an address. */
interface CalledAddress {
  readonly scope: IConstruct;
  readonly url: string;
}

/** The addresses that the APIs of a construct tree call, in the order in which they were created. */
interface CalledAddresses {
  /** The first one of each host. */
  readonly byHost: Map<string, CalledAddress>;
  /** Those whose host is not known yet. */
  readonly others: CalledAddress[];
}

/**
 * Whether the gateway calls a backend without a token. All APIs in front of one app are in the phase of the app, because they call it as
 * one identity, whose grant may not work yet.
 *
 * @param own what the backend itself says; a backend that is only an address says nothing
 * @see docs/guides/from-keys-to-identity.md
 */
export function isCalledWithoutToken(scope: IConstruct, url: string, own?: boolean): boolean {
  const { root } = scope.node;
  const apps = stateOf(root, "apps-without-token", () => new Set<string>());
  const addresses = stateOf(root, "called-hosts", (): CalledAddresses => ({ byHost: new Map(), others: [] }));
  if (own === undefined) {
    addresses.others.push({ scope, url });
    return apps.size > 0 && apps.has(hostOf(scope, url));
  }
  if (own) {
    const host = hostOf(scope, url);
    const earlier = apps.has(host) ? undefined : firstAt(host, addresses);
    if (earlier) refuseLater(scope, earlier.scope);
    apps.add(host);
  }
  return own;
}

/** Most apps of the user have no phases, so hosts are found only when one is asked for. */
function firstAt(host: string, { byHost, others }: CalledAddresses): CalledAddress | undefined {
  for (const each of others.splice(0)) {
    const ofEach = hostOf(each.scope, each.url);
    if (!byHost.has(ofEach)) byHost.set(ofEach, each);
  }
  return byHost.get(host);
}

function refuseLater(scope: IConstruct, earlier: IConstruct): never {
  fail(
    scope,
    "app-called-before-its-phase",
    `The gateway calls the app without a token at first, but "${earlier.node.path}" calls it by its address with one, and was created before.`,
    `Create "${earlier.node.path}" after "${scope.node.path}".`,
  );
}

/** The scheme and the host of an address, the same in every stack. */
function hostOf(scope: IConstruct, url: string): string {
  const { path } = TerraformStack.of(scope).node;
  const address = identityOf(scope, url) ?? url;
  const [host] = /^https?:\/\/(?:\$\{[^}]*\}|[^/$])+/i.exec(address) ?? [address];
  return host.replace(/\$\{(?!<)/g, () => `\${<${path}>`).toLowerCase();
}
