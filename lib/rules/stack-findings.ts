import { TerraformStack } from "cdktf";
import { Acknowledgement, acknowledgementsIn, unusedText } from "./acknowledgement";
import { ConfigurationFile } from "./model/stack";
import { Model } from "./model/model";
import { SecurityRule } from "./rule";
import { RULES } from "./rules";
import { judge, messageOf, RuleFinding } from "./verdicts";

/** What stacks render. */
export type RenderedStacks = ReadonlyMap<TerraformStack, ConfigurationFile["json"]>;

/** Rules of a user's, and the stacks that they judge. */
export interface OwnRules {
  readonly rules: readonly SecurityRule[];
  readonly stacks: ReadonlySet<TerraformStack>;
}

/** What is to be said of some stacks. */
export interface StackFindings {
  readonly errors: string[];
  readonly warnings: readonly (readonly [stack: TerraformStack, text: string])[];
}

/**
 * Judges stacks together: by the rules of the library, and by those of users where they are given.
 *
 * @param unwritten what was acknowledged for stacks whose output does not have it
 */
export function findingsIn(
  rendered: RenderedStacks,
  own: readonly OwnRules[],
  unwritten: readonly Acknowledgement[] = [],
): StackFindings {
  const model = modelOf(rendered);
  const accepted = [...acknowledgementsIn(model), ...unwritten];
  const judgedByOwn = own.flatMap(({ rules, stacks }) => {
    const given = [...rendered].filter(([stack]) => stacks.has(stack));
    return given.length > 0 ? [judge(modelOf(new Map(given)), rules, accepted)] : [];
  });
  const verdicts = [judge(model, RULES, accepted), ...judgedByOwn];
  const violated = verdicts.flatMap((each) => each.violated);
  const unused = verdicts.map((each) => new Set(each.unused));
  const idle = accepted.filter((each) => unused.every((all) => all.has(each)));
  const ids = [...RULES, ...own.flatMap(({ rules }) => rules)].map(({ id }) => id);
  const stacks = new Map([...rendered.keys()].map((stack) => [stack.node.id, stack]));
  const ofSeverity = (severity: string): RuleFinding[] => violated.filter(({ rule }) => rule.severity === severity);
  const unusedOf = (exists: boolean): Acknowledgement[] => idle.filter(({ rule }) => ids.includes(rule) === exists);
  return {
    errors: withoutRepeats([
      ...unusedOf(false).map((each) => `[${each.path}] ${unusedText(each, ids)}`),
      ...ofSeverity("error").map(textOf),
    ]),
    warnings: [
      ...ofSeverity("warning").map((found) => [stacks.get(found.resource.stack.name)!, textOf(found)] as const),
      ...unusedOf(true).map((each) => {
        const [first] = rendered.keys();
        return [stackAround(each.path, [...rendered.keys()]) ?? first, unusedText(each, ids)] as const;
      }),
    ],
  };
}

/** The innermost stack that a path is in. */
export function stackAround(path: string, stacks: readonly TerraformStack[]): TerraformStack | undefined {
  const around = stacks.filter(({ node }) => isWithin(path, node.path));
  return around.sort((one, other) => other.node.path.length - one.node.path.length)[0];
}

/** Whether a path is another one, or below it. */
export function isWithin(path: string, outer: string): boolean {
  return `${path}/`.startsWith(`${outer}/`);
}

function modelOf(rendered: RenderedStacks): Model {
  return new Model(
    new Map([...rendered].map(([{ node }, json]) => [node.id, [{ path: `${node.path}/cdk.tf.json`, json }]])),
  );
}

/** Two sets can have the same rule. */
function withoutRepeats(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function textOf(found: RuleFinding): string {
  const { rule, resource, attribute, line, column } = found;
  const position = line === undefined ? "" : ` (${attribute} ${line}:${column})`;
  return `[${resource.path}]${position} ${messageOf(found)} (${rule.id})`;
}
