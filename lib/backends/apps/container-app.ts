import { Construct } from "constructs";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { IAppRegistration } from "../../entra/registration";
import { AzapiResource } from "../../azure/azapi";
import { entraProvider, lockThroughAzapi } from "./sign-in/azapi-sign-in";
import { isDeepStrictEqual } from "util";
import { Token } from "cdktf";
import { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import { checkName, cut, fittingName, kebabCase } from "../../core/names";
import { AZURE_NAMES } from "../../azure/names";
import { renderedAttributes } from "../../core/rendered";
import { Audience } from "../../entra/audience";
import { PolicyDocument } from "../../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { ContainerAppProps } from "./container-app-props";
import { MadeApp } from "./created-app";
import { newRegistration } from "../../entra/app-registration";
import { appUrl } from "./site";
import { finding, fail } from "../../core/fail";

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

const MAX_NAME_LENGTH = 32;
const MAX_ENVIRONMENT_NAME_LENGTH = 60;

/** A container app whose one revision takes all requests. */
export class ContainerAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.containerApp");

  constructor(private readonly props: ContainerAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props } = this;
    const app = this.made.make(scope, () => this.makeApp(scope, options.defaultName));
    const registration = props.registration ?? newRegistration(scope, options.defaultName);
    keepIngress(scope, app);
    const signIn = lockContainerApp(scope, app, registration);
    return {
      // Not that of the latest revision, which is another one after each deployment.
      url: appUrl(scope, app.ingress.fqdn, props.routePrefix ?? ""),
      audience: Audience.registration(registration),
      policy: PolicyDocument.EMPTY,
      dependencies: [app, signIn],
    };
  }

  private makeApp(scope: Construct, defaultName: string): ContainerApp {
    const { props } = this;
    checkNumbers(scope, props);
    const name = checkName(
      scope,
      AZURE_NAMES.containerApp,
      props.appName ?? fittingName(scope, defaultName, MAX_NAME_LENGTH),
      props.appName === undefined ? undefined : cut(kebabCase(props.appName), MAX_NAME_LENGTH),
    );
    const environment = props.environment ?? this.makeEnvironment(scope, defaultName);
    const { registry } = props;
    return new ContainerApp(scope, "Resource", {
      name,
      resourceGroupName: props.resourceGroup.name,
      containerAppEnvironmentId: environment.id,
      revisionMode: "Single",
      identity: registry
        ? { type: "SystemAssigned, UserAssigned", identityIds: [registry.identity.id] }
        : { type: "SystemAssigned" },
      registry: registry && [{ server: registry.server, identity: registry.identity.id }],
      ingress: {
        externalEnabled: true,
        allowInsecureConnections: false,
        targetPort: props.targetPort,
        trafficWeight: [{ latestRevision: true, percentage: 100 }],
      },
      template: {
        minReplicas: props.minReplicas,
        maxReplicas: props.maxReplicas,
        container: [
          {
            name: "app",
            image: props.image,
            cpu: props.cpu ?? 0.5,
            memory: props.memory ?? "1Gi",
            env: Object.entries(props.environmentVariables ?? {}).map(([variable, value]) => ({
              name: variable,
              value,
            })),
          },
        ],
      },
      tags: props.tags,
    });
  }

  private makeEnvironment(scope: Construct, defaultName: string): ContainerAppEnvironment {
    const { resourceGroup, tags } = this.props;
    return new ContainerAppEnvironment(scope, "Environment", {
      name: fittingName(scope, defaultName, MAX_ENVIRONMENT_NAME_LENGTH),
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      tags,
    });
  }
}

function checkNumbers(scope: Construct, props: ContainerAppProps): void {
  const { targetPort, minReplicas = 0, maxReplicas = 10 } = props;
  if (!within(targetPort, 1, 65535))
    fail(
      scope,
      "invalid-target-port",
      `The container cannot listen on port ${targetPort}. Write targetPort: a whole number from 1 to 65535, for example 8080.`,
    );
  const inOrder = [minReplicas, maxReplicas].some(Token.isUnresolved) || minReplicas <= maxReplicas;
  if (!within(minReplicas, 0, 1000) || !within(maxReplicas, 1, 1000) || !inOrder) {
    fail(
      scope,
      "invalid-replicas",
      `A container app cannot have from ${minReplicas} to ${maxReplicas} replicas. ` +
        `Write whole numbers with minReplicas from 0 to 1000, maxReplicas from 1 to 1000, and the first not above the second.`,
    );
  }
}

function within(value: number, min: number, max: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max);
}

/** Traffic that does not come in by HTTPS would pass the sign-in by: what is rendered at synth must still be our ingress. */
function keepIngress(scope: Construct, app: ContainerApp): void {
  const ours = renderedAttributes(app).ingress;
  scope.node.addValidation({
    validate: () => {
      const { ingress, lifecycle } = renderedAttributes(app);
      const ignored: string | string[] = lifecycle?.ignore_changes ?? [];
      const kept = isDeepStrictEqual(ingress, ours) && !ignored.includes("all") && !ignored.includes("ingress");
      return kept
        ? []
        : [
            finding(
              "ingress-changed",
              `The ingress of the container app "${app.node.path}" was changed, or is left to ignoreChanges: traffic could come in past the sign-in. ` +
                `Remove what changes ingress on it (putIngress, addOverride, an aspect); the port is targetPort of Backend.containerApp.`,
            ),
          ];
    },
  });
}
