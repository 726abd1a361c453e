import { azapiProperty, azapiTypeOf } from "./azapi";
import type { Resource } from "./resource";
import { Value } from "./value";

/** The Entra sign-in of an app, whatever it is written with. */
export interface SignIn {
  /** Where it is written. */
  readonly resource: Resource;
  readonly enabled: Setting;
  /** Whether every request must have a token. Container apps have no such setting. */
  readonly required?: Setting;
  readonly action: Setting;
  readonly excludedPaths: Setting;
  readonly issuer: Setting;
  readonly clientId: Setting;
  readonly audiences: Setting;
  /** Each of them is a list of who may call. */
  readonly allowed: readonly Setting[];
  readonly secretSetting: Setting;
  /** Other identity providers. They let their own accounts in. */
  readonly others: readonly Setting[];
}

/** Whether a list names who may call; `undefined` if only Terraform knows. */
export function namesCallers({ allowed }: SignIn): boolean | undefined {
  const empty = allowed.map(({ value }) => value.isEmpty);
  return empty.includes(false) ? true : empty.includes(undefined) ? undefined : false;
}

/** A setting, and the attribute that has it. */
export interface Setting {
  readonly attribute: string;
  readonly value: Value;
}

/** The blocks of azurerm; none if the app has none. */
export function azurermSignIn(resource: Resource): SignIn | undefined {
  if (!resource.at("auth_settings_v2").isAbsent) return version2(resource);
  return resource.at("auth_settings").isAbsent ? undefined : version1(resource);
}

function version2(resource: Resource): SignIn {
  const at = (name: string): Setting => settingAt(resource, `auth_settings_v2.${name}`);
  const entra = (name: string): Setting => at(`active_directory_v2.${name}`);
  return {
    resource,
    enabled: at("auth_enabled"),
    required: at("require_authentication"),
    action: at("unauthenticated_action"),
    excludedPaths: at("excluded_paths"),
    issuer: entra("tenant_auth_endpoint"),
    clientId: entra("client_id"),
    audiences: entra("allowed_audiences"),
    allowed: ["allowed_identities", "allowed_applications", "allowed_groups"].map(entra),
    secretSetting: entra("client_secret_setting_name"),
    others: OTHER_PROVIDERS.map((name) => at(`${name}_v2`)),
  };
}

const OTHER_PROVIDERS = [
  "apple",
  "azure_static_web_app",
  "custom_oidc",
  "facebook",
  "github",
  "google",
  "microsoft",
  "twitter",
];
const OTHER_AZAPI_PROVIDERS = [
  "apple",
  "azureStaticWebApps",
  "customOpenIdConnectProviders",
  "facebook",
  "gitHub",
  "google",
  "legacyMicrosoftAccount",
  "twitter",
];

/** The older block, which has no list of who may call. */
function version1(resource: Resource): SignIn {
  const at = (name: string): Setting => settingAt(resource, `auth_settings.${name}`);
  const entra = (name: string): Setting => at(`active_directory.${name}`);
  return {
    resource,
    enabled: at("enabled"),
    action: at("unauthenticated_client_action"),
    excludedPaths: at("excluded_paths"),
    issuer: at("issuer"),
    clientId: entra("client_id"),
    audiences: entra("allowed_audiences"),
    allowed: [entra("allowed_identities")],
    secretSetting: entra("client_secret_setting_name"),
    others: ["facebook", "github", "google", "microsoft", "twitter"].map(at),
  };
}

/** What azapi writes for an app or a container app. */
export function azapiSignIn(resource: Resource): SignIn {
  // One that might not be created is as good as unknown.
  const doubt = resource.exists ? undefined : "conditional";
  const at = (path: string): Setting => ({
    attribute: `body.properties.${path}`,
    value: azapiProperty(resource, `properties.${path}`).doubted(doubt),
  });
  const entra = (path: string): Setting => at(`identityProviders.azureActiveDirectory.${path}`);
  const isSite = azapiTypeOf(resource)?.startsWith("microsoft.web/") === true;
  const policy = "validation.defaultAuthorizationPolicy";
  return {
    resource,
    enabled: at("platform.enabled"),
    ...(isSite && { required: at("globalValidation.requireAuthentication") }),
    action: at("globalValidation.unauthenticatedClientAction"),
    excludedPaths: at("globalValidation.excludedPaths"),
    issuer: entra("registration.openIdIssuer"),
    clientId: entra("registration.clientId"),
    audiences: entra("validation.allowedAudiences"),
    allowed: ["allowedPrincipals.identities", "allowedApplications", "allowedPrincipals.groups"].map((path) =>
      entra(`${policy}.${path}`),
    ),
    secretSetting: entra("registration.clientSecretSettingName"),
    others: OTHER_AZAPI_PROVIDERS.map((name) => at(`identityProviders.${name}`)),
  };
}

function settingAt(resource: Resource, attribute: string): Setting {
  return { attribute, value: resource.at(attribute) };
}
