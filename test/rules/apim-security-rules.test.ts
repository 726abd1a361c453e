import { App, Aspects, Testing, TerraformStack } from "cdktf";
import { join } from "path";
import { EXAMPLES } from "../../examples/index";
import { rules } from "../../lib/cli/rules/check";
import { ApimRuleFinding, ApimRuleSeverity, ApimSecurityRules, RenderedConfiguration } from "../../lib/index";
import { refusal } from "../helpers/refusal";
import { annotations, findings, Json, messageOf, synth } from "../helpers/synth";
import { FAULTS } from "./faults";
import { writtenStack } from "./written-stack";

/** A stack that renders this JSON. */
function stackOf(json: Json, app: App = Testing.app(), name = "orders"): TerraformStack {
  const stack = new TerraformStack(app, name);
  for (const [block, content] of Object.entries(json)) stack.addOverride(block, content);
  return stack;
}

function withRules(change: (resources: Json, stack: Json) => void = () => undefined, aspect = new ApimSecurityRules()) {
  const json = writtenStack();
  change(json.resource, json);
  const stack = stackOf(json);
  Aspects.of(stack).add(aspect);
  return stack;
}

const open = (resources: Json): void => {
  resources.azurerm_linux_web_app.orders.auth_settings_v2[0].excluded_paths = ["/health"];
};
const APP = "azurerm_linux_web_app.orders";
const OWN = {
  id: "tags-missing",
  title: "Every app has tags.",
  severity: ApimRuleSeverity.ERROR,
  control: "AM-1",
  findings: (configuration: RenderedConfiguration): ApimRuleFinding[] =>
    configuration
      .resourcesOfType("azurerm_linux_web_app")
      .filter((app) => !app.isSet("tags") && app.text("name") === "orders" && !app.isUnknown("name"))
      .map((resource) => ({
        resource,
        text: `The app in ${resource.referenced("resource_group_name")[0].address} has no tags.`,
        remedy: "Write tags.",
      })),
};

test("a closed stack is synthesized, without a word", () => {
  const stack = withRules();
  expect(Object.keys(synth(stack).resource)).toContain("azurerm_linux_web_app");
  expect(annotations(stack)).toEqual([]);
});

test("errors stop synth, each with its construct and its remedy", () => {
  const stack = withRules((all) => {
    open(all);
    all.azurerm_linux_web_app.orders.site_config.minimum_tls_version = "1.0";
  });
  expect(findings(stack)).toEqual([
    refusal("excluded-paths", `[${APP}]`, "/health"),
    refusal("tls-too-old", `[${APP}]`, "1.0"),
  ]);
});

test("warnings are shown, once", () => {
  const stack = withRules((all) => void delete all.azurerm_cognitive_account.models.local_auth_enabled);
  synth(stack);
  synth(stack);
  expect(annotations(stack)).toEqual([refusal("local-keys-enabled", "warn: [azurerm_cognitive_account.models]")]);
});

test("what an aspect or a validation changes at last is judged", () => {
  const stack = withRules();
  stack.node.addValidation({
    validate: () => {
      stack.addOverride(`resource.${APP}.auth_settings_v2`, undefined);
      stack.addOverride(`resource.${APP}.auth_settings_v2`, [{ auth_enabled: false }]);
      return [];
    },
  });
  expect(messageOf(() => synth(stack))).toEqual(refusal("sign-in-not-required", APP));
});

