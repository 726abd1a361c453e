import { Construct } from "constructs";
import { fail } from "../core/fail";
import { isToken } from "../core/tokens";
import { GUID, isManagementAudience, URI } from "./audience-text";
import { IAppRegistration } from "./registration";
import { requireGiven, requireText } from "../core/given";

/** What the gateway's token is for: the `resource` of `authentication-managed-identity`. */
export class Audience {
  /** An app registration of this app. The gateway is granted access to it. */
  public static registration(registration: IAppRegistration): Audience {
    requireGiven("Audience.registration", registration, {
      name: "registration",
      has: ["tokenResource", "grantInvoke"],
      example: "an AppRegistration, or the registration of a SecureApimBackend that has one",
    });
    return new Audience(registration.tokenResource, "registration", registration);
  }

  /** The client ID of a registration that is managed elsewhere. Access for the gateway must be granted there. */
  public static clientId(guid: string): Audience {
    return new Audience(guid, "clientId");
  }

  /** The application ID URI (`api://…` or `https://…`) of a registration that is managed elsewhere. Access for the gateway must be granted there. */
  public static uri(uri: string): Audience {
    return new Audience(uri, "uri");
  }

  /**
   * The audience of an Azure service. Its backend grants access to the gateway.
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
    const { resource, kind } = this;
    requireText(
      scope,
      `audience in Audience.${kind}`,
      resource,
      'Audience.clientId("...") with the client ID of the backend',
    );
    if (isToken(resource)) return resource;
    if (kind === "azureService") return checkTokenResource(scope, resource);
    if (isManagementAudience(resource))
      fail(
        scope,
        "management-audience",
        `The audience "${resource}" is Azure Resource Manager or Microsoft Graph. With a token for it, the backend could act on Azure ` +
          `as the gateway.`,
        'Use the audience of the backend: Audience.registration(registration), or Audience.clientId("...") with its client ID.',
      );
    if (kind === "registration") return resource;
    if (!(kind === "clientId" ? GUID : URI).test(resource))
      fail(
        scope,
        "invalid-audience",
        `Audience.${kind}("${resource}") is not ${kind === "clientId" ? "a client ID" : "an application ID URI"}.`,
        'Write Audience.clientId("00000000-0000-0000-0000-000000000000") with the client ID of the backend\'s app registration, or ' +
          'Audience.uri("api://...") with its application ID URI.',
      );
    return resource;
  }
}

/** The audience, if it is one. */
export function checkedAudience(scope: Construct, audience: Audience): Audience {
  return requireGiven(scope, audience, {
    name: "audience",
    has: ["_tokenResource", "_registration"],
    example: 'Audience.registration(registration), Audience.clientId("...") or Audience.uri("api://...")',
  });
}

function checkTokenResource(scope: Construct, resource: string): string {
  if (isManagementAudience(resource))
    fail(
      scope,
      "management-token-resource",
      `The token resource "${resource}" is Azure Resource Manager or Microsoft Graph. With a token for it, consumers of the API could ` +
        `manage Azure as the gateway.`,
      'Use the token resource of the service\'s data, for example "https://storage.azure.com/".',
    );
  if (!URI.test(resource) && !GUID.test(resource))
    fail(
      scope,
      "invalid-token-resource",
      `The token resource "${resource}" is neither an application ID URI nor a client ID.`,
      'Write what tokens for the service are issued for, for example "https://storage.azure.com/".',
    );
  return resource;
}
