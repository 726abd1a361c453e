import { Construct } from "constructs";
import { AzapiResource } from "../../../azure/azapi";
import { IAppRegistration } from "../../../entra/registration";
import { entraProvider, lockThroughAzapi } from "./azapi-sign-in";
import { SignIn } from "./sign-in";

/**
 * Sets the Entra sign-in of an app by its resource ID.
 *
 * `authsettingsV2` exists as soon as the site does, and Azure has no DELETE for it. `azapi_resource` would require an import at
 * the first apply, and fail at `destroy`. `azapi_update_resource` reads it, merges the body into it and writes it back; when
 * destroyed, it leaves the app locked. Since it keeps what the body does not mention, the body mentions everything that could
 * let in other callers or keep out the gateway: paths without sign-in, a file with other settings, other providers, groups and
 * applications. `null` removes a value. Providers are disabled as azurerm does it.
 *
 * @param app the app as messages name it
 * @see https://learn.microsoft.com/azure/templates/microsoft.web/sites/config-authsettingsv2
 * @see https://github.com/Azure/terraform-provider-azapi/blob/main/docs/resources/update_resource.md
 */
export function lockSite(
  scope: Construct,
  siteId: string,
  registration: IAppRegistration,
  signIn: SignIn,
  app = siteId,
): AzapiResource {
  const { validation, ...provider } = entraProvider(scope, registration);
  const { allowedPrincipals } = validation.defaultAuthorizationPolicy;
  const off = { enabled: false };
  const resource = lockThroughAzapi(scope, app, registration, {
    resourceType: "azapi_update_resource",
    type: "Microsoft.Web/sites/config@2023-12-01",
    name: "authsettingsV2",
    parentId: siteId,
    body: {
      properties: {
        platform: { enabled: true, configFilePath: null },
        globalValidation: {
          requireAuthentication: !signIn._isOpen,
          unauthenticatedClientAction: signIn._action,
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
  signIn._announce(scope, app, resource);
  return resource;
}
