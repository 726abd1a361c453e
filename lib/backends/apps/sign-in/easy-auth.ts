import { TerraformResource, Lazy } from "cdktf";
import { Construct } from "constructs";
import type {
  LinuxFunctionAppAuthSettingsV2,
  LinuxFunctionAppAuthSettingsV2ActiveDirectoryV2,
} from "@cdktf/provider-azurerm/lib/linux-function-app";
import { issuerIn } from "../../../azure/clouds/stack-cloud";
import { asTerraform } from "../../../core/as-terraform";
import { finding, fail } from "../../../core/fail";
import { guard } from "../../../core/guard";
import { overriddenAttributes } from "../../../core/rendered";
import { IAppRegistration } from "../../../entra/registration";
import { useRegistration } from "../../../entra/registration-use";
import { checkCallers } from "./allow-list";
import { SignIn } from "./sign-in";

/** An app whose sign-in azurerm can set. The settings have one shape for all kinds of apps; only the type names differ. */
export interface SignInApp extends TerraformResource {
  readonly authSettingsInput?: object | undefined;
  readonly authSettingsV2Input?: object | undefined;
  putAuthSettingsV2(settings: LinuxFunctionAppAuthSettingsV2): void;
}

/** What is answered to requests without a token. */
export interface SignInSettings {
  readonly signIn?: SignIn;
  /** Paths that answer to everyone. */
  readonly excludedPaths?: string[];
}

/**
 * Sets the Entra sign-in of an app (App Service Authentication, "Easy Auth"): 401 without a token for the registration,
 * 403 for callers without a grant. Excluded paths answer to everyone. Changing the sign-in afterwards is an error at synth.
 *
 * @see https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad
 * @see docs/design/decisions.md#sign-in-in-one-place
 */
export function lockSignIn(
  scope: Construct,
  app: SignInApp,
  registration: IAppRegistration,
  { signIn = SignIn.REQUIRED, excludedPaths }: SignInSettings = {},
): void {
  useRegistration(scope, registration, "app");
  const overridden = overriddenAttributes(app);
  const has = (name: string): boolean => overridden[name] !== undefined || overridden.dynamic?.[name] !== undefined;
  if (app.authSettingsInput !== undefined || has("auth_settings")) signInAlreadySet(scope, app, "authSettings");
  if (app.authSettingsV2Input !== undefined || has("auth_settings_v2")) signInAlreadySet(scope, app, "authSettingsV2");

  const written = settings(scope, registration, { signIn, excludedPaths });
  app.putAuthSettingsV2(written);
  checkCallers(scope, app, app.node.path, registration);
  guard(app, {
    attributes: { auth_settings_v2: asTerraform(written), auth_settings: undefined },
    changed: (attributes) =>
      finding(
        "sign-in-changed",
        `The sign-in of the app "${app.node.path}" was changed after "${scope.node.path}" set it, so callers without a grant could ` +
          `call the app.`,
        `Remove what changes ${attributes} on it (putAuthSettingsV2, resetAuthSettingsV2, addOverride, an ` +
          `aspect). To let another caller in, write registration.grantInvoke(Caller.servicePrincipal("...")).`,
      ),
  });
}

function signInAlreadySet(scope: Construct, app: SignInApp, property: "authSettings" | "authSettingsV2"): never {
  fail(
    scope,
    "sign-in-already-set",
    `The app "${app.node.path}" already has ${property}, but the library sets the sign-in of the app.`,
    `Remove ${property} from the app. To keep your own sign-in, write Backend.url(...) with the app's address and audience.`,
  );
}

function settings(
  scope: Construct,
  registration: IAppRegistration,
  { signIn, excludedPaths }: SignInSettings & { readonly signIn: SignIn },
): LinuxFunctionAppAuthSettingsV2 {
  const activeDirectoryV2: LinuxFunctionAppAuthSettingsV2ActiveDirectoryV2 = {
    clientId: registration.clientId,
    tenantAuthEndpoint: issuerIn(scope, registration.tenantId),
    allowedAudiences: registration.allowedAudiences,
    allowedIdentities: Lazy.listValue({ produce: () => registration.allowedPrincipalIds }),
  };
  return {
    authEnabled: true,
    requireAuthentication: !signIn._isOpen,
    unauthenticatedAction: signIn._action,
    requireHttps: true,
    excludedPaths,
    activeDirectoryV2,
    login: { tokenStoreEnabled: false },
  };
}
