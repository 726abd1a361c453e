import { TerraformElement, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { stateOf } from "../core/state";
import { Acknowledgement } from "./acknowledgement";

const ID = "SecureApimBackendAcknowledged";

/** Writes what was acknowledged into the output of a stack, so that everyone who reads the output can list it. */
class AcknowledgementList extends TerraformElement {
  constructor(
    stack: TerraformStack,
    private readonly list: readonly Acknowledgement[],
  ) {
    super(stack, ID);
  }

  /** Terraform reads `//` as a comment. */
  public override toTerraform(): unknown {
    return { "//": { apimSecurityRules: { acknowledged: this.list } } };
  }

  /** HCL has no such place. */
  public override toHclTerraform(): unknown {
    return {};
  }
}

/** Accepts what a rule finds at a construct and below it. The caller has checked the reason. */
export function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  writeAcknowledgement(TerraformStack.of(scope), { rule, path: scope.node.path, reason });
}

export function writeAcknowledgement(stack: TerraformStack, acknowledgement: Acknowledgement): void {
  acknowledgementsOf(stack).push(acknowledgement);
}

function acknowledgementsOf(stack: TerraformStack): Acknowledgement[] {
  return stateOf(stack, "acknowledged-rules", () => {
    const list: Acknowledgement[] = [];
    new AcknowledgementList(stack, list);
    return list;
  });
}
