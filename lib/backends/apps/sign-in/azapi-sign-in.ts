import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { issuerIn } from "../../../azure/clouds/stack-cloud";
import { AzapiConfig, AzapiResource } from "../../../azure/azapi";
import { finding } from "../../../core/fail";
import { guard } from "../../../core/guard";
import { IAppRegistration } from "../../../entra/registration";
import { useRegistration } from "../../../entra/registration-use";
import { checkCallers } from "./allow-list";

/**
 * Sets the Entra sign-in of an app through azapi: 401 without a token for the registration, 403 for callers without a grant.
 * Changing the sign-in afterwards is an error at synth, as with `lockSignIn`.
 *
 * @param app the app as messages name it
 */
export function lockThroughAzapi(
  scope: Construct,
  app: string,
  registration: IAppRegistration,
  config: AzapiConfig,
): AzapiResource {
  const signIn = new AzapiResource(scope, "SignIn", config);
  checkCallers(scope, signIn, app, registration);
  guard(signIn, {
    attributes: signIn.settings,
    others: AzapiResource.OTHERS,
    changed: (attributes) =>
      finding(
        "azapi-sign-in-changed",
        `The sign-in of the app "${app}" was changed after it was set, so callers without a grant could call the app.`,
        `Remove what changes ${attributes} on "${signIn.node.path}" (addOverride, an aspect). To let another caller in, write ` +
          `registration.grantInvoke(Caller.servicePrincipal("...")).`,
      ),
  });
  return signIn;
}

/** The part of the sign-in that App Service and Container Apps have in the same form. From now on, the registration is that of an app. */
export function entraProvider(scope: Construct, registration: IAppRegistration) {
  useRegistration(scope, registration, "app");
  return {
    enabled: true,
    registration: {
      clientId: registration.clientId,
      openIdIssuer: issuerIn(scope, registration.tenantId),
    },
    validation: {
      allowedAudiences: registration.allowedAudiences,
      defaultAuthorizationPolicy: {
        allowedPrincipals: { identities: Lazy.listValue({ produce: () => registration.allowedPrincipalIds }) },
      },
    },
  };
}
