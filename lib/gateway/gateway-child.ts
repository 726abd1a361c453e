import { Construct } from "constructs";
import { ITerraformDependable, TerraformResource, TerraformResourceLifecycle, TerraformStack } from "cdktf";
import { isMadeIn, referencesIn } from "../core/references";
import { IApimGateway } from "./gateway";

/** What a resource on a service is made of. */
interface Made {
  /** The values that it refers to other resources with. */
  readonly of: readonly (string | undefined)[];
  /** What it waits for. */
  readonly after?: readonly ITerraformDependable[];
}

/** How a resource lives on a service. */
export interface ChildOptions {
  /** Terraform references to what else the resource is lost with, such as its API. */
  readonly lostWith?: readonly string[];
  /** For a resource that policies or APIs refer to by name. */
  readonly named?: Made;
}

/**
 * The lifecycle of a resource on a service. With a service of the same state, the resource is created again when the service is
 * replaced: the service keeps its name then, so that Terraform would not notice. On a service of another state, what policies refer to
 * is created before, and removed after, the policies change: API Management does not remove what is in use.
 *
 * @see docs/design/decisions.md#replaced-with-the-service
 * @see docs/design/decisions.md#create-before-destroy
 */
export function lifecycleOn(
  scope: Construct,
  gateway: IApimGateway,
  { lostWith = [], named }: ChildOptions = {},
): TerraformResourceLifecycle | undefined {
  const replaceTriggeredBy = [...lostWith, ...idOfService(scope, gateway)];
  if (replaceTriggeredBy.length > 0) return { replaceTriggeredBy };
  return named && standsAlone(scope, gateway, named) ? { createBeforeDestroy: true } : undefined;
}

/** A service of the stack, as the whole of an expression. */
const SERVICE = /^((?:azurerm_api_management|azapi_resource)\.[\w-]+(?:\[[^\]]*\])?)\.(?:id|name)$/;

/** The id of the service for `replace_triggered_by`; none if the service is not made in the stack of the scope. */
function idOfService(scope: Construct, { apimId, apimName }: IApimGateway): string[] {
  const services = [apimId, apimName].flatMap((value) =>
    referencesIn(scope, value).flatMap((expression) => SERVICE.exec(expression)?.[1] ?? []),
  );
  return services.slice(0, 1).map((service) => `${service}.id`);
}

/** Terraform spreads `create_before_destroy` to all that a resource refers to, so nothing else of the state may be among it. */
function standsAlone(
  scope: Construct,
  { apimName, resourceGroupName }: IApimGateway,
  { of, after = [] }: Made,
): boolean {
  const values = [apimName, resourceGroupName, ...of].filter((value) => value !== undefined);
  const stack = TerraformStack.of(scope);
  const dependencies = after.filter((each) => !Construct.isConstruct(each) || TerraformStack.of(each) === stack);
  return !values.some((value) => isMadeIn(scope, value)) && dependencies.every(standsAloneAlready);
}

function standsAloneAlready(dependency: ITerraformDependable): boolean {
  return TerraformResource.isTerraformResource(dependency) && dependency.lifecycle?.createBeforeDestroy === true;
}

/** Takes `create_before_destroy` from a resource that comes to depend on one without it. */
export function dependAlsoOn(resource: TerraformResource, dependency: TerraformResource): void {
  const { lifecycle } = resource;
  if (lifecycle?.createBeforeDestroy && !standsAloneAlready(dependency))
    resource.lifecycle = { ...lifecycle, createBeforeDestroy: undefined };
}
