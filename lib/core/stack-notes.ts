import { TerraformElement, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { stateOf } from "./state";

/** Writes what it is given into the output of a stack, for everyone who reads the output. */
class NoteList extends TerraformElement {
  constructor(
    stack: TerraformStack,
    private readonly kind: string,
    private readonly list: readonly (() => object)[],
  ) {
    super(stack, `SecureApimBackendNotes_${kind}`);
  }

  /** Terraform reads `//` as a comment. */
  public override toTerraform(): unknown {
    return { "//": { secureApimBackend: { [this.kind]: this.list.map((note) => note()) } } };
  }

  /** HCL has no such place. */
  public override toHclTerraform(): unknown {
    return {};
  }
}

/**
 * Adds a note to the output of a stack, where commands read it. It is made when the stack is rendered.
 *
 * @param kind the name of the list in the output, such as `entraRequests`
 */
export function noteInStack(scope: Construct, kind: string, note: () => object): void {
  const stack = TerraformStack.of(scope);
  const list = stateOf(stack, `notes-${kind}`, () => {
    const created: (() => object)[] = [];
    new NoteList(stack, kind, created);
    return created;
  });
  list.push(note);
}
