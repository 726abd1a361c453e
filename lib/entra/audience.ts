import { Op, Precondition } from "cdktf";
import { Construct } from "constructs";
import { isComputedId, isOwnClientId } from "../azure/computed";
import { matchesAtPlan } from "../core/at-plan";
import { checkLazy } from "../core/at-synth";
import { conditionMessage, fail } from "../core/fail";
import { GUID } from "../core/ids";
import { isToken } from "../core/tokens";
import { AUDIENCE, isManagementAudience, MANAGEMENT, URI } from "./audience-text";
import { SERVICE_AUDIENCE, SERVICE_CLIENT_ID } from "./azure-services";
import { IAppRegistration } from "./registration";
import { requireGiven, requireText } from "../core/given";

/** How the audiences of each factory are written. */
const FORMS = {
  registration: { form: AUDIENCE, foreign: SERVICE_AUDIENCE, what: "a client ID or an application ID URI" },
  clientId: { form: GUID, foreign: SERVICE_CLIENT_ID, what: "a client ID" },
  uri: { form: URI, foreign: SERVICE_AUDIENCE, what: "an application ID URI" },
  azureService: { form: AUDIENCE, foreign: MANAGEMENT, what: "a client ID or an application ID URI" },
};

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
    private readonly kind: keyof typeof FORMS,
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
    if (!isToken(resource)) return this.checkedLiteral(scope, resource);
    checkLazy(scope, resource, (literal) => this.checkedLiteral(scope, literal));
    return resource;
  }

  private checkedLiteral(scope: Construct, resource: string): string {
    const { kind } = this;
    if (kind === "azureService") return checkTokenResource(scope, resource);
    if (isManagementAudience(resource))
      fail(
        scope,
        "management-audience",
        `The audience "${resource}" is Azure Resource Manager or Microsoft Graph. With a token for it, the backend could act on Azure ` +
          `as the gateway.`,
        'Use the audience of the backend: Audience.registration(registration), or Audience.clientId("...") with its client ID.',
      );
    if (resource.endsWith("/.default")) {
      const uri = resource.slice(0, -"/.default".length);
      fail(
        scope,
        "scope-as-audience",
        `The audience "${resource}" is a scope. A managed identity requests a token for the application ID URI.`,
        `Write the application ID URI: "${uri}".`,
      );
    }
    const { form, what } = FORMS[kind];
    if (!form.test(resource))
      fail(
        scope,
        "invalid-audience",
        `Audience.${kind}("${resource}") is not ${what}.`,
        'Write Audience.clientId("00000000-0000-0000-0000-000000000000") with the client ID of the backend\'s app registration, or ' +
          'Audience.uri("api://...") with its application ID URI.',
      );
    return resource;
  }

  /**
   * What Terraform has to check of an audience that only Terraform knows.
   *
   * @internal
   */
  public _conditions(scope: Construct): Precondition[] {
    const { resource, kind } = this;
    if (!isToken(resource) || isOwnClientId(scope, resource)) return [];
    const { form, foreign } = FORMS[kind];
    // An id that Entra ID gives has the form of one, but a data source can read that of Microsoft Graph.
    const isOther = Op.not(matchesAtPlan(resource, foreign));
    const condition = isComputedId(scope, resource) ? isOther : Op.and(matchesAtPlan(resource, form), isOther);
    const errorMessage =
      kind === "azureService"
        ? conditionMessage(
            "token-resource-at-plan",
            "The token resource must be an application ID URI or a client ID, and not that of Azure Resource Manager or Microsoft Graph. " +
              "With a token for them, consumers of the API could manage Azure as the gateway.",
            "Pass the token resource of the service's data, for example https://storage.azure.com/.",
          )
        : conditionMessage(
            "audience-at-plan",
            "The audience must be the client ID or the application ID URI of the backend's own app registration, and not Azure Resource " +
              "Manager, Microsoft Graph or an Azure service. With a token for them, the backend could act there as the gateway.",
            "Pass the audience of the backend. For an Azure service, write its audience as a literal.",
          );
    return [{ condition, errorMessage }];
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
