import { Located } from "../policy/findings/located";
import { attributeOf } from "../policy/syntax/source-tree";
import type { Model } from "./model/model";
import type { PolicyText } from "./model/policy-text";

/** The fragment that a policy includes, if the configuration has it. */
export function includedIn(model: Model, policy: PolicyText, { element }: Located): readonly PolicyText[] {
  if (element.name !== "include-fragment") return [];
  const name = policy.valueOf(attributeOf(element, "fragment-id") ?? "").text;
  return name === undefined ? [] : model.fragmentsNamed(name);
}
