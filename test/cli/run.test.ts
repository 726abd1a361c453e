import { readFileSync } from "fs";
import { join } from "path";
import { COMMANDS } from "../../lib/cli/commands";
import { HELP } from "../../lib/cli/help";
import { ENTRA_HELP } from "../../lib/cli/entra/options";
import { CHECK_HELP, MERGE_HELP, POLICY_HELP } from "../../lib/cli/policy/options";
import { REPORT_HELP } from "../../lib/cli/report/options";
import { RULES_HELP } from "../../lib/cli/rules/options";
import { VERIFY_HELP } from "../../lib/cli/verify/options";
import { commandLine } from "./command-line";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"));
const HELPS: Record<string, string> = {
  "policy check": CHECK_HELP,
  "policy merge": MERGE_HELP,
  "rules check": RULES_HELP,
  report: REPORT_HELP,
  "entra request": ENTRA_HELP,
  verify: VERIFY_HELP,
};

describe("the version", () => {
  test.each([["--version"], ["-v"], ["-V"], ["version"]])("%s", async (arg) => {
    expect(await commandLine([arg])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  test("in JSON", async () => {
    for (const args of [
      ["--version", "--json"],
      ["--json", "--version"],
    ])
      expect(JSON.parse((await commandLine(args)).out)).toEqual({ version });
  });
});

describe("the help", () => {
  test.each([
    [["--help"], HELP],
    [["-h"], HELP],
    [["help"], HELP],
    [["policy", "--help"], POLICY_HELP],
    [["help", "policy"], POLICY_HELP],
    [["help", "policy", "check"], CHECK_HELP],
    [["--help", "policy", "merge"], MERGE_HELP],
    [["policy", "merge", "-h"], MERGE_HELP],
    [["policy", "check", "x.xml", "--audience", "y", "--help"], CHECK_HELP],
    [["rules", "--help"], RULES_HELP],
    [["rules", "check", "--help"], RULES_HELP],
    [["help", "verify"], VERIFY_HELP],
  ])("%j", async (args, help) => {
    expect(await commandLine(args)).toEqual({ code: 0, out: help, err: "" });
  });

  test("is one JSON object for machines", async () => {
    for (const args of [["--help"], ["policy", "check", "--help"], ["help", "rules"], ["verify", "-h"]])
      expect(JSON.parse((await commandLine([...args, "--json"])).out)).toEqual({ help: expect.any(String) });
  });

  test("goes to standard error without a command, which is a mistake", async () => {
    expect(await commandLine([])).toEqual({ code: 2, out: "", err: HELP });
  });

  test("names every command, and each command's help has its usage, examples, and exit codes", () => {
    for (const command of COMMANDS) {
      const help = HELPS[command];
      expect(HELP).toContain(`\n  ${command} `);
      expect(help).toMatch(new RegExp(`\nUsage:\n  cdktf-secure-apim-backend ${command}`));
      expect(
        help.match(/\nExamples:\n((?: {2,}.+\n)+)/)?.[1].match(/cdktf-secure-apim-backend/g)?.length,
      ).toBeGreaterThan(1);
      expect(help).toContain("\nExit codes:\n  0  ");
    }
  });

  test.each(Object.entries(HELPS))("of %s names only options that the command takes", async (command, help) => {
    for (const [option] of help.matchAll(/(?<=[\s,(])--[a-z][a-z-]*(?=[ ,\n=])/g)) {
      if (["--query", "--output-file", "--resource", "--outputs-file"].includes(option)) continue;
      if (option === "--output" && command === "verify") continue; // Of the Azure CLI.
      const { err } = await commandLine([...command.split(" "), `${option}=`, option]);
      expect(err).not.toContain("(option-unknown)");
    }
  });

  test("is at most 132 columns wide", () => {
    for (const help of [HELP, POLICY_HELP, ...Object.values(HELPS)])
      expect(help.split("\n").filter((line) => line.length > 132)).toEqual([]);
  });
});

describe("a mistake is answered with what to type", () => {
  const SEE = "See cdktf-secure-apim-backend";
  const ALL = "policy check, policy merge, rules check, verify";

  test.each<[string[], string]>([
    [
      ["polcy", "check", "x.xml"],
      `There is no command "polcy". Write "policy check". (command-unknown)\n${SEE} --help.`,
    ],
    [["polcy", "mrege"], `There is no command "polcy". Write "policy merge". (command-unknown)\n${SEE} --help.`],
    [["Policy", "check"], `There is no command "Policy". Write "policy check". (command-unknown)\n${SEE} --help.`],
    [["merge", "x.xml"], `There is no command "merge". Write "policy merge". (command-unknown)\n${SEE} --help.`],
    [["rule", "check"], `There is no command "rule". Write "rules check". (command-unknown)\n${SEE} --help.`],
    [["help", "verfy"], `There is no command "verfy". Write "verify". (command-unknown)\n${SEE} --help.`],
    [
      ["rules", "chek"],
      `There is no command "rules chek". Write "rules check". (rules-command-unknown)\n${SEE} rules check --help.`,
    ],
    [
      ["help", "policy", "chek"],
      `There is no command "policy chek". Write "policy check". (policy-command-unknown)\n${SEE} policy --help.`,
    ],
    [
      ["policy", "check", "-json", "."],
      `There is no option -json. Write --json. (option-unknown)\n${SEE} policy check --help.`,
    ],
    [
      ["policy", "merge", "x.xml", "--audiance=x"],
      `There is no option --audiance. Write --audience. (option-unknown)\n${SEE} policy merge --help.`,
    ],
    [
      ["policy", "check", "--key", "X"],
      `There is no option --key. Write --key-header or --key-query. (option-unknown)\n${SEE} policy check --help.`,
    ],
    [
      ["rules", "check", "-orders.json"],
      'There is no option -o. Write an option that --help lists. If it is a file whose name begins with a dash, write "--" before it. ' +
        `(option-unknown)\n${SEE} rules check --help.`,
    ],
    [
      ["rules", "check", "--output"],
      `--output has no value. Write --output=VALUE. (option-value-missing)\n${SEE} rules check --help.`,
    ],
    [
      ["rules", "check", "--output", "--sarif"],
      `--output has no value, because what follows it begins with a dash. Write --output=VALUE. (option-value-missing)\n${SEE} rules check --help.`,
    ],
    [
      ["rules", "check", "--sarif=yes"],
      `--sarif takes no value. Write --sarif alone. (option-takes-no-value)\n${SEE} rules check --help.`,
    ],
    [
      ["rules", "check", "--output", "a", "--output=b"],
      `--output is written twice. Write it once. (option-repeated)\n${SEE} rules check --help.`,
    ],
    [
      ["policy", "check", "x.xml", "--sku", "Consumtion"],
      `--sku Consumtion is not a tier of API Management. Write --sku Consumption. (sku-unknown)\n${SEE} policy check --help.`,
    ],
    [
      ["policy", "check", "x.xml", "--sku", "large"],
      "--sku large is not a tier of API Management. Write one of Consumption, Developer, Basic, Standard, Premium, BasicV2, " +
        `StandardV2, PremiumV2. (sku-unknown)\n${SEE} policy check --help.`,
    ],
    [
      ["--audience", "api://orders", "policy", "merge", "x.xml"],
      `The command line does not begin with a command. Write one of ${ALL} first, and its options after it. (command-not-first)\n${SEE} --help.`,
    ],
    [["frobnicate"], `There is no command "frobnicate". Write one of ${ALL}. (command-unknown)\n${SEE} --help.`],
    [["constructor"], `There is no command "constructor". Write one of ${ALL}. (command-unknown)\n${SEE} --help.`],
  ])("%j", async (args, said) => {
    const { code, out, err } = await commandLine(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.replace(/policy check, policy merge, .*verify(?=[. ])/, ALL)).toBe(`${said}\n`);
  });

  test("and to machines in one JSON object on standard output, with its id", async () => {
    const { code, out, err } = await commandLine(["--json", "polcy"]);
    expect([code, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toEqual({
      error: 'There is no command "polcy". Write "policy check". (command-unknown)',
      id: "command-unknown",
    });
  });
});

test("options can stand before, between and after the words of a command, and have their value after = too", async () => {
  const expected = await commandLine(["policy", "check", "-", "--json", "--sku", "Basic"], "<policies />");
  expect(expected.code).toBe(1);
  for (const args of [
    ["--json", "--sku=Basic", "policy", "check", "-"],
    ["policy", "--json", "check", "--sku=basic", "-"],
    ["policy", "check", "--json", "--sku", "Basic_1", "--", "-"],
  ])
    expect(await commandLine(args, "<policies />")).toEqual(expected);
});
