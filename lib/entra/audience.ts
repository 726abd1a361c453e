import { Construct } from "constructs";
import * as errors from "../core/errors";
import { isToken } from "../core/tokens";
import { IAppRegistration } from "./registration";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const URI = /^(https:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[\w\-.~:/@!$'()*,;=%]*)?|api:\/\/[\w\-.~:/@!$'()*,;=%]+)$/;

/** Azure Resource Manager and Microsoft Graph: a token for them, sent to a backend, lets the backend act as the gateway. */
const MANAGEMENT_AUDIENCES = new Set([
  "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  "00000003-0000-0000-c000-000000000000",
  "00000002-0000-0000-c000-000000000000",
  "https://management.azure.com",
  "https://management.core.windows.net",
  "https://graph.microsoft.com",
  "https://graph.windows.net",
]);

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

  private constructor(
    private readonly resource: string,
    private readonly kind: "registration" | "clientId" | "uri",
    private readonly appRegistration?: IAppRegistration,
  ) {}

  /** @internal */
  public get _registration(): IAppRegistration | undefined {
    return this.appRegistration;
  }

  /** @internal */
  public _tokenResource(scope: Construct): string {
    const resource = this.resource;
    if (this.kind === "registration" || isToken(resource)) return resource;
    if (MANAGEMENT_AUDIENCES.has(resource.toLowerCase().replace(/\/+$/, ""))) {
      throw errors.managementAudience(scope, resource);
    }
    const rule = this.kind === "clientId" ? GUID : URI;
    if (!rule.test(resource)) throw errors.invalidAudience(scope, `Audience.${this.kind}`, resource);
    return resource;
  }
}
