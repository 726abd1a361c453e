import { Aspects, IAspect, TerraformStack } from "cdktf";

/** An aspect that can be added to an app. */
export interface AppAspect extends IAspect {
  /** Called for each stack that has something of ours. */
  readonly _visitOfApp: (stack: TerraformStack) => void;
}

/**
 * Calls the aspects of ours that were added to the app, when cdktf calls those of the stack: it does not call those of an app.
 *
 * @see https://github.com/hashicorp/terraform-cdk/blob/main/packages/cdktf/lib/synthesize/synthesizer.ts
 */
export function callAspectsOfApp(stack: TerraformStack): void {
  Aspects.of(stack).add({
    visit: (node) => {
      if (node !== stack) return;
      Aspects.of(stack.node.root)
        .all.filter(isAppAspect)
        .forEach((aspect) => aspect._visitOfApp(stack));
    },
  });
}

function isAppAspect(aspect: IAspect): aspect is AppAspect {
  return "_visitOfApp" in aspect;
}
