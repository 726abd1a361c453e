import { Construct } from "constructs";
import { checkRegion } from "../clouds/stack-cloud";
import { requireAttributes, requireGiven } from "../../core/given";

/**
 * A resource group: a `ResourceGroup` or `DataAzurermResourceGroup` of the azurerm bindings, or
 * `ResourceGroupRef.fromAttributes`.
 */
export interface IResourceGroupRef {
  /** Name of the resource group. */
  readonly name: string;

  /** Azure region of the resources that are created in it, for example `westeurope`. */
  readonly location: string;
}

/** The resource group, if it is one. */
export function checkedGroup(scope: Construct, group: IResourceGroupRef): IResourceGroupRef {
  const checked = requireGiven(scope, group, {
    name: "resourceGroup",
    texts: ["name", "location"],
    example:
      'resourceGroup: your ResourceGroup object, or ResourceGroupRef.fromAttributes({ name: "...", location: "westeurope" })',
  });
  checkRegion(scope, checked.location);
  return checked;
}

/** Attributes of a resource group. */
export interface ResourceGroupRefAttributes {
  /** Name of the resource group. */
  readonly name: string;

  /** Azure region of the resources that are created in it, for example `westeurope`. */
  readonly location: string;
}

/** A resource group by its attributes. */
export class ResourceGroupRef implements IResourceGroupRef {
  /** Refers to a resource group by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: ResourceGroupRefAttributes): IResourceGroupRef {
    const { name, location } = requireAttributes("ResourceGroupRef", attributes, ["name", "location"]);
    return new ResourceGroupRef(name, location);
  }

  private constructor(
    public readonly name: string,
    public readonly location: string,
  ) {}
}
