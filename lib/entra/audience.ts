import { Construct } from "constructs";
import { isToken } from "../core/tokens";
import { GUID, isManagementAudience, URI } from "./audience-text";
import { IAppRegistration } from "./registration";
import { fail } from "../core/fail";

/** For whom the gateway's token is: the `resource` of `authentication-managed-identity`. */
export class Audience {
  /** An app registration of this app. The gateway is granted access to it. */
  public static registration(registration: IAppRegistration): Audience {
    return new Audience(registration.tokenResource, "registration", registration);
  }

  /** The client id of a registration that lives elsewhere. Somebody else must let the gateway in. */
  public static clientId(guid: string): Audience {
    return new Audience(guid, "clientId");
  }

  /** The application id URI of a registration that lives elsewhere, `api://…` or `https://…`. Somebody else must let the gateway in. */
  public static uri(uri: string): Audience {
    return new Audience(uri, "uri");
  }

  /**
   * What tokens for an Azure service are for. Its backend sees to it that the gateway is let in.
   *
   * @internal
   */
  public static _azureService(tokenResource: string): Audience {
    return new Audience(tokenResource, "azureService");
  }

  private constructor(
    private readonly resource: string,
    private readonly kind: "registration" | "clientId" | "uri" | "azureService",
    private readonly appRegistration?: IAppRegistration,
  ) {}

  /** @internal */
  public get _registration(): IAppRegistration | undefined {
    return this.appRegistration;
  }

  /** @internal */
  public _tokenResource(scope: Construct): string {
    const resource = this.resource;
    if (isToken(resource)) return resource;
    if (this.kind === "azureService") return checkTokenResource(scope, resource);
    if (isManagementAudience(resource))
      fail(
        scope,
        "management-audience",
        `The audience "${resource}" is that of Azure Resource Manager or Microsoft Graph: the backend would receive a token ` +
          `with which it could act on Azure as the gateway. ` +
          `Write the backend's own: Audience.registration(registration), or Audience.clientId("...") with its client id.`,
      );
    if (this.kind === "registration") return resource;
    const rule = this.kind === "clientId" ? GUID : URI;
    if (!rule.test(resource)) invalidAudience(scope, `Audience.${this.kind}`, resource);
    return resource;
  }
}

function checkTokenResource(scope: Construct, resource: string): string {
  if (isManagementAudience(resource))
    fail(
      scope,
      "management-token-resource",
      `The token resource "${resource}" is that of Azure Resource Manager or Microsoft Graph, with which one manages Azure: ` +
        `consumers of the API could do so as the gateway. Write that of the service's data, for example ` +
        `"https://storage.azure.com/".`,
    );
  if (!URI.test(resource) && !GUID.test(resource))
    fail(
      scope,
      "invalid-token-resource",
      `The token resource "${resource}" is neither an application id URI nor a client id. Write what tokens for the service are ` +
        `for, for example "https://storage.azure.com/".`,
    );
  return resource;
}
// Policy
// Entra ID

export function invalidAudience(scope: Construct, factory: string, value: string): never {
  fail(
    scope,
    "invalid-audience",
    `${factory}("${value}") is no ${factory === "Audience.clientId" ? "client id" : "application id URI"}. ` +
      `Write Audience.clientId("00000000-0000-0000-0000-000000000000") with the client id of the backend's app registration, ` +
      `or Audience.uri("api://...") with its application id URI.`,
  );
}
