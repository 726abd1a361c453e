import { TerraformElement, TerraformResource } from "cdktf";

/**
 * An `import` block: Terraform takes over what exists under the id, and does not try to make it. cdktf's own `importFrom` would
 * ask the `terraform` on the path for its version at synth.
 */
export class ImportBlock extends TerraformElement {
  constructor(
    private readonly resource: TerraformResource,
    private readonly id: string,
  ) {
    super(resource, "Import");
  }

  public override toTerraform(): unknown {
    return { import: [{ to: this.to, id: this.id }] };
  }

  public override toHclTerraform(): unknown {
    return {
      import: [
        {
          to: { value: this.to, type: "simple", storageClassType: "reference" },
          id: { value: this.id, type: "simple", storageClassType: "string" },
        },
      ],
    };
  }

  private get to(): string {
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    return `${terraformResourceType}.${friendlyUniqueId}`;
  }
}
