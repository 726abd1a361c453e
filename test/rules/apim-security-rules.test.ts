import { App, Aspects, Testing, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { mkdtempSync, readFileSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { EXAMPLES } from "../../examples/index";
import { rules } from "../../lib/cli/rules/check";
import { ApimRuleFinding, ApimRuleSeverity, ApimSecurityRules, RenderedConfiguration } from "../../lib/index";
import { readingsOf } from "../helpers/readings";
import { refusal } from "../helpers/refusal";
import { annotations, findings, Json, messageOf, synth } from "../helpers/synth";
import * as verdicts from "../../lib/rules/verdicts";
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

test("warnings are in the manifest, which the command of cdktf shows, once", () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), "rules-")) });
  const json = writtenStack();
  delete json.resource.azurerm_cognitive_account.models.local_auth_enabled;
  Aspects.of(stackOf(json, app)).add(new ApimSecurityRules());
  for (let times = 0; times < 2; times++) {
    app.synth();
    const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8"));
    expect(manifest.stacks.orders.annotations).toEqual([
      expect.objectContaining({
        constructPath: "orders",
        level: "@cdktf/warn",
        message: refusal("local-keys-enabled", "[azurerm_cognitive_account.models]"),
      }),
    ]);
  }
});

test("what is written as HCL is judged, too", () => {
  expect(messageOf(() => Testing.synthHcl(withRules(open), true))).toEqual(refusal("excluded-paths", "/health"));
  expect(() => Testing.synthHcl(withRules(), true)).not.toThrow();
});

