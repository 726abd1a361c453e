import { TerraformElement, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { stateOf } from "./state";

const ID = "SecureApimBackendReasons";

/** Something that a call opens, with the reason that the call was given. */
interface OpenedOnPurpose {
  readonly path: string;
  readonly what: string;
  readonly call: string;
  readonly reason: string;
}

/** Writes the reasons into the output of a stack, so that everyone who reads the output can list them. */
class ReasonList extends TerraformElement {
  constructor(
    stack: TerraformStack,
    private readonly list: readonly OpenedOnPurpose[],
  ) {
    super(stack, ID);
  }

  /** Terraform reads `//` as a comment. */
  public override toTerraform(): unknown {
    return { "//": { secureApimBackend: { openOnPurpose: this.list } } };
  }

  /** HCL has no such place. */
  public override toHclTerraform(): unknown {
    return {};
  }
}

/** Adds to what is open on purpose. */
export function recordReason(scope: Construct, opened: Omit<OpenedOnPurpose, "path">): void {
  const stack = TerraformStack.of(scope);
  const list = stateOf(stack, "reasons", () => {
    const created: OpenedOnPurpose[] = [];
    new ReasonList(stack, created);
    return created;
  });
  list.push({ path: scope.node.path, ...opened });
}
