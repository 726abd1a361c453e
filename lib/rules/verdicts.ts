import { Acknowledgement, acknowledging, keyOf } from "./acknowledgement";
import type { Model } from "./model/model";
import { Judgement, SecurityRule } from "./rule";

/** A judgement, the rule that it is of, and the reason for which it was acknowledged. */
export interface RuleFinding extends Judgement {
  readonly rule: SecurityRule;
  readonly acknowledged?: Acknowledgement;
}

/** What a finding says, and what to do. */
export function messageOf({ rule, verdict, text, remedy }: RuleFinding): string {
  return verdict === "unknown" ? `${text} Make sure that this holds: ${rule.title}` : `${text} ${remedy}`;
}

/** What the rules say about a model: the most severe first, and each in the order of the model. */
export interface Verdicts {
  /** What is violated and not acknowledged. */
  readonly violated: readonly RuleFinding[];
  /** What is violated or not known, with a reason. */
  readonly acknowledged: readonly RuleFinding[];
  /** What only Terraform knows. */
  readonly unknown: readonly RuleFinding[];
  /** How many judgements found that a rule is followed. */
  readonly complies: number;
  /** The acknowledgements that match nothing. */
  readonly unused: readonly Acknowledgement[];
}

/** Judges a model by the rules. */
export function judge(
  model: Model,
  rules: readonly SecurityRule[],
  acknowledgements: readonly Acknowledgement[],
): Verdicts {
  const found = rules.flatMap((rule) => rule.judges(model).map((judgement): RuleFinding => ({ ...judgement, rule })));
  const acknowledgementOf = acknowledging(acknowledgements);
  const open = found
    .filter(({ verdict }) => verdict !== "complies")
    .map((finding) => ({ ...finding, acknowledged: acknowledgementOf(finding) }));
  const used = new Set(open.flatMap(({ acknowledged }) => (acknowledged ? [keyOf(acknowledged)] : [])));
  const left = open.filter(({ acknowledged }) => acknowledged === undefined);
  return {
    violated: left.filter(({ verdict }) => verdict === "violated").sort(bySeverity),
    acknowledged: open.filter(({ acknowledged }) => acknowledged !== undefined),
    unknown: left.filter(({ verdict }) => verdict === "unknown"),
    complies: found.filter(({ verdict }) => verdict === "complies").length,
    unused: acknowledgements.filter((each) => !used.has(keyOf(each))),
  };
}

function bySeverity(one: RuleFinding, other: RuleFinding): number {
  return Number(one.rule.severity === "warning") - Number(other.rule.severity === "warning");
}
