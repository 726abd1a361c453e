import { Construct } from "constructs";
import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { keyOf, serviceOf } from "../api/declared-apis";
import { securedTwice } from "../api/second-backend";
import { cloudSoFar } from "../azure/clouds/stack-cloud";
import { addToGroup } from "../core/grouped";
import { lostBy } from "../core/removed";
import { stateOf } from "../core/state";
import { surveyOfApp } from "../core/survey";
import { expressionOf } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { NameOf, namesIn } from "./names-in-app";

/** An API that the library secures. */
interface Secured {
  readonly scope: Construct;
  readonly gateway: IApimGateway;
  readonly name: string;
}

/** An API by its name. */
interface Api {
  readonly apiName: string;
  /** The API, if the app declares it. */
  readonly api?: Pick<ApiManagementApi, "nameInput"> | undefined;
}

/** Makes it an error at synth to secure one API twice in an app, by whatever it and its service are called, and in whatever stacks. */
export function forbidSecuredTwice(scope: Construct, gateway: IApimGateway, { apiName, api }: Api): void {
  const { root } = scope.node;
  const name = api?.nameInput ?? apiName;
  const secured: Secured = { scope, gateway, name };
  const all = stateOf(root, "secured-apis", () => new SecuredApis());
  all.add(secured);
  const nameOf = surveyOfApp(scope, "names-of-secured-apis", (elements) =>
    stateOf(root, "names-of-secured-apis-in-app", () => namesIn(elements)),
  );
  scope.node.addValidation({
    validate: () => {
      const other = all.before(secured, nameOf());
      return other ? [securedTwice(expressionOf(scope, name) ?? name, other.scope.node.path)] : [];
    },
  });
}

class SecuredApis {
  private readonly keys = new Map<Secured, readonly string[]>();
  private readonly byKey = new Map<string, Secured[]>();
  private added: Secured[] = [];

  public add(secured: Secured): void {
    this.added.push(secured);
  }

  /** One of the same API, in any stack, whose construct was made before. */
  public before(secured: Secured, nameOf: NameOf): Secured | undefined {
    for (const each of this.added) {
      const keys = keysOf(each, nameOf);
      this.keys.set(each, keys);
      keys.forEach((key) => addToGroup(this.byKey, key, each));
    }
    this.added = [];
    const firsts = (this.keys.get(secured) ?? []).flatMap(
      (key) => this.byKey.get(key)?.find(({ scope }) => lostBy(scope) === undefined) ?? [],
    );
    return firsts.find((first) => first !== secured);
  }
}

function keysOf({ scope, gateway, name }: Secured, nameOf: NameOf): string[] {
  const service = serviceOf(gateway);
  const ofService = service ? nameOf(service, service.nameInput) : nameOf(scope, gateway.apimName);
  const api = nameOf(scope, name);
  return keyOf(cloudSoFar(scope), ofService?.text, api?.text, api?.revision ?? "");
}
