import { Lazy, TerraformResource, TerraformResourceLifecycle } from "cdktf";

/**
 * A lifecycle for what goes when something else is replaced, though no value that it names changes. Terraform would not plan it
 * again by itself: an API that is replaced keeps its name, and loses its policy, its operations and its products.
 *
 * @param references as `idReference` writes them; none makes no lifecycle
 */
export function replacedWith(references: readonly string[]): TerraformResourceLifecycle | undefined {
  return references.length > 0 ? { replaceTriggeredBy: [...references] } : undefined;
}

/** The id of a resource, as Terraform takes it in `replace_triggered_by`: without `${}`, which is what cdktf makes of a token. */
export function idReference(resource: TerraformResource): string {
  return Lazy.stringValue({ produce: () => `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id` });
}
