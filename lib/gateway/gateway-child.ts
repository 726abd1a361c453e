import { Construct } from "constructs";
import { Lazy, TerraformDataSource, TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
import { guardLifecycle } from "../core/guard";
import { expressionsIn, rootsIn, rootsOf } from "../core/references";
import { addressOf, logicalIdOf } from "../core/rendered";
import { lostBy } from "../core/removed";
import { stateOf } from "../core/state";
import { surveyOf } from "../core/survey";
import { IApimGateway } from "./gateway";
import { isLookedUpService } from "./service";

/** How a resource lives on a service. */
interface LifeOptions {
  /** Terraform references to what the resource is deleted with, such as its API. If there are none, it is the service. */
  readonly lostWith?: readonly string[];
  /** For a resource that policies or APIs refer to by name: its values that can refer to other resources. */
  readonly named?: readonly (string | undefined)[];
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
  const replaceTriggeredBy = lostWith.length > 0 ? lostWith : idOfService(resource, gateway);
  if (replaceTriggeredBy.length > 0) {
    const own = resource.lifecycle?.replaceTriggeredBy ?? [];
    resource.lifecycle = { ...resource.lifecycle, replaceTriggeredBy: [...new Set([...own, ...replaceTriggeredBy])] };
  } else if (named && !needsOthers(resource, named)) {
    addCandidate(resource);
    createBeforeDestroy(resource);
  }
  guardLifecycle(resource);
}

/** An attribute that only one service has: its id, its name, or the id of its system-assigned identity. */
const SERVICE =
  /^((?:azurerm_api_management|azapi_resource)\.[\w-]+(?:\[[^\]]*\])?)\.(?:id|name|identity\[0\]\.principal_id)$/;

/** The id of the service for `replace_triggered_by`; none if the service is not made in the stack of the scope. */
function idOfService(scope: Construct, gateway: IApimGateway): readonly string[] {
  const known = stateOf(TerraformStack.of(scope), "service-ids", () => new Map<IApimGateway, readonly string[]>());
  const before = known.get(gateway);
  if (before) return before;
  const read = gateway.node.tryFindChild("Resource");
  const names = isLookedUpService(read) ? [read.nameInput] : [gateway.apimId, gateway.apimName];
  const expressions = [...names, gateway.principalId].flatMap((value = "") => expressionsIn(scope, value));
  const services = expressions
    .flatMap((expression) => valuesOfLocal(scope, expression))
    .flatMap((expression) => SERVICE.exec(expression)?.[1] ?? []);
  const ids = services.slice(0, 1).map((service) => `${service}.id`);
  // The local values of a stack can change.
  if (ids.length > 0 && !expressions.some(isLocal)) known.set(gateway, ids);
  return ids;
}

const LOCAL = /^local\.([\w-]+)$/;

function isLocal(expression: string): boolean {
  return LOCAL.test(expression);
}

/** The expressions of a local value that the stack declares; any other expression as it is. */
function valuesOfLocal(scope: Construct, expression: string): string[] {
  const [, name] = LOCAL.exec(expression) ?? [];
  if (name === undefined) return [expression];
  const value: unknown = localNamed(scope, name)?.["_expression"];
  return typeof value === "string" ? expressionsIn(scope, value) : [expression];
}

/** Everything on a service whose name is a local value asks for the same one, so the tree is searched once. */
function localNamed(scope: Construct, name: string): TerraformLocal | undefined {
  const stack = TerraformStack.of(scope);
  const known = stateOf(stack, "locals", () => new Map<string, TerraformLocal>());
  const isNamed = (node: unknown): node is TerraformLocal =>
    node instanceof TerraformLocal && logicalIdOf(node) === name;
  const local = known.get(name);
  const found = isNamed(local) && lostBy(local) === undefined ? local : stack.node.findAll().find(isNamed);
  if (found) known.set(name, found);
  return found;
}

/** The resources of a stack that can be created before they are destroyed. */
interface Candidates {
  readonly all: Set<TerraformResource>;
  readonly types: Set<string>;
  /** By address, as it was when a resource was added or not found. `overrideLogicalId` and `moveTo` change it. */
  byAddress: Map<string, Neighbor>;
}

function candidatesIn(scope: Construct): Candidates {
  return stateOf(TerraformStack.of(scope), "early-candidates", () => ({
    all: new Set(),
    types: new Set(),
    byAddress: new Map(),
  }));
}

function addCandidate(resource: TerraformResource): void {
  const { all, types, byAddress: known } = candidatesIn(resource);
  all.add(resource);
  types.add(resource.terraformResourceType);
  known.set(addressOf(resource) ?? "", resource);
}

/** Whether a reference, such as `azurerm_api_management_backend.orders`, is to a candidate. */
function isToCandidate(scope: Construct, reference: string): boolean {
  const candidates = candidatesIn(scope);
  const address = `resource.${reference}`;
  const found = candidates.byAddress.get(address);
  if (found && addressOf(found) === address) return true;
  if (!candidates.types.has(reference.split(".", 1)[0])) return false;
  candidates.byAddress = byAddress([...candidates.all]);
  return candidates.byAddress.has(address);
}

/** Input, what surrounds an expression, and data that no resource comes before. */
const GIVEN = /^(?:var|self|each|count|path|terraform|data\.(?:terraform_remote_state|azurerm_client_config))\./;

/** Whether values already refer to what cannot be created early. Then nothing is left to decide, and the lifecycle stays empty. */
function needsOthers(resource: TerraformResource, values: readonly (string | undefined)[]): boolean {
  const roots = values
    .flatMap((value = "") => rootsIn(resource, value))
    .filter((root) => !GIVEN.test(root) && !root.startsWith("data."));
  return roots.some((root) => !isToCandidate(resource, root));
}

/**
 * Decided when the resource is written. Terraform spreads `create_before_destroy` to all that a resource needs, so nothing else of the
 * state may be among it.
 */
function createBeforeDestroy(resource: TerraformResource): void {
  const stack = TerraformStack.of(resource);
  const neighbors = surveyOf(stack, "early-neighbors", () =>
    byAddress([...stack.node.findAll().filter(isData), ...candidatesIn(stack).all]),
  );
  const isEarly = Lazy.anyValue({
    // While cdktf prepares a stack, it only looks for references.
    produce: ({ preparing }) => (!preparing && standsAlone(resource, neighbors(), new Map())) || undefined,
  });
  resource.lifecycle = { ...resource.lifecycle, createBeforeDestroy: isEarly as unknown as boolean };
}

type Neighbor = TerraformResource | TerraformDataSource;

/**
 * Whether all that an element needs, directly or not, can be created early.
 *
 * @param judged what is known already: several elements can need the same one. One that needs itself does not stand alone
 */
function standsAlone(
  element: Neighbor,
  neighbors: ReadonlyMap<string, Neighbor>,
  judged: Map<Neighbor, boolean>,
): boolean {
  const known = judged.get(element);
  if (known !== undefined) return known;
  judged.set(element, false);
  const stands = rootsOf(element).every((root) => {
    if (GIVEN.test(root)) return true;
    const other = neighbors.get(root.startsWith("data.") ? root : `resource.${root}`);
    return other !== undefined && standsAlone(other, neighbors, judged);
  });
  judged.set(element, stands);
  return stands;
}

function byAddress(elements: readonly Neighbor[]): Map<string, Neighbor> {
  return new Map(elements.map((element) => [addressOf(element) ?? "", element]));
}

function isData(node: unknown): node is TerraformDataSource {
  return TerraformDataSource.isTerraformDataSource(node);
}