describe("what is acknowledged", () => {
  test("is written into the output with the reason, and does not stop synth", () => {
    const acknowledged = [{ rule: "excluded-paths", path: "orders", reason: "ADR 12" }];
    const json = writtenStack();
    open(json.resource);
    json.resource.azurerm_linux_web_app.orders["//"] = { metadata: { path: "orders/App", uniqueId: "App" } };
    const stack = stackOf(json);
    Aspects.of(stack).add(new ApimSecurityRules({ acknowledged }));
    expect(() => synth(stack)).not.toThrow();
    expect((stack.toTerraform() as Json)["//"].apimSecurityRules).toEqual({ acknowledged });
  });

  test("can be said at the construct", () => {
    const json = writtenStack();
    open(json.resource);
    json.resource.azurerm_linux_web_app.orders["//"] = { metadata: { path: "orders/App", uniqueId: "App" } };
    const stack = stackOf(json);
    Aspects.of(stack).add(new ApimSecurityRules());
    ApimSecurityRules.acknowledge(stack, { rule: "excluded-paths", reason: "ADR 12" });
    expect(() => synth(stack)).not.toThrow();
  });

  test("matches nothing: a warning", () => {
    const stack = withRules();
    ApimSecurityRules.acknowledge(stack, { rule: "excluded-paths", reason: "ADR 12" });
    synth(stack);
    expect(annotations(stack)).toEqual([refusal("acknowledgement-unused", "excluded-paths", "orders")]);
  });

  test("names no rule: an error with the right one", () => {
    const stack = withRules();
    ApimSecurityRules.acknowledge(stack, { rule: "exclude-path", reason: "ADR 12" });
    expect(findings(stack)).toEqual([refusal("acknowledged-rule-unknown", "exclude-path", "excluded-paths")]);
  });

  test.each([
    [{ rule: "excluded-paths", reason: " " }, "missing-reason"],
    [{ rule: "excluded-paths", reason: undefined as unknown as string }, "missing-reason"],
    [{ rule: 1 as unknown as string, reason: "ADR 12" }, "not-a-string"],
    [undefined as unknown as { rule: string; reason: string }, "wrong-value"],
  ])("%j is refused", (options, id) => {
    expect(() => ApimSecurityRules.acknowledge(withRules(), options)).toThrow(refusal(id));
    if (id === "missing-reason")
      expect(() => new ApimSecurityRules({ acknowledged: [{ ...options, path: "orders" }] })).toThrow(refusal(id));
  });
});

test("an acknowledgement needs a construct in a stack", () => {
  const options = { rule: "excluded-paths", reason: "ADR 12" };
  expect(() => ApimSecurityRules.acknowledge(Testing.app(), options)).toThrow(
    refusal("acknowledged-outside-stack", "the app"),
  );
});

describe("a rule of your own", () => {
  test.each<[string, unknown, string]>([
    ["nothing", undefined, "not-a-list"],
    ["an empty finding", [{}], "wrong-value"],
    ["a finding without a text", [{ resource: {}, remedy: "Write tags." }], "wrong-value"],
    ["another resource", [{ resource: 5, text: "No tags.", remedy: "Write tags." }], "rule-finding-resource"],
  ])("that returns %s is refused", (_, returned, id) => {
    const rule = { ...OWN, findings: () => returned as [] };
    const stack = withRules(undefined, new ApimSecurityRules({ rules: [rule] }));
    expect(() => synth(stack)).toThrow(refusal(id));
  });

  test("is judged like the others", () => {
    const stack = withRules(undefined, new ApimSecurityRules({ rules: [OWN] }));
    expect(findings(stack)).toEqual([
      refusal("tags-missing", `[${APP}]`, "azurerm_resource_group.group", "Write tags."),
    ]);
  });

  test("can be a warning", () => {
    const stack = withRules(
      undefined,
      new ApimSecurityRules({ rules: [{ ...OWN, severity: ApimRuleSeverity.WARNING }] }),
    );
    synth(stack);
    expect(annotations(stack)).toEqual([refusal("tags-missing", "warn:")]);
  });

  test.each([
    [[{ ...OWN, id: "excluded-paths" }], "rule-id-taken"],
    [[OWN, OWN], "rule-id-taken"],
    [[{ ...OWN, id: "Tags missing" }], "rule-id-invalid"],
    [[{ id: "tags-missing", title: "..." } as unknown as typeof OWN], "wrong-value"],
    [[{ ...OWN, findings: 5 } as unknown as typeof OWN], "rule-without-findings"],
    [[{ ...OWN, severity: "high" } as unknown as typeof OWN], "unknown-member"],
  ])("%j is refused", (own, id) => {
    expect(() => new ApimSecurityRules({ rules: own })).toThrow(refusal(id));
  });
});

