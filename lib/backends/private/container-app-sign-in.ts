import { Construct } from "constructs";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { IAppRegistration } from "../../entra/registration";
import { AzapiResource } from "./azapi";
import { entraProvider, lockThroughAzapi } from "./azapi-sign-in";

/**
 * Sets the Entra sign-in of a container app, for which azurerm has no resource. The one configuration that Container Apps reads
 * is called `current`. It is written whole, so that nothing beside it can let anybody in.
 *
 * @see https://learn.microsoft.com/azure/templates/microsoft.app/containerapps/authconfigs
 */
export function lockContainerApp(scope: Construct, app: ContainerApp, registration: IAppRegistration): AzapiResource {
  return lockThroughAzapi(scope, app.node.path, registration, {
    resourceType: "azapi_resource",
    type: "Microsoft.App/containerApps/authConfigs@2024-03-01",
    name: "current",
    parentId: app.id,
    body: {
      properties: {
        platform: { enabled: true },
        globalValidation: { unauthenticatedClientAction: "Return401" },
        httpSettings: { requireHttps: true },
        login: { tokenStore: { enabled: false } },
        identityProviders: { azureActiveDirectory: entraProvider(registration) },
      },
    },
  });
}
