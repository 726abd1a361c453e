import { spawnSync } from "child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "fs";
import { join } from "path";
import { TerraformStack } from "cdktf";
import { Json, synth } from "../../helpers/synth";
import { CACHE } from "./stack";

const MOCKS = join(__dirname, "..", "..", "..", "examples", "mocks");

/** The configuration of a stack as Terraform gets it, with the providers that it requires. */
export function written(stack: TerraformStack): Json {
  synth(stack); // It checks what it writes.
  const { terraform, ...configuration }: Json = JSON.parse(JSON.stringify(stack.toTerraform()));
  return { ...configuration, terraform: { required_providers: terraform.required_providers } };
}

/** A configuration of a sequence: Terraform's JSON, or HCL that somebody has written by hand. */
export type Step = Json | string;

/** What a plan does: each change as `action: type of the resource`, and nothing for a resource that stays as it is. */
export type Plan = readonly string[];

/** Applies configurations one after another to one state, with the mocks of the examples, and returns the plan of each but the first. */
export function plansInSequence(
  name: string,
  steps: Readonly<Record<string, Step>>,
  variables: Readonly<Record<string, string>> = {},
): Record<string, Plan> {
  const folder = join(CACHE, "sequences", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(MOCKS, join(folder, "mocks"), { recursive: true });
  for (const [step, configuration] of Object.entries(steps)) {
    mkdirSync(join(folder, step));
    if (typeof configuration === "string") writeFileSync(join(folder, step, "main.tf"), configuration);
    else writeFileSync(join(folder, step, "cdk.tf.json"), JSON.stringify(configuration));
  }
  const required = providersOf(steps);
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
  writeFileSync(join(folder, "sequence.tftest.hcl"), testOf(Object.keys(steps), Object.keys(required), variables));
  terraform(folder, "init", "-backend=false", "-input=false");
  const lines = terraform(folder, "test", "-json", "-verbose").split("\n");
  const messages: Json[] = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const errors = messages.filter(({ diagnostic }) => diagnostic?.severity === "error");
  if (errors.length > 0)
    throw new Error(errors.map(({ diagnostic: { summary, detail } }) => `${summary}: ${detail}`).join("\n"));
  return Object.fromEntries(
    messages
      .filter(({ test_plan: plan }) => plan !== undefined)
      .map(({ "@testrun": run, test_plan: plan }) => [run.replace("plan-", ""), actionsOf(plan)]),
  );
}

/** Whatever the steps require: what is written by hand requires nothing else. */
function providersOf(steps: Readonly<Record<string, Step>>): Json {
  const generated = Object.values(steps).filter((step): step is Json => typeof step !== "string");
  return Object.assign({}, ...generated.map(({ terraform: { required_providers } }) => required_providers));
}

/** One state for all runs, so that each starts with what the one before has left. */
function testOf(
  steps: readonly string[],
  providers: readonly string[],
  variables: Readonly<Record<string, string>>,
): string {
  const mocked = providers.map((provider) => `mock_provider "${provider}" {\n  source = "./mocks"\n}`);
  const given = Object.entries(variables).map(([variable, value]) => `  ${variable} = "${value}"`);
  const run = (name: string, step: string, command: string): string =>
    `run "${name}" {\n  command   = ${command}\n  state_key = "sequence"\n  module {\n    source = "./${step}"\n  }\n}`;
  const [first, ...others] = steps;
  return [
    ...mocked,
    `variables {\n${given.join("\n")}\n}`,
    run(first, first, "apply"),
    ...others.flatMap((step) => [run(`plan-${step}`, step, "plan"), run(step, step, "apply")]),
  ].join("\n\n");
}

function actionsOf({ resource_changes: changes = [] }: Json): Plan {
  return changes
    .filter(({ mode }: Json) => mode === "managed")
    .flatMap(({ type, change, previous_address: moved }: Json): string[] => {
      const done = replaces(change) ? "replace" : change.actions.join(" and ");
      const all = [...(moved === undefined ? [] : ["move"]), ...(done === "no-op" ? [] : [done])];
      return all.map((action) => `${action}: ${type}`);
    })
    .sort();
}

/** What Azure cannot change of a resource. A mock does not know this. */
const FIXED = [
  "name",
  "location",
  "resource_group_name",
  "api_management_name",
  "api_name",
  "operation_id",
  "revision",
  "os_type",
  "principal_object_id",
  "app_role_id",
];

function replaces({ actions, before, after }: Json): boolean {
  return actions.join() === "update" && FIXED.some((attribute) => before[attribute] !== after[attribute]);
}

function terraform(folder: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync("terraform", [`-chdir=${folder}`, ...args, "-no-color"], {
    encoding: "utf8",
    maxBuffer: 1 << 29,
  });
  if (status !== 0 && args[0] === "init") throw new Error(stderr);
  return stdout;
}
