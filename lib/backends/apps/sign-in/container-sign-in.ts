import { Construct } from "constructs";
import type { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { AzapiResource } from "../../../azure/azapi";
import { IAppRegistration } from "../../../entra/registration";
import { entraProvider, lockThroughAzapi } from "./azapi-sign-in";
import { forbidBeside } from "./beside-app";
import { SignIn } from "./sign-in";

/**
 * Sets the Entra sign-in of a container app, for which azurerm has no resource. Container Apps reads one configuration, named
 * `current`. It is written as a whole, so no other setting can let anyone in.
 *
 * @see https://learn.microsoft.com/azure/templates/microsoft.app/containerapps/authconfigs
 */
export function lockContainerApp(
  scope: Construct,
  app: ContainerApp,
  registration: IAppRegistration,
  signIn = SignIn.REQUIRED,
): AzapiResource {
  const resource = lockThroughAzapi(scope, app.node.path, registration, {
    resourceType: "azapi_resource",
    type: "Microsoft.App/containerApps/authConfigs@2024-03-01",
    name: "current",
    parentId: app.id,
    body: {
      properties: {
        platform: { enabled: true },
        globalValidation: { unauthenticatedClientAction: signIn._action },
        httpSettings: { requireHttps: true },
        login: { tokenStore: { enabled: false } },
        identityProviders: { azureActiveDirectory: entraProvider(scope, registration) },
      },
    },
  });
  signIn._announce(scope, app.node.path, resource);
  forbidBeside(scope, app, resource);
  return resource;
}
