import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../../../core/fail";
import { listLength } from "../../../core/tokens";
import { IAppRegistration } from "../../../entra/registration";
import { requireSignInAtPlan } from "../../../entra/sign-in-conditions";

/** App Service Authentication keeps 500 characters of the allow-list, separators included: 13 object IDs. */
const MAX_CALLERS = 13;

/**
 * Checks at synth and at plan who gets into an app.
 *
 * @param app the app as messages name it
 */
export function checkCallers(
  scope: Construct,
  resource: TerraformResource,
  app: string,
  registration: IAppRegistration,
): void {
  requireSignInAtPlan(resource, registration);
  scope.node.addValidation({ validate: () => allowListFindings(resource, app, registration) });
}

/**
 * Checks the callers of an app: Azure reads an empty list as "everyone", and cuts off a long one.
 *
 * @see docs/design/decisions.md#allow-list-of-object-ids
 */
function allowListFindings(resource: TerraformResource, app: string, registration: IAppRegistration): string[] {
  const callers = listLength(resource, registration.allowedPrincipalIds);
  if (callers === 0)
    return [
      finding(
        "empty-allow-list",
        `No caller has access to the app "${app}", and Azure reads an empty allow-list as "everyone in the tenant".`,
        `Write registration.grantInvoke(gateway) on "${registration.node.path}", or pass the backend to a SecureApimBackend, which does this.`,
      ),
    ];
  return callers > MAX_CALLERS
    ? [
        finding(
          "allow-list-too-long",
          `The app "${app}" admits ${callers} callers, but its allow-list has room for only ${MAX_CALLERS} (500 characters).`,
          "Give several callers one shared identity, or let callers that need no direct access call the API on the gateway.",
        ),
      ]
    : [];
}
