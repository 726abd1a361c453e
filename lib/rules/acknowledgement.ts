import { finding } from "../core/fail";
import { beginningsOf } from "../core/beginnings";
import { lookupOf } from "../core/lookup";
import { nearest } from "../core/nearest";
import type { Model } from "./model/model";
import type { Judgement, SecurityRule } from "./rule";

/** A violation that somebody has accepted. */
export interface Acknowledgement {
  /** The id of the rule. */
  readonly rule: string;
  /** The path of the construct, or the address of the resource. What is below the construct is included. */
  readonly path: string;
  readonly reason: string;
  /** The names of the stacks in which it holds. In all, if left out. */
  readonly stacks?: ReadonlySet<string>;
}

/** Where the output of a stack has its acknowledgements. Terraform reads `//` as a comment. */
export const ACKNOWLEDGEMENTS = "//.apimSecurityRules.acknowledged";

/** What it accepts. One that is written twice is used if one of both is. */
export function keyOf({ rule, path }: Acknowledgement): string {
  return `${rule} ${path}`;
}

/** The acknowledgements that are written in the output. One without a reason is none. An address is one of the stack that has it. */
export function acknowledgementsIn(model: Model): Acknowledgement[] {
  return model.stacks.flatMap((stack) =>
    stack.values(ACKNOWLEDGEMENTS).flatMap(({ elements }) =>
      elements.flatMap((each) => {
        const [rule, path, reason] = ["rule", "path", "reason"].map((name) => each.at(name).text?.trim() ?? "");
        const stacks = path.includes("/") ? undefined : new Set([stack.name]);
        return rule !== "" && path !== "" && reason !== "" ? [{ rule, path, reason, stacks }] : [];
      }),
    ),
  );
}

/** Finds the first acknowledgement of a violation: one of its resource, or of a construct around it. */
export function acknowledging(
  acknowledgements: readonly Acknowledgement[],
): (finding: Judgement & { readonly rule: SecurityRule }) => Acknowledgement | undefined {
  const key = (...parts: readonly string[]): string => JSON.stringify(parts);
  const lookUp = lookupOf(acknowledgements, ({ rule, path, stacks }) =>
    stacks ? [...stacks].map((stack) => key(rule, path, stack)) : [key(rule, path)],
  );
  return ({ rule: { id }, resource: { address, path, stack } }) => {
    const places = [address, path, ...beginningsOf(path, "/")];
    const keys = places.flatMap((place) => [key(id, place), key(id, place, stack.name)]);
    return lookUp(keys)[0];
  };
}

/** What is wrong with an acknowledgement that matches nothing. */
export function unusedText({ rule, path }: Acknowledgement, ids: readonly string[]): string {
  if (ids.includes(rule))
    return finding(
      "acknowledgement-unused",
      `The acknowledgement of "${rule}" at ${path} matches no finding.`,
      "Remove it, or write the path of the construct that the finding names.",
    );
  const similar = nearest(rule, ids);
  return finding(
    "acknowledged-rule-unknown",
    `The acknowledgement at ${path} names the rule "${rule}", which does not exist.`,
    similar === undefined ? "Write the ID of a rule, which a finding ends with." : `Write "${similar}".`,
  );
}