test("without validations nothing is judged", () => {
  expect(() => Testing.synth(withRules(open))).not.toThrow();
  expect(() => Testing.synthHcl(withRules(open))).not.toThrow();
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

describe("each stack of an app of teams", () => {
  type Findings = (typeof OWN)["findings"];

  /** An app with this many teams, each with an app of its own, and with a rule. */
  function teams(count: number, findings: Findings, severity = ApimRuleSeverity.ERROR): App {
    const app = Testing.app();
    for (let at = 0; at < count; at++) {
      const json = writtenStack();
      json.resource.azurerm_linux_web_app.orders.app_settings = { TEAM: `${at}` };
      stackOf(json, app, `team${at}`);
    }
    ApimSecurityRules.judge(app, { rules: [{ ...OWN, severity, findings }] });
    return app;
  }

  const teamsIn = (configuration: RenderedConfiguration): string[] =>
    configuration.resourcesOfType("azurerm_linux_web_app").flatMap((app) => app.text("app_settings.TEAM") ?? []);
  const atFirst = (configuration: RenderedConfiguration): ApimRuleFinding[] => [
    { resource: configuration.resourcesOfType("azurerm_linux_web_app")[0], text: "It is late.", remedy: "Hurry." },
  ];

  test.each([1, 2, 8])("is judged once, together with all others: %i", (count) => {
    const shown: unknown[] = [];
    const app = teams(count, (configuration) => (shown.push(teamsIn(configuration)), []));
    const judge = jest.spyOn(verdicts, "judge");
    const renderings = (app.node.children as TerraformStack[]).map((stack) => jest.spyOn(stack, "toTerraform"));
    app.synth();
    for (const rendering of renderings) expect(rendering).toHaveBeenCalledTimes(1);
    expect(shown).toEqual([Array.from({ length: count }, (_, at) => `${at}`)]);
    expect(judge).toHaveBeenCalledTimes(2);
    judge.mockRestore();
  });

  test("is judged together with all others if each has the rules of the library by an aspect of its own", () => {
    const app = Testing.app();
    for (const team of ["a", "b", "c"]) Aspects.of(stackOf(writtenStack(), app, team)).add(new ApimSecurityRules());
    const judge = jest.spyOn(verdicts, "judge");
    app.synth();
    const judged = judge.mock.calls.map(([{ stacks }]) => stacks.map(({ name }) => name).join());
    judge.mockRestore();
    expect(judged).toEqual(["a,b,c"]);
  });

  test("has each policy read as often, however many own rules there are", () => {
    const [one, three] = [1, 3].map((count) => {
      const app = teams(1, () => []);
      const rules = Array.from({ length: count }, (_, at) => ({ ...OWN, id: `own-rule-${at}`, findings: () => [] }));
      ApimSecurityRules.judge(app, { rules });
      return readingsOf(() => app.synth()).length;
    });
    expect(one).toBeGreaterThan(0);
    expect(three).toBe(one);
  });

  const isSecond: Findings = (configuration) => (teamsIn(configuration).includes("1") ? atFirst(configuration) : []);

  test("is not judged by the own rules of another one", () => {
    const app = teams(2, () => []);
    Aspects.of(app.node.findChild("team0")).add(new ApimSecurityRules({ rules: [{ ...OWN, findings: isSecond }] }));
    expect(() => app.synth()).not.toThrow();
  });

  test("is not judged by rules for a part of the app that it is not in", () => {
    const app = teams(2, () => []);
    const part = new Construct(app, "part");
    stackOf(writtenStack(), part as App, "other");
    ApimSecurityRules.judge(part, { rules: [{ ...OWN, findings: isSecond }] });
    expect(() => app.synth()).not.toThrow();
    ApimSecurityRules.judge(app.node.findChild("team1"), { rules: [{ ...OWN, findings: isSecond }] });
    expect(messageOf(() => app.synth())).toEqual(refusal("tags-missing", "It is late."));
  });

  test("is judged by rules that another app has, too, and by nothing else of that app", () => {
    const rules = new ApimSecurityRules({ rules: [{ ...OWN, findings: isSecond }] });
    const [first, second] = [teams(2, () => []), teams(2, () => [])];
    Aspects.of(first.node.findChild("team1")).add(rules);
    Aspects.of(second.node.findChild("team0")).add(rules);
    expect(messageOf(() => first.synth())).toEqual(refusal("tags-missing", "It is late."));
    expect(() => second.synth()).not.toThrow();
  });

  test("has its errors in one list with those of all others", () => {
    const app = teams(2, () => []);
    for (const team of app.node.children as TerraformStack[])
      team.addOverride(`resource.${APP}.auth_settings_v2`, [{ excluded_paths: [`/${team.node.id}`] }]);
    const messages = messageOf(() => app.synth()).split("\n");
    expect(messages.filter((line) => line.includes("excluded-paths"))).toEqual([
      refusal("excluded-paths", "/team0"),
      refusal("excluded-paths", "/team1"),
    ]);
  });

  test("shows its warnings, each once", () => {
    const each: Findings = (configuration) =>
      configuration
        .resourcesOfType("azurerm_linux_web_app")
        .filter((app) => app.isSet("app_settings.TEAM"))
        .map((resource) => ({ resource, text: "It is late.", remedy: "Hurry." }));
    const app = teams(3, each, ApimRuleSeverity.WARNING);
    app.synth();
    app.synth();
    for (const team of app.node.children) expect(annotations(team)).toEqual([refusal("tags-missing", "warn:")]);
  });

  test("shows what acknowledges nothing, and refuses what names no rule", () => {
    const app = teams(2, () => []);
    const [first, last] = app.node.children as TerraformStack[];
    ApimSecurityRules.acknowledge(first, { rule: "excluded-paths", reason: "ADR 12" });
    app.synth();
    expect(annotations(first)).toEqual([refusal("acknowledgement-unused", "excluded-paths", "team0")]);
    expect(annotations(last)).toEqual([]);
    ApimSecurityRules.acknowledge(first, { rule: "exclude-path", reason: "ADR 12" });
    expect(messageOf(() => app.synth())).toEqual(
      refusal("acknowledged-rule-unknown", "[team0]", "exclude-path", "excluded-paths"),
    );
  });

  test("is judged as it is written, whatever has changed how it is rendered", () => {
    const app = teams(1, () => []);
    const team = app.node.findChild("team0") as TerraformStack;
    const render = team.toTerraform.bind(team);
    team.node.addValidation({
      validate: () => {
        team.toTerraform = () => {
          const json = render();
          json.resource.azurerm_linux_web_app.orders.auth_settings_v2[0].excluded_paths = ["/health"];
          return json;
        };
        return [];
      },
    });
    expect(messageOf(() => app.synth())).toEqual(refusal("excluded-paths", "/health"));
  });
});

describe("what is acknowledged in a stack of an app", () => {
  const health = { rule: "excluded-paths", reason: "ADR 12" };

  /** An app of stacks with the same fault at the same address. */
  function opened(...names: string[]): [App, ...TerraformStack[]] {
    const app = Testing.app();
    const stacks = names.map((name) => {
      const json = writtenStack();
      open(json.resource);
      return stackOf(json, app, name);
    });
    return [app, ...stacks];
  }

  test.each<[string, (a: TerraformStack, b: TerraformStack) => void]>([
    [
      "an address, in the options",
      (a, b) => {
        Aspects.of(a).add(new ApimSecurityRules({ acknowledged: [{ ...health, path: "a" }] }));
        Aspects.of(b).add(new ApimSecurityRules());
      },
    ],
    [
      "an address, in the output",
      (a, b) => {
        a.addOverride("//.apimSecurityRules.acknowledged", [{ ...health, path: APP }]);
        ApimSecurityRules.judge(b.node.root);
      },
    ],
    [
      "by rules that another stack was given",
      (a, b) => {
        Aspects.of(a).add(new ApimSecurityRules({ acknowledged: ["a", "b"].map((path) => ({ ...health, path })) }));
        Aspects.of(b).add(new ApimSecurityRules());
      },
    ],
  ])("stays an error in another one: %s", (_, judge) => {
    const [app, a, b] = opened("a", "b");
    judge(a, b);
    const messages = messageOf(() => app.synth()).split("\n");
    expect(messages.filter((line) => line.includes("/health"))).toEqual([refusal("excluded-paths", APP)]);
  });

  test("holds for the stacks of a construct, and is in the output of each", () => {
    const app = Testing.app();
    const part = new Construct(app, "part") as App;
    for (const name of ["a", "b"]) {
      const json = writtenStack();
      open(json.resource);
      json.resource.azurerm_linux_web_app.orders["//"] = { metadata: { path: `part/${name}/App`, uniqueId: "App" } };
      stackOf(json, part, name);
    }
    ApimSecurityRules.judge(app, { acknowledged: [{ ...health, path: "part" }] });
    app.synth();
    expect(annotations(app)).toEqual([]);
    const code = rules(["check", join(app.outdir, "stacks")], { out: () => {}, err: () => {}, interactive: false });
    expect(code).toBe(0);
  });

  test("is shown if it names no stack", () => {
    const app = Testing.app();
    const stack = stackOf(writtenStack(), app, "a");
    ApimSecurityRules.judge(app, { acknowledged: [{ ...health, path: "typo/App" }] });
    app.synth();
    expect(annotations(stack)).toEqual([refusal("acknowledgement-unused", "excluded-paths", "typo/App")]);
  });
});

describe("a rule of your own that fails", () => {
  test("is named, with its message", () => {
    const findings = (): ApimRuleFinding[] => (undefined as never as ApimRuleFinding[]).slice();
    const stack = withRules(undefined, new ApimSecurityRules({ rules: [{ ...OWN, findings }] }));
    expect(() => synth(stack)).toThrow(refusal("rule-failed", OWN.id, "Cannot read properties of undefined"));
  });

  test("is not asked where there is no stack for it", () => {
    const app = Testing.app();
    const [platform, team] = ["platform", "team"].map((name) => stackOf(writtenStack(), app, name));
    const findings = (): ApimRuleFinding[] => [][0];
    ApimSecurityRules.judge(platform, { rules: [{ ...OWN, findings }] });
    ApimSecurityRules.judge(new Construct(app, "empty"), { rules: [{ ...OWN, findings }] });
    ApimSecurityRules.judge(team);
    expect(() => synth(team)).not.toThrow();
    expect(app.node.validate()).toEqual([]);
  });

  test("may render the stack itself", () => {
    const stack = withRules();
    const findings = (): ApimRuleFinding[] => (stack.toTerraform(), []);
    Aspects.of(stack).add(new ApimSecurityRules({ rules: [{ ...OWN, findings }] }));
    expect(() => synth(stack)).not.toThrow();
  });
});

test("what a unit test has found, and is corrected, is no error when the app is synthesized", () => {
  const app = Testing.app();
  const written = ["first", "second"].map((name) => {
    const json = writtenStack();
    open(json.resource);
    return { json, stack: stackOf(json, app, name) };
  });
  ApimSecurityRules.judge(app);
  for (const { stack } of written) expect(() => synth(stack)).toThrow(refusal("excluded-paths", "/health"));
  for (const { json } of written) delete json.resource.azurerm_linux_web_app.orders.auth_settings_v2[0].excluded_paths;
  expect(() => app.synth()).not.toThrow();
});

describe("a stack in another one", () => {
  test("is judged by itself in a unit test, also after a synthesis of the app", () => {
    const app = Testing.app();
    const outer = new TerraformStack(app, "outer");
    const json = writtenStack();
    open(json.resource);
    const inner = stackOf(json, outer as unknown as App, "inner");
    ApimSecurityRules.judge(app);
    expect(() => app.synth()).toThrow(refusal("excluded-paths", "/health"));
    expect(() => synth(inner)).toThrow(refusal("excluded-paths", "/health"));
  });

  test("is judged, and what is acknowledged in it is no other's", () => {
    const app = Testing.app();
    const outer = new TerraformStack(app, "outer");
    const json = writtenStack();
    open(json.resource);
    stackOf(json, outer as unknown as App, "inner");
    const acknowledged = [{ rule: "excluded-paths", path: "outer/inner", reason: "ADR 12" }];
    Aspects.of(outer).add(new ApimSecurityRules());
    expect(messageOf(() => app.synth())).toEqual(refusal("excluded-paths", "/health"));
    json.resource.azurerm_linux_web_app.orders["//"] = { metadata: { path: "outer/inner/App", uniqueId: "App" } };
    (outer.node.findChild("inner") as TerraformStack).addOverride("resource", json.resource);
    Aspects.of(outer).add(new ApimSecurityRules({ acknowledged }));
    app.synth();
    expect(annotations(app)).toEqual([]);
  });
});

test("a file that is no JSON cannot be judged, and its text is not repeated", () => {
  const app = Testing.app();
  const stack = stackOf(writtenStack(), app, "orders");
  ApimSecurityRules.judge(app);
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      writeFileSync(join(app.outdir, "stacks/orders/cdk.tf.json"), "password = hunter2");
    },
  };
  const message = messageOf(() => app.synth());
  expect(message).toEqual(refusal("written-file-no-json", "stacks/orders/cdk.tf.json"));
  expect(message).not.toContain("hunter2");
});

