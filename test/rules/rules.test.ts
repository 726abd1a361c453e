import { join } from "path";
import { toMatchFile } from "jest-file-snapshot";
import { RULES } from "../../lib/rules/rules";
import { FAULTS } from "./faults";
import { linesOf, verdictsOf } from "./judged";
import { writtenStack } from "./written-stack";

expect.extend({ toMatchFile });

const PAGE = join(__dirname, "..", "..", "docs", "reference", "rules.md");

const HEAD = `# Rules

These rules judge what you will deploy: whether the apps behind your gateways, their policies and roles are closed. They read Terraform JSON,
so they also judge stacks that this library did not write, and apps in other languages than TypeScript.

- With an **error**, synth fails, and [\`rules check\`](cli.md#rules-check) ends with exit code 1. Fix it, or acknowledge it with a reason.
- A **warning** is shown.
- What is known only when Terraform runs is "not judged". It never counts as correct. This includes apps of modules, data sources and variables,
  policies in files and \`dynamic\` blocks. An address of App Service or Container Apps whose app is not in the configuration is "not judged", too.
  So is the policy of an operation if only Terraform knows whether its API adds the gateway's token, and that would be wrong.
- Only apps that a gateway calls are judged, and only the roles of gateways and of these apps.

## Judge your app

At synth, in the app:

\`\`\`typescript
import { ApimRuleSeverity, ApimSecurityRules } from "cdktf-secure-apim-backend";

ApimSecurityRules.judge(app);
app.synth();
\`\`\`

\`Aspects.of(stack).add(new ApimSecurityRules())\` does the same for one stack. cdktf does not call aspects of an app, so
\`Aspects.of(app).add(...)\` judges only apps that have a construct of this library in them.

\`app.synth()\` writes all stacks, and then judges what it has written, together: a gateway in one stack can call an app in another. All errors are in one list, and synth
fails. The files stay in \`cdktf.out\`, where \`rules check\` reads them. Do not deploy them with \`--skip-synth\`. A synth that fails also leaves
the folders of stacks that you have removed: delete \`cdktf.out\` before it if you check its output.

In a unit test, \`Testing.synth(stack, true)\` judges the stack with those that the test synthesized before. Call \`ApimSecurityRules.judge(app)\` after you create the
stacks: without \`app.synth()\`, stacks that you create later are not judged.

On the command line, over the output:

\`\`\`sh
npx cdktf-secure-apim-backend rules check cdktf.out
\`\`\`

For GitHub code scanning:

\`\`\`sh
npx cdktf-secure-apim-backend rules check cdktf.out --sarif --output rules.sarif
\`\`\`

## Acknowledge a finding

Name the rule, and who decided it:

\`\`\`typescript
ApimSecurityRules.acknowledge(files, {
  rule: "local-keys-enabled",
  reason: "the batch job still uses a key until March, see ADR 12",
});
\`\`\`

It holds for the construct \`files\`, which the finding names, and for what is below it. The acknowledgement stands in the output of the stack, below \`//\`, which Terraform reads as
a comment. So the command, and everyone who reads the output, lists it with its reason. \`AnonymousPaths.of(paths, reason)\` writes one for the
paths that it opens.

In Terraform JSON that you wrote:

\`\`\`json
{
  "//": {
    "apimSecurityRules": {
      "acknowledged": [
        { "rule": "local-keys-enabled", "path": "azurerm_storage_account.files", "reason": "until March, see ADR 12" }
      ]
    }
  }
}
\`\`\`

An acknowledgement without a reason is ignored. One that matches nothing is a warning, and at synth, one that names no rule is an error.

## Write a rule of your own

\`\`\`typescript
ApimSecurityRules.judge(app, {
  rules: [
    {
      id: "orders-zone-redundant",
      title: "Every service plan is zone-redundant.",
      severity: ApimRuleSeverity.WARNING,
      control: "BR-1",
      findings: (configuration) =>
        configuration
          .resourcesOfType("azurerm_service_plan")
          .filter((plan) => plan.text("zone_balancing_enabled") !== "true")
          .map((resource) => ({
            resource,
            attribute: "zone_balancing_enabled",
            text: "The plan is in one zone.",
            remedy: "Write zoneBalancingEnabled: true.",
          })),
    },
  ],
});
\`\`\`

Rules of your own run at synth, once, over all stacks that they were given. In a unit test, they see those that the test has synthesized. The command has the rules of the library.

## The rules

Each rule names the control of the [Microsoft cloud security benchmark](https://learn.microsoft.com/security/benchmark/azure/overview) that it
serves, and the weakness (CWE) that it prevents, if one fits. The messages are those for a small stack with one fault.
`;

/** What the rules say about the compliant stack with one fault. */
const found = FAULTS.map((fault) => {
  const stack = writtenStack();
  fault.plant(stack.resource, stack);
  const { violated } = verdictsOf({ orders: stack });
  return { ...fault, violated };
});

test("a stack that nobody generated, closed as it must be, has no finding", () => {
  const { violated, unknown, complies } = verdictsOf({ orders: writtenStack() });
  expect(linesOf(violated)).toEqual([]);
  expect(linesOf(unknown)).toEqual([]);
  expect(complies).toBeGreaterThan(40);
});

test.each(found)("$rule finds $what, and nothing else does", ({ rule, violated }) => {
  expect(violated.map((each) => each.rule.id)).toEqual([rule]);
});

test("each rule has a row in faults.ts that it finds; fragments elsewhere are never judged", () => {
  const tried = new Set(FAULTS.map(({ rule }) => rule));
  expect(RULES.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual(["fragment-not-visible"]);
});

test("each rule has an id of its own, a sentence that must hold, and a control of the benchmark", () => {
  const ids = RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
  expect(RULES.filter(({ title, control }) => !/^\S.*\.$/.test(title) || !/^[A-Z]{2}-\d+$/.test(control))).toEqual([]);
});

/** The messages, exactly, for a reader of the page. */
test("docs/reference/rules.md has each rule, and what it says", () => {
  const sections = RULES.map(({ id, title, severity, control, cwe }) => {
    const messages = found
      .filter(({ rule }) => rule === id)
      .flatMap(({ violated }) => linesOf(violated))
      .map((line) => {
        const [, place, message] = /^(.*?): (.*)$/.exec(line)!;
        return `- \`${place}\`: ${escaped(message)}`;
      });
    const weakness = cwe === undefined ? "" : ` · [CWE-${cwe}](https://cwe.mitre.org/data/definitions/${cwe}.html)`;
    const lines = [...new Set(messages)];
    return `### ${id}\n\n${escaped(title)}\n\n${severity} · ${control}${weakness}\n${lines.length > 0 ? `\n${lines.join("\n")}\n` : ""}`;
  });
  expect([HEAD, ...sections].join("\n")).toMatchFile(PAGE);
});

/** Markdown shows it as it is written. */
function escaped(text: string): string {
  return text.replace(/[<>*|[\]]/g, (character) => `\\${character}`);
}