test.each([
  ["a class", () => ApimSecurityRules.judge(App as unknown as App), "wrong-value", "app"],
  ["nothing", () => ApimSecurityRules.judge(undefined as unknown as App), "wrong-value", "app"],
  ["no properties", () => new ApimSecurityRules(null as unknown as object), "wrong-value", "props"],
  ["a rule instead of a list", () => new ApimSecurityRules({ rules: OWN as unknown as [] }), "not-a-list", "rules"],
  ["an ID", () => new ApimSecurityRules({ acknowledged: ["excluded-paths"] as unknown as [] }), "wrong-value", "path"],
  [
    "no construct",
    () => ApimSecurityRules.acknowledge("app" as unknown as App, { rule: "excluded-paths", reason: "ADR 12" }),
    "wrong-value",
    "scope",
  ],
])("%s, as a caller without types can give it, is refused", (_, call, id, value) => {
  expect(call).toThrow(refusal(id, value));
});

describe("all stacks of an app", () => {
  const { azurerm_linux_web_app: apps, ...resource } = writtenStack().resource;
  delete resource.azurerm_linux_web_app_slot;
  resource.azurerm_api_management_backend.orders.url = "https://orders.azurewebsites.net";
  delete apps.orders.auth_settings_v2;

  test("are judged together: the gateway of one calls the app of another", () => {
    const app = Testing.app();
    stackOf({ resource: { azurerm_linux_web_app: apps } }, app, "team");
    stackOf({ resource }, app, "platform");
    ApimSecurityRules.judge(app);
    expect(messageOf(() => app.synth())).toEqual(refusal("sign-in-not-required", `[${APP}]`));
  });

  test("are judged, whether they are declared before or after the call", () => {
    const app = Testing.app();
    ApimSecurityRules.judge(app);
    stackOf({ resource: { azurerm_linux_web_app: apps } }, app, "team");
    stackOf({ resource }, app, "platform");
    expect(messageOf(() => app.synth())).toEqual(refusal("sign-in-not-required", `[${APP}]`));
  });

  test("are judged by an aspect of the app, if something of the library is in it", () => {
    const app = Testing.app();
    Aspects.of(app).add(new ApimSecurityRules());
    stackOf({ resource: { azurerm_linux_web_app: apps } }, app, "team");
    stackOf({ resource }, app, "platform");
    new EXAMPLES.quickstart(app, "shop");
    expect(messageOf(() => app.synth())).toEqual(refusal("sign-in-not-required", `[${APP}]`));
  });

  test("are judged with what is acknowledged in one place", () => {
    for (const isLate of [false, true]) {
      const app = Testing.app();
      const declare = (): void => {
        stackOf({ resource: { azurerm_linux_web_app: apps } }, app, "team");
        stackOf({ resource }, app, "platform");
      };
      const acknowledged = [{ rule: "sign-in-not-required", path: isLate ? APP : "team", reason: "ADR 12" }];
      if (isLate) ApimSecurityRules.judge(app, { acknowledged });
      if (!isLate) apps.orders["//"] = { metadata: { path: "team/App", uniqueId: "App" } };
      declare();
      if (!isLate) ApimSecurityRules.judge(app, { acknowledged });
      expect(() => app.synth()).not.toThrow();
      delete apps.orders["//"];
    }
  });
});

test("the command says the same of the output", () => {
  const PLANTED = ["excluded-paths", "http-backend", "role-too-wide", "local-keys-enabled", "policy-too-large"];
  const planted = PLANTED.map((id) => FAULTS.find(({ rule }) => rule === id)!);
  const plant = (resources: Json, stack: Json): void => planted.forEach((each) => each.plant(resources, stack));
  const checked = withRules(plant);
  const atSynth = findings(checked).map((line) => /\(([\w-]+)\)$/.exec(line)?.[1]);
  const shown = annotations(checked).map((line) => /\(([\w-]+)\)$/.exec(line)?.[1]);

  const json = writtenStack();
  plant(json.resource, json);
  let out = "";
  const folder = join(Testing.fullSynth(stackOf(json)), "stacks");
  const code = rules(["check", "--json", folder], {
    out: (text) => void (out += text),
    err: () => undefined,
    interactive: false,
  });
  const found: { rule: string }[] = JSON.parse(out).findings;
  expect(found.map(({ rule }) => rule)).toEqual([...atSynth, ...shown]);
  expect([...PLANTED].sort()).toEqual([...atSynth, ...shown].sort());
  expect(code).toBe(1);
});