describe("in a unit test", () => {
  test("a stack is judged as soon as it is synthesized, with those before it", () => {
    const { azurerm_linux_web_app: apps, ...resource } = writtenStack().resource;
    delete resource.azurerm_linux_web_app_slot;
    resource.azurerm_api_management_backend.orders.url = "https://orders.azurewebsites.net";
    delete apps.orders.auth_settings_v2;
    const app = Testing.app();
    const team = stackOf({ resource: { azurerm_linux_web_app: apps } }, app, "team");
    const platform = stackOf({ resource }, app, "platform");
    ApimSecurityRules.judge(app);
    synth(team);
    expect(findings(platform)).toEqual([refusal("sign-in-not-required", `[${APP}]`)]);
  });

  test("a whole stack has its warnings in its manifest", () => {
    const stack = withRules((all) => void delete all.azurerm_cognitive_account.models.local_auth_enabled);
    const manifest = JSON.parse(readFileSync(join(Testing.fullSynth(stack), "manifest.json"), "utf8"));
    expect(manifest.stacks.orders.annotations).toEqual([
      expect.objectContaining({ message: refusal("local-keys-enabled", "[azurerm_cognitive_account.models]") }),
    ]);
  });

  test("a stack without an app is judged, too", () => {
    const stack = stackOf(writtenStack(), new Construct(undefined as never, "") as App);
    stack.addOverride(`resource.${APP}.site_config.minimum_tls_version`, "1.0");
    Aspects.of(stack).add(new ApimSecurityRules());
    expect(findings(stack)).toEqual([refusal("tls-too-old", "1.0")]);
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
