import { Located } from "../policy/findings/located";
import { attributeOf } from "../policy/syntax/source-tree";
import type { Model } from "./model/model";
import type { PolicyText } from "./model/policy-text";

/** The fragment that a policy includes, if the configuration has it. */
export function includedIn(model: Model, policy: PolicyText, { element }: Located): PolicyText[] {
  if (element.name !== "include-fragment") return [];
  const name = policy.valueOf(attributeOf(element, "fragment-id") ?? "").text;
  return model.policies.filter((each) => each.scope === "fragment" && nameOfFragment(each) === name);
}

export function nameOfFragment({ resource }: PolicyText): string {
  return resource.at("name").text ?? "?";
}
