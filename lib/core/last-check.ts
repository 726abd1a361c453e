import { TerraformElement, TerraformStack } from "cdktf";
import { errorAtUser } from "./fail";
import { lostBy, removedFinding } from "./removed";

const ID = "SecureApimBackendChecks";

/** Finds what is wrong with a stack, a finding a line, each with the path of its construct. */
export type StackCheck = () => string[];

/**
 * Checks a stack as it is written: a validation of the user's can still change it after all of ours have run. cdktf renders the
 * elements of a stack after its validations, and this one looks at the others instead of being rendered.
 *
 * @see docs/design/decisions.md#checked-when-written
 */
class LastCheck extends TerraformElement {
  private validated = false;

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

  public override toTerraform(): unknown {
    if (!this.validated) return {};
    refuse(this.check());
    return {};
  }

  public override toHclTerraform(): unknown {
    return this.toTerraform();
  }
}

function refuse(found: readonly string[]): void {
  if (found.length > 0) throw errorAtUser(`Validation failed with the following errors:\n  ${found.join("\n  ")}`);
}

/** Runs a check whenever the stack is rendered after its validations have begun. */
export function checkWhenWritten(stack: TerraformStack, check: StackCheck, id = ID): void {
  new LastCheck(stack, check, id);
}

/**
 * Runs a check of what a stack renders, whenever it is rendered after its validations have begun. A check that rendered the stack itself
 * would take as long as cdktf. With HCL, it has to.
 */
export function checkRendered(
  stack: TerraformStack,
  check: (json: Readonly<Record<string, unknown>>) => string[],
): void {
  let validated = false;
  stack.node.addValidation({ validate: () => ((validated = true), []) });
  const render = stack.toTerraform.bind(stack);
  const renderHcl = stack.toHclTerraform.bind(stack);
  stack.toTerraform = () => {
    const json = render();
    if (validated) refuse(check(json));
    return json;
  };
  stack.toHclTerraform = () => {
    if (validated) refuse(check(render()));
    return renderHcl();
  };
}
