import type { Model } from "../rules/model/model";
import { RuleFinding } from "../rules/verdicts";
import { compared } from "./parties/parties";
import type { OpenOnPurpose } from "./trust-report";

/** Where the library writes the reasons that its calls were given. Terraform reads `//` as a comment. */
const REASONS = "//.secureApimBackend.openOnPurpose";

/** What is written with a reason: acknowledged findings, and calls of the library that open something. */
export function openOnPurpose(model: Model, acknowledged: readonly RuleFinding[]): OpenOnPurpose[] {
  const findings = acknowledged.map(({ rule, resource, text, acknowledged: by }) => ({
    stack: resource.stack.name,
    place: resource.path,
    what: text,
    reason: by?.reason ?? "",
    rule: rule.id,
  }));
  return [...findings, ...reasonsIn(model).filter((each) => !isElsewhere(each))].sort(inOrder);
}

/** What somebody else does, as the reasons say. */
export function elsewhereOnPurpose(model: Model): OpenOnPurpose[] {
  return reasonsIn(model).filter(isElsewhere).sort(inOrder);
}

function isElsewhere({ call = "" }: OpenOnPurpose): boolean {
  return /[.](?:managedElsewhere|fromRequest)$/.test(call);
}

function reasonsIn(model: Model): OpenOnPurpose[] {
  return model.stacks.flatMap((stack) =>
    stack.values(REASONS).flatMap(({ elements }) =>
      elements.flatMap((each) => {
        const [place = "", what, call, reason = ""] = ["path", "what", "call", "reason"].map(
          (name) => each.at(name).text,
        );
        return what === undefined
          ? []
          : [{ stack: stack.name, place, what: `${what}.`, reason, ...(call !== undefined && { call }) }];
      }),
    ),
  );
}

function inOrder(one: OpenOnPurpose, other: OpenOnPurpose): number {
  return compared(one.stack, other.stack) || compared(one.place, other.place) || compared(one.what, other.what);
}
