import { Annotations, AnnotationMetadataEntryType, App, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/** Adds a warning from a validation, which runs again if the app is synthesized again. */
export function warnOnce(construct: IConstruct, warning: string): void {
  if (!isShown(construct, warning)) Annotations.of(construct).addWarning(warning);
}

/** Adds a warning about what a stack renders. Its annotations are in the manifest already, which cdktf writes after all stacks. */
export function warnWhenWritten(stack: TerraformStack, warning: string): void {
  if (isShown(stack, warning)) return;
  warnOnce(stack, warning);
  App.of(stack).manifest.forStack(stack).annotations.push({
    constructPath: stack.node.path,
    level: AnnotationMetadataEntryType.WARN,
    message: warning,
  });
}

function isShown({ node }: IConstruct, warning: string): boolean {
  return node.metadata.some(({ data }) => data === warning);
}
