import { isDeepStrictEqual } from "util";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { useRegistration } from "../../../entra/registration-base";
import { renderedAttributes } from "../../../core/rendered";
import { IAppRegistration } from "../../../entra/registration";
import { allowListFindings } from "./easy-auth";
import { AzapiConfig, AzapiResource } from "../../../azure/azapi";
import { finding } from "../../../core/fail";

/**
 * Sets the Entra sign-in of an app through azapi: 401 without a token for the registration, 403 for all but the callers that
 * were granted access. What is rendered at synth must be exactly this, as with `lockSignIn`.
 *
 * @param app the app as messages name it
 */
export function lockThroughAzapi(
  scope: Construct,
  app: string,
  registration: IAppRegistration,
  config: AzapiConfig,
): AzapiResource {
  useRegistration(scope, registration, "app");
  const signIn = new AzapiResource(scope, "SignIn", config);
  scope.node.addValidation({
    validate: () => {
      const findings = allowListFindings(signIn, app, registration);
      if (findings.length > 0) return findings;
      const rendered = renderedAttributes(signIn);
      if (!isDeepStrictEqual(AzapiResource.written(rendered), signIn.settings)) {
        return [
          finding(
            "azapi-sign-in-changed",
            `The sign-in of the app "${app}" was changed after it was locked: somebody other than the granted callers could get in. ` +
              `Remove what changes "${signIn.node.path}" (addOverride, an aspect). ` +
              `To let another caller in, write registration.grantInvoke(Caller.servicePrincipal("...")).`,
          ),
        ];
      }
      // The resource has no attributes but those that make the sign-in.
      return rendered.lifecycle?.ignore_changes
        ? [
            finding(
              "azapi-sign-in-ignored",
              `"${signIn.node.path}", the sign-in of the app "${app}", has lifecycle.ignoreChanges: Terraform would leave the sign-in as it is now, ` +
                `open or not. Take ignoreChanges off it.`,
            ),
          ]
        : [];
    },
  });
  return signIn;
}

/** The part of the sign-in that App Service and Container Apps have in the same form. */
export function entraProvider(registration: IAppRegistration) {
  return {
    enabled: true,
    registration: {
      clientId: registration.clientId,
      openIdIssuer: `https://login.microsoftonline.com/${registration.tenantId}/v2.0`,
    },
    validation: {
      allowedAudiences: registration.allowedAudiences,
      defaultAuthorizationPolicy: {
        allowedPrincipals: { identities: Lazy.listValue({ produce: () => registration.allowedPrincipalIds }) },
      },
    },
  };
}
