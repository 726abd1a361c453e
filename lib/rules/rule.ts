import type { Model } from "./model/model";
import type { PolicyText } from "./model/policy-text";
import type { Resource } from "./model/resource";

/** A rule about an app: what must hold, how it is judged and the control that it serves. */
export interface SecurityRule {
  /** Stable, in kebab-case and unique. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  readonly severity: RuleSeverity;
  /** The control of the Microsoft cloud security benchmark, such as `IM-1`. */
  readonly control: string;
  /** The number of the weakness in the Common Weakness Enumeration, if one fits. */
  readonly cwe?: number;
  readonly judges: (model: Model) => readonly Judgement[];
}

/** An error must be fixed or acknowledged. A warning is good to know. */
export type RuleSeverity = "error" | "warning";

/** `unknown` if only Terraform knows what would have to be judged. */
export type Verdict = "violated" | "complies" | "unknown";

/** What a rule says about one place. */
export interface Judgement {
  readonly resource: Resource;
  /** The attribute that was judged, if it is one. */
  readonly attribute?: string;
  /** The place in the policy that the attribute contains. */
  readonly line?: number;
  readonly column?: number;
  readonly verdict: Verdict;
  /** What is wrong, with the value; or what is not known. */
  readonly text: string;
  /** What to write instead, if it is wrong. */
  readonly remedy: string;
}

/** A judgement of an attribute. `undefined` is what only Terraform knows. */
export function judged(
  resource: Resource,
  attribute: string,
  holds: boolean | undefined,
  text: string,
  remedy: string,
): Judgement {
  if (holds !== undefined) return { resource, attribute, verdict: holds ? "complies" : "violated", text, remedy };
  const why = resource.isIgnored(attribute)
    ? "is covered by ignore_changes, so the deployed value stays"
    : "is known only when Terraform runs";
  return { resource, attribute, verdict: "unknown", text: `${attribute} ${why}.`, remedy: "" };
}

/** A judgement of a place in a policy. */
export function judgedAt(
  policy: PolicyText,
  offset: number,
  verdict: Verdict,
  text: string,
  remedy: string,
): Judgement {
  const { resource, attribute, tree } = policy;
  return { resource, attribute, ...tree?.position(offset), verdict, text, remedy };
}
