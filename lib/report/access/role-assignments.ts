import { grouped } from "../../core/grouped";
import { inOrderOf } from "../../core/in-order";
import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";

/** The role assignments of a configuration, by what they are on. */
export class RoleAssignments {
  private readonly inOrder: (assignments: Iterable<Resource>) => Resource[];
  /** Those on all of a subscription or a management group. */
  private readonly wide: readonly Resource[];
  private readonly byScope: ReadonlyMap<Resource, readonly Resource[]>;
  /** By what the resources refer to that they are on: a container refers to its storage account. */
  private readonly byWhole: ReadonlyMap<Resource, readonly Resource[]>;

  constructor(model: Model) {
    const all = model.ofType("azurerm_role_assignment");
    this.inOrder = inOrderOf(all);
    this.wide = all.filter(isWide);
    this.byScope = grouped(all, (assignment) => assignment.referenced("scope"));
    this.byWhole = grouped(all, (assignment) =>
      assignment.referenced("scope").flatMap(({ referencedAnywhere }) => referencedAnywhere),
    );
  }

  /** Those on a service, on a part of it or on what is around it, in the order of the configuration. */
  public on(service: Resource): Resource[] {
    const direct = [service, ...service.referenced("resource_group_name")].flatMap(
      (scope) => this.byScope.get(scope) ?? [],
    );
    return this.inOrder([...this.wide, ...direct, ...(this.byWhole.get(service) ?? [])]);
  }
}

function isWide(assignment: Resource): boolean {
  return (
    /^\/subscriptions\/[^/]+\/?$/.test(assignment.at("scope").resolved) ||
    assignment
      .referenced("scope")
      .some(({ type }) => type === "azurerm_subscription" || type === "azurerm_management_group")
  );
}
