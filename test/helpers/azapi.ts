import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Json } from "./synth";

/** A resource of azapi, which has no bindings here. */
export class AzapiElement extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: Json,
    terraformResourceType = "azapi_update_resource",
  ) {
    super(scope, id, { terraformResourceType });
  }

  protected override synthesizeAttributes(): Json {
    return this.attributes;
  }
}
