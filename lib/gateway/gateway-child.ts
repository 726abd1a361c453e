import { Construct } from "constructs";
import { ITerraformDependable, TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { guardLifecycle } from "../core/guard";
import { expressionsIn, rootsIn } from "../core/references";
import { stateOf } from "../core/state";
import { IApimGateway } from "./gateway";

/** What a resource is made of. */
interface Made {
  /** The values that can refer to other resources. */
  readonly of: readonly (string | undefined)[];
  /** What the resource waits for. */
  readonly after?: readonly ITerraformDependable[];
}

/** How a resource lives on a service. */
interface LifeOptions {
  /** Terraform references to what the resource is lost with instead of the service itself, such as an API on the service. */
  readonly lostWith?: readonly string[];
  /** For a resource that policies or APIs refer to by name. */
  readonly named?: Made;
}

/**
 * Sets and guards the lifecycle of a resource on a service. With a service of the same state, the resource is created again when the
 * service is replaced: the service keeps its name then, so Terraform would not notice. On a service of another state, what policies
 * refer to is created before, and destroyed after, the policies change: API Management refuses to delete what is in use.
 *
 * @see docs/design/decisions.md#replaced-with-the-service
 * @see docs/design/decisions.md#create-before-destroy
 */
export function liveOn(
  resource: TerraformResource,
  gateway: IApimGateway,
  { lostWith = [], named }: LifeOptions = {},
): void {
  const replaceTriggeredBy = lostWith.length > 0 ? [...lostWith] : idOfService(resource, gateway);
  if (replaceTriggeredBy.length > 0) {
    resource.lifecycle = { ...resource.lifecycle, replaceTriggeredBy };
  } else if (named && standsAlone(resource, gateway, named)) {
    resource.lifecycle = { ...resource.lifecycle, createBeforeDestroy: true };
    createdEarly(resource).add(resource);
  }
  guardLifecycle(resource);
}

/** A service of the stack, as the whole of an expression. */
const SERVICE = /^((?:azurerm_api_management|azapi_resource)\.[\w-]+(?:\[[^\]]*\])?)\.(?:id|name)$/;

/** The id of the service for `replace_triggered_by`; none if the service is not made in the stack of the scope. */
function idOfService(scope: Construct, { apimId, apimName }: IApimGateway): string[] {
  const expressions = [apimId, apimName].flatMap((value) => expressionsIn(scope, value));
  const services = expressions.flatMap((expression) => SERVICE.exec(expression)?.[1] ?? []);
  return services.slice(0, 1).map((service) => `${service}.id`);
}

/** The resources of a stack that are created before they are destroyed. */
function createdEarly(scope: Construct): Set<TerraformResource> {
  return stateOf(TerraformStack.of(scope), "created-early", () => new Set());
}

/** Input, and data that no resource comes before. */
const GIVEN = /^(?:var|data\.(?:terraform_remote_state|azurerm_client_config))\./;

/** Terraform spreads `create_before_destroy` to all that a resource needs, so nothing else of the state may be among it. */
function standsAlone(resource: TerraformResource, gateway: IApimGateway, { of, after = [] }: Made): boolean {
  const stack = TerraformStack.of(resource);
  const early = [...createdEarly(resource)];
  const service = gateway.node.tryFindChild("Resource");
  const read = service instanceof DataAzurermApiManagement ? service : undefined;
  const names = read ? [read.nameInput, read.resourceGroupNameInput] : [gateway.apimName, gateway.resourceGroupName];
  const addresses = [...early.map(addressOf), read && `data.${addressOf(read)}`];
  return (
    [...names, ...of]
      .flatMap((value = "") => rootsIn(resource, value))
      .every((root) => GIVEN.test(root) || addresses.includes(root)) &&
    after
      .filter((dependency) => !Construct.isConstruct(dependency) || TerraformStack.of(dependency) === stack)
      .every((dependency) => early.some((each) => each === dependency))
  );
}

/** The address of what something refers to already. `friendlyUniqueId` would fix the logical ID of everything else. */
function addressOf(element: TerraformResource | TerraformDataSource): string {
  return `${element.terraformResourceType}.${element["_friendlyUniqueId"]}`;
}

/** Takes `create_before_destroy` from a fragment that comes to depend on something without it. */
export function dependAlsoOn(fragment: TerraformResource, dependency: TerraformResource): void {
  const early = createdEarly(fragment);
  if (early.has(dependency) || !early.delete(fragment)) return;
  fragment.lifecycle = { ...fragment.lifecycle, createBeforeDestroy: undefined };
}
