import { Construct } from "constructs";
import * as errors from "../core/errors";
import { isToken } from "../core/tokens";
import { GUID, isManagementAudience, URI } from "./private/audience-text";
import { IAppRegistration } from "./registration";

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
    if (isManagementAudience(resource)) throw errors.managementAudience(scope, resource);
    if (this.kind === "registration") return resource;
    const rule = this.kind === "clientId" ? GUID : URI;
    if (!rule.test(resource)) throw errors.invalidAudience(scope, `Audience.${this.kind}`, resource);
    return resource;
  }
}

function checkTokenResource(scope: Construct, resource: string): string {
  if (isManagementAudience(resource)) throw errors.managementTokenResource(scope, resource);
  if (!URI.test(resource) && !GUID.test(resource)) throw errors.invalidTokenResource(scope, resource);
  return resource;
}
