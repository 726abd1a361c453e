import { TerraformElement, TerraformResource } from "cdktf";

/**
 * An `import` block: Terraform manages what exists with the id, instead of creating it. cdktf's `importFrom` would run
 * `terraform` at synth to check its version.
 *
 * @see docs/design/decisions.md#imported-policy
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
