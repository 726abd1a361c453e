import { App, TerraformElement, TerraformStack } from "cdktf";
import { ElementsOfApp, elementsOfApp } from "./elements-of-app";
import { errorAtUser } from "./fail";
import { once } from "./once";
import { lostBy, removedFinding } from "./removed";
import { stateOf } from "./state";

const ID = "SecureApimBackendChecks";

/**
 * Finds what is wrong with a stack, a finding a line, each with the path of its construct.
 *
 * @param elements what the app has now, searched once for all checks
 */
export type StackCheck = (elements: () => ElementsOfApp) => string[];

/**
 * Checks a stack as it is written: a validation of the user's can still change it after all of ours have run. cdktf renders the
 * elements of a stack after its validations, and this one looks at the others instead of being rendered.
 *
 * @see docs/design/decisions.md#checked-when-written
 */
class LastCheck extends TerraformElement {
  private validated = false;
  private isRendered = false;

  constructor(
    stack: TerraformStack,
    private readonly check: StackCheck,
    id: string,
  ) {
    super(stack, id);
    // Without validations nothing is checked, and elements are also rendered before them. Once they run, every rendering is checked:
    // a validation can render the stack, too, and change it afterwards.
    stack.node.addValidation({
      validate: () => {
        this.validated = true;
        return lostBy(this) ? [removedFinding(this, stack)] : [];
      },
    });
  }

  /** A stack that renders its elements asks each for this first. One that is only prepared, at the beginning of a synthesis, does not. */
  public override toMetadata(): unknown {
    this.isRendered = true;
    return super.toMetadata();
  }

  public override toTerraform(): unknown {
    if (!this.validated || !this.isRendered) return {};
    this.isRendered = false;
    const found = this.check(once(() => elementsOfApp(this)));
    if (found.length > 0) throw errorAtUser(`Validation failed with the following errors:\n  ${found.join("\n  ")}`);
    return {};
  }

  public override toHclTerraform(): unknown {
    return this.toTerraform();
  }
}

/** Runs a check whenever the stack is rendered after its validations have begun. */
export function checkWhenWritten(stack: TerraformStack, check: StackCheck): void {
  const checks = stateOf(stack, "last-checks", () => {
    const all: StackCheck[] = [];
    new LastCheck(stack, (elements) => all.flatMap((each) => each(elements)), ID);
    return all;
  });
  checks.push(check);
}

/**
 * Checks once more when the app has written all of its stacks: the validations of a stack run when the stacks before it are written, and
 * can add to any.
 */
export function checkWhenAllIsWritten({ node: { root } }: TerraformStack, check: StackCheck): void {
  const checks = stateOf(root, "checks-of-all", () => {
    const all: StackCheck[] = [];
    const elements = (): ElementsOfApp => elementsOfApp(root);
    root.node.addValidation({
      validate: () => {
        const isAlone = !App.isApp(root) || Object.keys(root.manifest.stacks).length < 2;
        const found = once(elements);
        return isAlone ? [] : all.flatMap((each) => each(found));
      },
    });
    return all;
  });
  checks.push(check);
}

/** Runs a check like `checkWhenWritten`, with an element of its own, which is returned. */
export function checkAlone(stack: TerraformStack, check: StackCheck, id: string): TerraformElement {
  return new LastCheck(stack, check, id);
}
