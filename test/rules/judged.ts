import { acknowledgementsIn } from "../../lib/rules/acknowledgement";
import { Model } from "../../lib/rules/model/model";
import { RULES } from "../../lib/rules/rules";
import { judge, messageOf, RuleFinding, Verdicts } from "../../lib/rules/verdicts";
import { Json } from "../helpers/synth";

/** What all rules say about the configurations of stacks, by their names. */
export function verdictsOf(stacks: Readonly<Record<string, Json>>): Verdicts {
  const model = modelOf(stacks);
  return judge(model, RULES, acknowledgementsIn(model));
}

export function modelOf(stacks: Readonly<Record<string, Json>>): Model {
  return new Model(
    new Map(Object.entries(stacks).map(([name, json]) => [name, [{ path: `${name}/cdk.tf.json`, json }]])),
  );
}

/** Findings as lines: place, message and id. */
export function linesOf(findings: readonly RuleFinding[]): string[] {
  return findings.map((found) => {
    const { rule, resource, attribute, line, column } = found;
    const position = line === undefined ? "" : ` ${line}:${column}`;
    return `${resource.path} ${attribute}${position}: ${messageOf(found)} (${rule.id})`;
  });
}
