import { Construct } from "constructs";
import type { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { Token } from "cdktf";
import type { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import { checkedTags } from "../../azure/azure-tags";
import { AZURE_NAMES } from "../../azure/names";
import { fail, finding } from "../../core/fail";
import { described } from "../../core/given";
import { guard, ONCE, oneOf } from "../../core/guard";
import { checkName, cut, fittingName, kebabCase } from "../../core/names";
import { asWritten } from "../../core/terraform-template";
import { Audience } from "../../entra/audience";
import { registrationOf } from "../../entra/registration-of";
import { PolicyDocument } from "../../policy/policy-document";
import { BackendBindOptions, BackendConfig } from "../backend";
import { appIdentity } from "./app-identity";
import { CONTAINER_APP_PROPS, ContainerAppProps } from "./container-app-props";
import { checkedRegistry } from "./container-registry";
import { CreatedApp, CreatedResources, IAppBackend } from "./created-app";
import { lockContainerApp } from "./sign-in/container-sign-in";
import { warnOfSecrets } from "./secret-settings";
import { appUrl } from "./site";
import { refuseUnusedName } from "../../core/unused-name";
import { checkedGroup } from "../../azure/refs/resource-group";
import { azurerm } from "../../providers/azurerm";

const MAX_NAME_LENGTH = 32;
const MAX_ENVIRONMENT_NAME_LENGTH = 60;

/** A container app that is created with its backend. Its single revision receives all requests. */
export interface IContainerAppBackend extends IAppBackend {
  /** The app, to set anything else on it. */
  readonly app: ContainerApp;

  /** The environment that is created for the app, to set anything else on it; undefined if you passed one. */
  readonly environment?: ContainerAppEnvironment | undefined;
}

interface ContainerResources extends CreatedResources {
  readonly app: ContainerApp;
  readonly environment?: ContainerAppEnvironment;
}

/** A container app whose single revision receives all requests. */
export class ContainerAppBackend
  extends CreatedApp<ContainerResources, ContainerAppProps>
  implements IContainerAppBackend
{
  constructor(props: ContainerAppProps) {
    super("Backend.containerApp", props, "resourceGroup, image, targetPort", CONTAINER_APP_PROPS);
  }

  public get environment(): ContainerAppEnvironment | undefined {
    return this.read("environment");
  }

  protected override create(scope: Construct, { defaultName }: BackendBindOptions): ContainerResources {
    checkNumbers(scope, this.props);
    checkedGroup(scope, this.props.resourceGroup);
    const { environment: existing } = this.props;
    if (existing) refuseUnusedName(scope, "environmentName", this.props.environmentName, "environment");
    if (existing) return { app: this.createApp(scope, defaultName, existing.id) };
    const environment = this.createEnvironment(scope, defaultName);
    return { app: this.createApp(scope, defaultName, environment.id), environment };
  }

  protected override lock(scope: Construct, options: BackendBindOptions, { app }: ContainerResources): BackendConfig {
    const { props } = this;
    const registration = registrationOf(scope, props, options.defaultName);
    guardIngress(app);
    const signIn = lockContainerApp(scope, app, registration);
    return {
      // The address of the latest revision would change with each deployment.
      url: appUrl(scope, app.ingress.fqdn, props.routePrefix ?? ""),
      audience: Audience.registration(registration),
      policy: PolicyDocument.EMPTY,
      dependencies: [app, signIn],
    };
  }

  private createApp(scope: Construct, defaultName: string, environmentId: string): ContainerApp {
    const { props } = this;
    const name = checkName(
      scope,
      AZURE_NAMES.containerApp,
      props.appName ?? fittingName(scope, defaultName, MAX_NAME_LENGTH),
      props.appName === undefined ? undefined : cut(kebabCase(props.appName), MAX_NAME_LENGTH),
    );
    warnOfSecrets(scope, "environmentVariables", props.environmentVariables);
    const registry = props.registry && checkedRegistry(scope, props.registry);
    return new azurerm.ContainerApp(scope, "Resource", {
      name,
      resourceGroupName: props.resourceGroup.name,
      containerAppEnvironmentId: environmentId,
      revisionMode: "Single",
      identity: appIdentity(scope, props.additionalIdentities, registry?.identity),
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
            env: Object.entries(asWritten(props.environmentVariables ?? {})).map(([variable, value]) => ({
              name: variable,
              value,
            })),
          },
        ],
      },
      tags: props.tags && checkedTags(scope, props.tags),
    });
  }

  private createEnvironment(scope: Construct, defaultName: string): ContainerAppEnvironment {
    const { resourceGroup, tags, environmentName } = this.props;
    const name = environmentName ?? fittingName(scope, defaultName, MAX_ENVIRONMENT_NAME_LENGTH);
    return new azurerm.ContainerAppEnvironment(scope, "Environment", {
      name: checkName(scope, AZURE_NAMES.containerAppEnvironment, name),
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      tags: tags && checkedTags(scope, tags),
    });
  }
}

function checkNumbers(scope: Construct, props: ContainerAppProps): void {
  const { targetPort, minReplicas = 0, maxReplicas = 10 } = props;
  if (!within(targetPort, 1, 65535))
    fail(
      scope,
      "invalid-target-port",
      `The container cannot listen on port ${described(targetPort)}.`,
      "Set targetPort to a whole number from 1 to 65535, for example 8080.",
    );
  const inOrder = [minReplicas, maxReplicas].some(Token.isUnresolved) || minReplicas <= maxReplicas;
  if (!within(minReplicas, 0, 1000) || !within(maxReplicas, 1, 1000) || !inOrder) {
    fail(
      scope,
      "invalid-replicas",
      `A container app cannot have from ${described(minReplicas)} to ${described(maxReplicas)} replicas.`,
      "Set minReplicas to a whole number from 0 to 1000, and maxReplicas to one from 1 to 1000 that is not less than minReplicas.",
    );
  }
}

function within(value: number, min: number, max: number): boolean {
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= min && value <= max);
}

/**
 * Traffic that does not come in over HTTPS would bypass the sign-in. What only restricts the ingress or splits its traffic, such
 * as IP restrictions, may be set, and so may custom domains, which have the same sign-in.
 */
function guardIngress(app: ContainerApp): void {
  guard(app, {
    attributes: {
      ...ONCE,
      "ingress.allow_insecure_connections": false,
      "ingress.target_port": app.ingressInput?.targetPort,
      "ingress.transport": oneOf(undefined, "auto", "http", "http2"),
      "ingress.exposed_port": oneOf(undefined, 0),
    },
    changed: (attributes) =>
      finding(
        "ingress-changed",
        `The ingress of container app "${app.node.path}" was changed, so traffic could bypass the sign-in.`,
        `Remove what changes ${attributes} on it (putIngress, addOverride, an aspect). Set the port as targetPort of Backend.containerApp.`,
      ),
  });
}
