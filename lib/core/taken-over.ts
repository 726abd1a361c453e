import { TerraformElement, TerraformResource } from "cdktf";

/**
 * An `import` block: Terraform takes over what exists under the id, and does not try to make it. cdktf's own `importFrom` would
 * ask the `terraform` on the path for its version at synth.
 */
export class TakenOver extends TerraformElement {
  constructor(
    private readonly resource: TerraformResource,
    private readonly id: string,
  ) {
    super(resource, "Import");
  }

  public override toTerraform(): unknown {
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    return { import: [{ to: `${terraformResourceType}.${friendlyUniqueId}`, id: this.id }] };
  }
}
