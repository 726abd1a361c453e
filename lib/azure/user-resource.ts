import { Annotations, TerraformDataSource, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../core/fail";
import { isToken } from "../core/tokens";

/**
 * The user's azurerm resource, if it is one of these types. Its attributes can be checked at synth. A data source is in another
 * state, and is not checked here. For everything else, such as an object of ids, a warning says what was not checked.
 *
 * @param notChecked begins with "whether"
 */
export function inspectable(
  scope: Construct,
  object: { readonly id: string },
  types: readonly string[],
  notChecked: string,
): TerraformResource | undefined {
  if (TerraformResource.isTerraformResource(object) && types.includes(object.terraformResourceType)) return object;
  if (!TerraformDataSource.isTerraformDataSource(object)) {
    const given = isToken(object.id) ? "only its attributes" : `only the attributes of "${object.id}"`;
    Annotations.of(scope).addWarning(
      finding(
        "not-inspected",
        `Not checked: ${notChecked}. You passed ${given}, not an object of this app.`,
        `Pass the ${types.map(classOf).join(" or ")} object if this app declares it. Otherwise, check it yourself.`,
      ),
    );
  }
  return undefined;
}

/** The class of the azurerm bindings for a Terraform type. */
function classOf(type: string): string {
  return type.replace(/^azurerm/, "").replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
