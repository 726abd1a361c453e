import { Precondition } from "cdktf";
import { Construct } from "constructs";
import { AzapiResource } from "../../azure/azapi";
import { isOfAzureResource } from "../../azure/computed";
import { matchesAtPlan } from "../../core/at-plan";
import { checkLazy } from "../../core/at-synth";
import { claim } from "../../core/claims";
import { fail, finding } from "../../core/fail";
import { requireProps } from "../../core/given";
import { requireAtPlan } from "../../core/guard";
import { expressionOf, isToken } from "../../core/tokens";
import { createRegistration } from "../../entra/app-registration";
import { Audience } from "../../entra/audience";
import { IAppRegistration } from "../../entra/registration";
import { PolicyDocument } from "../../policy/policy-document";
import { IApimBackend } from "../backend";
import { OpaqueBackend, failLockedTwice } from "../bound";
import { entraProvider, lockThroughAzapi } from "./sign-in/azapi-sign-in";
import { noteLocked } from "./sign-in/slot-survey";

/** How the gateway calls an app that another Terraform state owns. */
export interface ExistingAppOptions {
  /**
   * The Entra app registration of the app. Callers get tokens for it.
   *
   * @default - a new registration
   */
  readonly registration?: IAppRegistration;
}

/** Fits Terraform's syntax as well. */
const SITE_ID = /^[/]subscriptions[/][^/]+[/]resourceGroups[/][^/]+[/]providers[/]Microsoft[.]Web[/]sites[/][^/]+$/i;

/** Reference to an app or slot that azurerm manages in the same stack. A data source does not match. */
const MANAGED_APP =
  /(?<![\w.])azurerm_(?:(?:linux|windows)_(?:function|web)_app(?:_slot)?|function_app_flex_consumption)\.[\w-]+/;

/** See `Backend.existingApp`. */
export function existingApp(siteId: string, url: string, props: ExistingAppOptions = {}): IApimBackend {
  return new OpaqueBackend("Backend.existingApp", (scope, options) => {
    requireProps(scope, props, "Backend.existingApp(siteId, url, { registration })", ["registration"]);
    checkSiteId(scope, siteId);
    const declaredObject = isToken(siteId) ? expressionOf(scope, siteId)?.match(MANAGED_APP)?.[0] : undefined;
    if (declaredObject !== undefined)
      fail(
        scope,
        "existing-app-declared-here",
        `Backend.existingApp received the ID of ${declaredObject}, which this stack declares. At each apply, azurerm would remove the ` +
          `sign-in that azapi sets.`,
        "Use the factory that accepts your object, for example Backend.fromLinuxFunctionApp(app).",
      );
    const lockedBy = claim(scope.node.root, "site", siteId, scope);
    if (lockedBy !== undefined) failLockedTwice(scope, siteId, lockedBy);

    noteLocked(scope, "*");
    const registration = props.registration ?? createRegistration(scope, options.defaultName);
    return {
      url,
      audience: Audience.registration(registration),
      policy: PolicyDocument.EMPTY,
      dependencies: [lockSite(scope, siteId, registration)],
    };
  });
}

const SITE_ID_REMEDY =
  'Write the ID that Azure shows under "Resource ID", without a slot: ' +
  '"/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Web/sites/<app>".';

function checkSiteId(scope: Construct, siteId: string): void {
  checkLazy(scope, siteId, (literal) => checkSiteId(scope, literal));
  if (!isToken(siteId) && !SITE_ID.test(siteId))
    fail(
      scope,
      "invalid-site-id",
      `"${siteId}" is not the resource ID of an App Service or Functions app.`,
      SITE_ID_REMEDY,
    );
}

/** What Terraform has to check of the ID of an app that only it knows. */
function siteConditions(scope: Construct, siteId: string): Precondition[] {
  if (!isToken(siteId) || isOfAzureResource(scope, siteId)) return [];
  return [
    {
      condition: matchesAtPlan(siteId, SITE_ID),
      errorMessage: finding(
        "site-id-at-plan",
        "The ID of the existing app must be the resource ID of an App Service or Functions app, or another resource would be changed.",
        SITE_ID_REMEDY,
      ),
    },
  ];
}

/**
 * Sets the Entra sign-in of an app by its resource ID.
 *
 * `authsettingsV2` exists as soon as the site does, and Azure has no DELETE for it. `azapi_resource` would require an import at
 * the first apply, and fail at `destroy`. `azapi_update_resource` reads it, merges the body into it and writes it back; when
 * destroyed, it leaves the app locked. Since it keeps what the body does not mention, the body mentions everything that could
 * let in other callers or keep out the gateway: paths without sign-in, a file with other settings, other providers, groups and
 * applications. `null` removes a value. Providers are disabled as azurerm does it.
 *
 * @see https://learn.microsoft.com/azure/templates/microsoft.web/sites/config-authsettingsv2
 * @see https://github.com/Azure/terraform-provider-azapi/blob/main/docs/resources/update_resource.md
 */
function lockSite(scope: Construct, siteId: string, registration: IAppRegistration): AzapiResource {
  const { validation, ...provider } = entraProvider(registration);
  const { allowedPrincipals } = validation.defaultAuthorizationPolicy;
  const off = { enabled: false };
  const signIn = lockThroughAzapi(scope, siteId, registration, {
    resourceType: "azapi_update_resource",
    type: "Microsoft.Web/sites/config@2023-12-01",
    name: "authsettingsV2",
    parentId: siteId,
    body: {
      properties: {
        platform: { enabled: true, configFilePath: null },
        globalValidation: {
          requireAuthentication: true,
          unauthenticatedClientAction: "Return401",
          excludedPaths: null,
        },
        httpSettings: { requireHttps: true },
        login: { tokenStore: { enabled: false } },
        identityProviders: {
          azureActiveDirectory: {
            ...provider,
            validation: {
              ...validation,
              jwtClaimChecks: { allowedClientApplications: null, allowedGroups: null },
              defaultAuthorizationPolicy: {
                allowedApplications: null,
                allowedPrincipals: { ...allowedPrincipals, groups: null },
              },
            },
          },
          apple: off,
          azureStaticWebApps: off,
          facebook: off,
          gitHub: off,
          google: off,
          legacyMicrosoftAccount: off,
          twitter: off,
          customOpenIdConnectProviders: null,
        },
      },
    },
  });
  requireAtPlan(signIn, siteConditions(scope, siteId));
  return signIn;
}
