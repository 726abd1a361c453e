import { Testing } from "cdktf";
import { join } from "path";
import { EXAMPLES } from "../../examples/index";
import { rules } from "../../lib/cli/rules/check";
import { synth } from "../helpers/synth";

/** The command, over the output as cdktf writes it. */
function checked(folder: string): { code: number; findings: { result: string; rule: string; reason?: string }[] } {
  let out = "";
  const console = { out: (text: string) => void (out += text), err: () => undefined, interactive: false };
  const code = rules(["check", "--json", folder], console);
  return { code, findings: JSON.parse(out).findings };
}

/** What they take from variables is not known. */
const NOT_JUDGED: Readonly<Record<string, string[]>> = {
  "custom-domain": ["management-audience"],
  "protected-url": ["management-audience"],
  "entra-request": ["management-audience"],
  "existing-registration": ["management-audience"],
};

test.each(Object.entries(EXAMPLES))("%s has no finding", (name, Example) => {
  const stack = new Example(Testing.app(), name);
  synth(stack);
  const { code, findings } = checked(join(Testing.fullSynth(stack), "stacks", name));
  expect(findings.filter(({ result, reason }) => result === "violated" && reason === undefined)).toEqual([]);
  const unknown = findings.filter(({ result }) => result === "unknown").map(({ rule }) => rule);
  expect(unknown).toEqual(NOT_JUDGED[name] ?? []);
  expect(code).toBe(unknown.length > 0 ? 5 : 0);
});

test("the paths that an example opens on purpose are listed with their reason", () => {
  const stack = new EXAMPLES["network-lockdown"](Testing.app(), "network-lockdown");
  const { findings } = checked(Testing.fullSynth(stack));
  expect(findings.map(({ rule, reason }) => [rule, reason])).toEqual([["excluded-paths", expect.stringMatching(/\w/)]]);
});
