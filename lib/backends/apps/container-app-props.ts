import { requireAttributes } from "../../core/given";
import { PropertyNames } from "../../core/property-names";
import { CREATED_APP_PROPS, CreatedAppProps } from "./app-options";
import { ContainerRegistryAccess } from "./container-registry";

/** Properties of a container app that is created. */
export interface ContainerAppProps extends CreatedAppProps {
  /** The container image, for example `contoso.azurecr.io/orders:1.4.2`. */
  readonly image: string;

  /** Port that the container listens on, from 1 to 65535. */
  readonly targetPort: number;

  /**
   * Environment that the app runs in. The gateway must be able to reach it: an internal environment requires a gateway in its
   * network.
   *
   * @default - a new external environment without a Log Analytics workspace
   */
  readonly environment?: IContainerAppEnvironmentRef;

  /**
   * Name of the new environment, unique in its resource group.
   *
   * @default - the construct id in kebab-case
   */
  readonly environmentName?: string;

  /**
   * The private registry of the image.
   *
   * @default - a public registry
   */
  readonly registry?: ContainerRegistryAccess;

  /**
   * Name of the app, unique in its environment and resource group. If you set it, a renamed construct needs `moved` blocks.
   *
   * @default - the construct id in kebab-case; beyond 32 characters, its first 25 and a hash of the construct path
   */
  readonly appName?: string;

  /**
   * Path on the app to which API paths are appended.
   *
   * @default - the root
   */
  readonly routePrefix?: string;

  /**
   * Environment variables of the container. Do not put secrets here.
   *
   * @default - none
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * Virtual CPUs of a replica. The environment determines the allowed combinations with `memory`.
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
   * Minimum number of replicas, from 0 to 1000. With 0, the first request waits until a replica has started.
   *
   * @default 0
   */
  readonly minReplicas?: number;

  /**
   * Maximum number of replicas, from 1 to 1000.
   *
   * @default 10
   */
  readonly maxReplicas?: number;
}

export const CONTAINER_APP_PROPS: PropertyNames<ContainerAppProps> = {
  ...CREATED_APP_PROPS,
  image: true,
  targetPort: true,
  environment: true,
  environmentName: true,
  registry: true,
  appName: true,
  routePrefix: true,
  environmentVariables: true,
  cpu: true,
  memory: true,
  minReplicas: true,
  maxReplicas: true,
};

/**
 * A Container Apps environment: a `ContainerAppEnvironment` or `DataAzurermContainerAppEnvironment`, or
 * `ContainerAppEnvironmentRef.fromAttributes`.
 */
export interface IContainerAppEnvironmentRef {
  /** Azure resource ID of the environment. */
  readonly id: string;
}

/** Attributes of a Container Apps environment. */
export interface ContainerAppEnvironmentRefAttributes {
  /** Azure resource ID of the environment. */
  readonly id: string;
}

/** A Container Apps environment by its attributes. */
export class ContainerAppEnvironmentRef implements IContainerAppEnvironmentRef {
  /** For one that this app does not declare. */
  public static fromAttributes(attributes: ContainerAppEnvironmentRefAttributes): IContainerAppEnvironmentRef {
    const { id } = requireAttributes("ContainerAppEnvironmentRef", attributes, ["id"]);
    return new ContainerAppEnvironmentRef(id);
  }

  private constructor(public readonly id: string) {}
}
