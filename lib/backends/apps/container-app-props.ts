import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { IUserAssignedIdentityRef } from "../../azure/refs/user-assigned-identity";
import { IContainerAppEnvironmentRef } from "../../azure/refs/container-app-environment";
import { IAppRegistration } from "../../entra/registration";

/** A private container registry that is read with an identity, and without a password. */
export interface ContainerRegistryAccess {
  /** Host name of the registry, for example `contoso.azurecr.io`. */
  readonly server: string;

  /** An identity that may pull from it already: an app could not start with one that gets the role `AcrPull` after it. */
  readonly identity: IUserAssignedIdentityRef;
}

/** Properties of a container app that we make. */
export interface ContainerAppProps {
  /** Where to deploy the app and, unless there is one, its environment. */
  readonly resourceGroup: IResourceGroupRef;

  /** The container image, for example `contoso.azurecr.io/orders:1.4.2`. */
  readonly image: string;

  /** Port that the container listens on. */
  readonly targetPort: number;

  /**
   * Environment that the app runs in. The gateway must reach it: an internal one takes a gateway in its network.
   *
   * @default - a new one, reached from outside, without a Log Analytics workspace
   */
  readonly environment?: IContainerAppEnvironmentRef;

  /**
   * The private registry that the image is in.
   *
   * @default - a public one
   */
  readonly registry?: ContainerRegistryAccess;

  /**
   * The app registration that stands for the app.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;

  /**
   * Name of the app, unique in its environment and resource group.
   *
   * @default - the construct id in kebab-case; of one beyond 32 characters the first 25 and a hash of the construct path
   */
  readonly appName?: string;

  /**
   * Path on the app that API paths are appended to.
   *
   * @default - the root
   */
  readonly routePrefix?: string;

  /**
   * Environment variables of the container. They are no place for secrets.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Virtual CPUs of a replica. Which amounts go with which memory is up to the environment.
   *
   * @default 0.5
   * @see https://learn.microsoft.com/azure/container-apps/containers#allocations
   */
  readonly cpu?: number;

  /**
   * Memory of a replica.
   *
   * @default "1Gi"
   */
  readonly memory?: string;

  /**
   * How many replicas run without any request. With none, the first request waits for one to start.
   *
   * @default 0
   */
  readonly minReplicas?: number;

  /**
   * How many replicas run at most.
   *
   * @default 10
   */
  readonly maxReplicas?: number;

  /**
   * Azure tags of the app.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };
}
