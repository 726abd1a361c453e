import { isDeepStrictEqual } from "util";
import { Lazy, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import {
  LinuxFunctionAppAuthSettingsV2,
  LinuxFunctionAppAuthSettingsV2ActiveDirectoryV2,
} from "@cdktf/provider-azurerm/lib/linux-function-app";
import * as errors from "../../core/errors";
import { renderedAttributes } from "../../core/rendered";
import { useRegistration } from "../../core/registration-use";
import { IAppRegistration } from "../../entra/registration";
import { allowListFindings } from "./allow-list";

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
  if (before.length > 0) throw errors.signInAlreadySet(scope, app.node.path, before[0].attribute);

  app.putAuthSettingsV2(settings(registration, excludedPaths));
  const ours = renderedSignIn(app);

  scope.node.addValidation({
    validate: () => {
      const findings = allowListFindings(app, app.node.path, registration);
      if (findings.length > 0) return findings;
      if (!isDeepStrictEqual(renderedSignIn(app), ours)) {
        return [errors.signInChanged(app.node.path)];
      }
      return ignoresSignIn(app) ? [errors.signInIgnored(app.node.path)] : [];
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
