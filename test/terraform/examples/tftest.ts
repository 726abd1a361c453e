import { spawn } from "child_process";
import { cpSync, readFileSync, rmSync } from "fs";
import { basename, dirname, join } from "path";
import { createInterface } from "readline";
import { SaxesParser } from "saxes";
import { blocksOf } from "../../helpers/graph";
import { Json } from "../../helpers/synth";
import { configurationOf, folderOf, init, withProviders } from "./stack";

/** What Terraform said about a test file. */
export interface Outcome {
  /** Errors, each as `run: summary: detail`, in one line. */
  readonly errors: string[];
  /** The policies and fragments that each run plans or applies, as far as Terraform knows them. */
  readonly policies: [where: string, xml: string][];
}

/** Runs a test file on a stack that Terraform has initialized: the one beside the example, with its mocks. */
export async function runTests(file: string, stack: string): Promise<Outcome> {
  cpSync(file, join(folderOf(stack), basename(file)));
  cpSync(join(dirname(file), "mocks"), join(folderOf(stack), "mocks"), { recursive: true });
  const options = ["-no-color", "-json", "-verbose", `-filter=${basename(file)}`];
  const { stdout } = spawn("terraform", [`-chdir=${folderOf(stack)}`, "test", ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const outcome: Outcome = { errors: [], policies: [] };
  let ended = false;
  // One line at a time: each plan and each state comes with the schemas of all providers.
  for await (const line of createInterface({ input: stdout })) {
    if (!line.startsWith("{")) continue;
    const message: Json = JSON.parse(line);
    outcome.errors.push(...errorsIn(message));
    outcome.policies.push(...policiesIn(message));
    ended ||= message.type === "test_summary";
  }
  if (!ended) outcome.errors.push("Terraform ended before its tests did.");
  return outcome;
}

function errorsIn({ "@testrun": run, diagnostic }: Json): string[] {
  if (diagnostic?.severity !== "error") return [];
  return [`${run}: ${diagnostic.summary}: ${diagnostic.detail}`.replace(/\s+/g, " ")];
}

function policiesIn({ "@testrun": run, test_plan: plan, test_state: state }: Json): Outcome["policies"] {
  const planned: Json[] = plan?.resource_changes?.map(({ address, change }: Json) => ({
    address,
    values: change.after,
  }));
  const resources: Json[] = planned ?? state?.root_module?.resources ?? [];
  return resources
    .map(({ address, values }): [string, string | undefined] => [
      `${run}: ${address}`,
      address.startsWith("azurerm_api_management_policy_fragment.") ? values?.value : values?.xml_content,
    ])
    .filter((policy): policy is [string, string] => policy[1] !== undefined);
}

/** Throws where a policy is no XML. C# expressions in it need not be. */
function readStrictly(policy: string): void {
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(withoutExpressions(policy)).close();
}

function withoutExpressions(policy: string): string {
  let text = "";
  for (let at = 0; at < policy.length; at++) {
    const end = /^@[({]/.test(policy.slice(at, at + 2)) ? endOfBrackets(policy, at + 1) : at;
    text += end > at ? "expression" : policy[at];
    at = end;
  }
  return text;
}

function endOfBrackets(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if ("({".includes(text[at])) depth++;
    if (")}".includes(text[at]) && --depth === 0) return at;
  }
  throw new Error(`An expression has no end: ${text.slice(open - 1)}`);
}

/** The id of a condition, or a run that is named after it, and the address of what fails. */
type Expected = [name: string, address: string];

/** The pre- and postconditions of a stack. */
function conditionsOf(stack: string): Expected[] {
  const configuration = configurationOf(stack);
  const outputs = Object.entries<Json>(configuration.output ?? {});
  const blocks = [
    ...blocksOf(configuration),
    ...outputs.map(([name, block]): [string, Json] => [`output.${name}`, block]),
  ];
  return blocks.flatMap(([address, { lifecycle, precondition }]) =>
    [precondition, lifecycle?.precondition, lifecycle?.postcondition]
      .flatMap((conditions?: Json[]) => conditions ?? [])
      .map(({ error_message: message }): Expected => [/\(([a-z0-9-]+)\)$/.exec(message)?.[1] ?? message, address]),
  );
}

/** What the runs of a file expect to fail, and what the file says that none of them can break. */
function expectedIn(file: string): Expected[] {
  const [text, ...runs] = readFileSync(file, "utf8").split(/^run "/m);
  const unbreakable = Array.from(text.matchAll(/^# No run breaks (\S+) of (\S+): /gm), ([, id, address]): Expected => [
    id,
    address,
  ]);
  const broken = runs.flatMap((run) => {
    const addresses = /expect_failures = \[([^\]]*)\]/.exec(run)?.[1].split(",") ?? [];
    return addresses.map((address): Expected => [run.split('"')[0], address.trim()]);
  });
  return [...unbreakable, ...broken];
}

/** Tests that Terraform passes a test file, and what HCL cannot say. */
export function testWithTerraform(file: string): void {
  const stack = basename(file, ".tftest.hcl");

  withProviders(stack, () => {
    let outcome: Outcome;
    beforeAll(async () => {
      init(stack);
      outcome = await runTests(file, stack);
    });
    afterAll(() => rmSync(join(folderOf(stack), basename(file))));

    test("Terraform passes its tests", () => expect(outcome.errors).toEqual([]));

    test("its policies are XML, with nothing left to evaluate", () => {
      for (const [, policy] of outcome.policies) {
        readStrictly(policy);
        expect(policy).not.toContain("${");
      }
      const published = Object.keys(configurationOf(stack).resource).some((type) => type.endsWith("_policy"));
      expect(outcome.policies.length > 0).toBe(published);
    });

    test("for each of its conditions, a run with its id breaks it", () => {
      const broken = expectedIn(file);
      const unbroken = conditionsOf(stack).filter(([id, address]) => {
        const at = broken.findIndex(([run, failing]) => run.startsWith(id) && failing === address);
        if (at !== -1) broken.splice(at, 1);
        return at === -1;
      });
      expect(unbroken).toEqual([]);
    });
  });
}
