import { Construct } from "constructs";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { errorAtUser, finding } from "../core/fail";
import { lostBy } from "../core/removed";
import { stateOf } from "../core/state";
import { expressionOf, identityInApp } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { keyOf, serviceNames } from "./declared-apis";

/** An API by its name. */
interface Secured {
  readonly apiName: string;
  /** The API, if the app declares it. */
  readonly api?: Pick<ApiManagementApi, "nameInput"> | undefined;
}

/** Refuses an API that exists without the library, if another backend has it: a second policy would overwrite the first. */
export function refuseSecondBackend({ node }: Construct, api: string, holder: string): never {
  throw errorAtUser(`[${node.path}] ${securedTwice(api, holder)}`);
}

function securedTwice(api: string, holder: string): string {
  return finding(
    "api-secured-twice",
    `The API "${api}" already has the backend of "${holder}".`,
    "An API has one policy. For several backends, write branches on that SecureApimBackend.",
  );
}

/** Makes it an error at synth to secure one API twice in an app, by whatever it and its service are called, and in whatever stacks. */
export function forbidSecuredTwice(scope: Construct, gateway: IApimGateway, { apiName, api }: Secured): void {
  const scopes = stateOf(scope.node.root, "secured-apis", () => new Map<string, Construct>());
  const name = api?.nameInput ?? apiName;
  scope.node.addValidation({
    validate: () => {
      const keys = keysOf(scope, gateway, name);
      const holders = keys.flatMap((key) => scopes.get(key) ?? []);
      const other = holders.find((each) => each !== scope && lostBy(each) === undefined);
      if (other) return [securedTwice(expressionOf(scope, name) ?? name, other.node.path)];
      keys.forEach((key) => scopes.set(key, scope));
      return [];
    },
  });
}

function keysOf(scope: Construct, gateway: IApimGateway, name: string): string[] {
  const identity = identityInApp(scope, name);
  return serviceNames(gateway).flatMap((service) => keyOf(identity, identityInApp(scope, service)));
}
