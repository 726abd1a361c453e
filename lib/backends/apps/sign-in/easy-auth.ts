import { TerraformResource, Lazy } from "cdktf";
import { listLength } from "../../../core/tokens";
import { IAppRegistration } from "../../../entra/registration";
import { finding, fail } from "../../../core/fail";
import { isDeepStrictEqual } from "util";
import { Construct } from "constructs";
import {
  LinuxFunctionAppAuthSettingsV2,
  LinuxFunctionAppAuthSettingsV2ActiveDirectoryV2,
} from "@cdktf/provider-azurerm/lib/linux-function-app";
import { renderedAttributes } from "../../../core/rendered";
import { useRegistration } from "../../../entra/registration-base";

/** App Service Authentication keeps 500 characters of the allow-list, separators included: 13 object ids. */
const MAX_CALLERS = 13;

/** What is wrong with the list of those whom an app lets in: nobody would be everybody, and too many are cut off. */
export function allowListFindings(resource: TerraformResource, app: string, registration: IAppRegistration): string[] {
  const callers = listLength(resource, registration.allowedPrincipalIds);
  if (callers === 0)
    return [
      finding(
        "empty-allow-list",
        `Nobody is granted access to the app "${app}", and Azure reads an empty allow-list as "everybody in the tenant". ` +
          `Write registration.grantInvoke(gateway) on "${registration.node.path}", or pass the backend to a SecureApimBackend, which does it.`,
      ),
    ];
  return callers > MAX_CALLERS
    ? [
        finding(
          "allow-list-too-long",
          `${callers} callers are granted access to the app "${app}", and App Service keeps ${MAX_CALLERS} of them (500 characters). ` +
            `Let several callers share one identity, or put those that need no direct access behind the gateway.`,
        ),
      ]
    : [];
}

/** An app whose sign-in azurerm can set. The settings have one shape for all kinds of app; only their type names differ. */
export interface SignInApp extends TerraformResource {
  putAuthSettingsV2(settings: LinuxFunctionAppAuthSettingsV2): void;
}

/**
 * Sets the Entra sign-in of an app (App Service Authentication, "Easy Auth"): 401 without a token for the registration,
 * 403 for all but the callers that were granted access. The paths that are excluded answer to everybody. What is rendered at
 * synth must be exactly this, whatever else the stack's code did to the app.
 *
 * @see https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad
 */
export function lockSignIn(
  scope: Construct,
  app: SignInApp,
  registration: IAppRegistration,
  excludedPaths?: string[],
): void {
  useRegistration(scope, registration, "app");
  const before = renderedSignIn(app);
  if (before.length > 0) signInAlreadySet(scope, app.node.path, before[0].attribute);

  app.putAuthSettingsV2(settings(registration, excludedPaths));
  const ours = renderedSignIn(app);

  scope.node.addValidation({
    validate: () => {
      const findings = allowListFindings(app, app.node.path, registration);
      if (findings.length > 0) return findings;
      if (!isDeepStrictEqual(renderedSignIn(app), ours)) {
        return [
          finding(
            "sign-in-changed",
            `The sign-in of the app "${app.node.path}" was changed after it was locked: somebody other than the granted callers could get in. ` +
              `Remove what changes auth_settings_v2 or auth_settings on it (putAuthSettingsV2, resetAuthSettingsV2, addOverride, an ` +
              `aspect). To let another caller in, write registration.grantInvoke(Caller.servicePrincipal("...")).`,
          ),
        ];
      }
      return ignoresSignIn(app)
        ? [
            finding(
              "sign-in-ignored",
              `The app "${app.node.path}" has auth_settings_v2 in lifecycle.ignoreChanges: Terraform would leave its sign-in as it is now, open ` +
                `or not. Take it out of ignoreChanges; in place of "all", name the attributes to ignore.`,
            ),
          ]
        : [];
    },
  });
}

function settings(registration: IAppRegistration, excludedPaths?: string[]): LinuxFunctionAppAuthSettingsV2 {
  const activeDirectoryV2: LinuxFunctionAppAuthSettingsV2ActiveDirectoryV2 = {
    clientId: registration.clientId,
    tenantAuthEndpoint: `https://login.microsoftonline.com/${registration.tenantId}/v2.0`,
    allowedAudiences: registration.allowedAudiences,
    allowedIdentities: Lazy.listValue({ produce: () => registration.allowedPrincipalIds }),
  };
  return {
    authEnabled: true,
    requireAuthentication: true,
    unauthenticatedAction: "Return401",
    requireHttps: true,
    excludedPaths,
    activeDirectoryV2,
    login: { tokenStoreEnabled: false },
  };
}

interface RenderedSetting {
  readonly attribute: string;
  readonly value: unknown;
}

/** The sign-in as it stands in the Terraform JSON now, overrides included. */
function renderedSignIn(app: TerraformResource): RenderedSetting[] {
  const attributes = renderedAttributes(app);
  return ["auth_settings", "auth_settings_v2"]
    .filter((attribute) => attributes[attribute] !== undefined)
    .map((attribute) => ({ attribute, value: attributes[attribute] }));
}

/** Terraform leaves the sign-in of an app that exists as it is, however open, where the app's lifecycle tells it to. */
function ignoresSignIn(app: TerraformResource): boolean {
  const ignored = renderedAttributes(app).lifecycle?.ignore_changes ?? [];
  return ignored === "all" || ignored.some((attribute: string) => /^(all|auth_settings_v2\b.*)$/.test(attribute));
}
// Policy
// Entra ID
// Callers of an API
// Network

export function signInAlreadySet(scope: Construct, app: string, attribute: string): never {
  const property = attribute === "auth_settings" ? "authSettings" : "authSettingsV2";
  fail(
    scope,
    "sign-in-already-set",
    `The app "${app}" already has ${property}, which would be replaced. Remove ${property} from it: the sign-in is set here. ` +
      `Or leave it to the app, and write Backend.url(...) with its address and audience.`,
  );
}
