import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join, relative } from "path";
import { pathToFileURL } from "url";
import { toBeValidSarifLog } from "@microsoft/jest-sarif";
import { rules } from "../../../lib/cli/rules/check";
import { RULES_HELP } from "../../../lib/cli/rules/options";
import { RULES } from "../../../lib/rules/rules";
import { Json } from "../../helpers/synth";
import { readingsOf } from "../../helpers/readings";
import { refusal } from "../../helpers/refusal";
import { workOf } from "../../helpers/work";
import { writtenStack } from "../../rules/written-stack";

expect.extend({ toBeValidSarifLog });

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how jest types matchers
  namespace jest {
    interface Matchers<R> {
      toBeValidSarifLog(): R;
    }
  }
}

const directory = mkdtempSync(join(tmpdir(), "rules-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** The output of cdktf for some stacks. */
function outputOf(name: string, stacks: Readonly<Record<string, Json | string | Buffer>>): string {
  for (const [stack, json] of Object.entries(stacks)) {
    const folder = join(directory, name, "stacks", stack);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "cdk.tf.json"),
      typeof json === "string" || Buffer.isBuffer(json) ? json : JSON.stringify(json, undefined, 2),
    );
  }
  return join(directory, name);
}

function changed(change: (resources: Json, stack: Json) => void): Json {
  const stack = writtenStack();
  change(stack.resource, stack);
  return stack;
}

function cli(...args: string[]) {
  const written = { out: "", err: "" };
  const code = rules(args, {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    interactive: false,
  });
  return { code, ...written };
}

const closed = outputOf("closed", { orders: writtenStack() });
const open = outputOf("open", {
  orders: changed((all) => {
    delete all.azurerm_linux_web_app.orders.auth_settings_v2[0].require_authentication;
    delete all.azurerm_cognitive_account.models.local_auth_enabled;
  }),
});
const warned = outputOf("warned", {
  orders: changed((all) => void delete all.azurerm_cognitive_account.models.local_auth_enabled),
});
const unknown = outputOf("unknown", {
  orders: changed((all) => void (all.azurerm_api_management_api.models.service_url = "${var.models}")),
});
const acknowledged = outputOf("acknowledged", {
  orders: changed((all, stack) => {
    all.azurerm_linux_web_app.orders.auth_settings_v2[0].excluded_paths = ["/health"];
    const path = "azurerm_linux_web_app.orders";
    stack["//"] = {
      apimSecurityRules: {
        acknowledged: [
          { rule: "excluded-paths", path, reason: "ADR 12" },
          { rule: "exclude-paths", path, reason: "ADR 13" },
          { rule: "tls-too-old", path, reason: "ADR 14" },
        ],
      },
    };
  }),
});

describe("rules check", () => {
  test("says that everything is closed", () => {
    const { code, out, err } = cli("check", closed);
    expect(out).toMatch(
      /^1 stack, 1 app behind a gateway, 5 policies: 0 errors, 0 warnings, 0 not judged, 0 acknowledged, \d+ as they must be\.\n$/,
    );
    expect([code, err]).toEqual([0, ""]);
  });

  test("says what is open, where, and what to write, errors first", () => {
    const { code, out } = cli("check", open);
    expect(code).toBe(1);
    expect(out.split("\n").slice(0, 2)).toEqual([
      "error at azurerm_linux_web_app.orders: auth_settings_v2.require_authentication is not true, so requests without a token reach the " +
        "app. Write require_authentication = true. (sign-in-not-required)",
      "warning at azurerm_cognitive_account.models: local_auth_enabled is not false, so everyone who has a key of the service can call it " +
        "without an identity. Write local_auth_enabled = false, once nobody uses a key any more. (local-keys-enabled)",
    ]);
  });

  test("a warning alone does not fail, and what is not known is no success", () => {
    expect(cli("check", warned).code).toBe(0);
    const { code, out } = cli("check", unknown);
    expect(code).toBe(5);
    expect(out).toContain(
      "not judged at azurerm_api_management_api.models: service_url is known only when Terraform runs.",
    );
  });

  test("lists what was acknowledged, and what an acknowledgement does not match", () => {
    const { code, out } = cli("check", acknowledged);
    expect(code).toBe(0);
    expect(out.split("\n").slice(0, 3)).toEqual([
      "acknowledged at azurerm_linux_web_app.orders: auth_settings_v2.excluded_paths has /health, where everyone can call the app without " +
        "sign-in. Reason: ADR 12 (excluded-paths)",
      'warning: The acknowledgement at azurerm_linux_web_app.orders names the rule "exclude-paths", which does not exist. Write ' +
        '"excluded-paths". (acknowledged-rule-unknown)',
      'warning: The acknowledgement of "tls-too-old" at azurerm_linux_web_app.orders matches no finding. Remove it, or write the path of ' +
        "the construct that the finding names. (acknowledgement-unused)",
    ]);
  });

  test("judges stacks together", () => {
    const platform = writtenStack();
    const { azurerm_linux_web_app: apps, ...resource } = platform.resource;
    resource.azurerm_api_management_backend.orders.url = "https://orders.azurewebsites.net";
    delete apps.orders.auth_settings_v2;
    const both = outputOf("both", {
      platform: { ...platform, resource },
      team: { resource: { azurerm_linux_web_app: apps } },
    });
    const { code, out } = cli("check", both);
    expect(code).toBe(1);
    expect(out).toContain("error at azurerm_linux_web_app.orders auth_settings_v2: The app has no Entra sign-in");
    expect(cli("check", join(both, "stacks", "team")).code).toBe(0);
  });

  test("reads one configuration from several files of a folder", () => {
    const folder = join(directory, "written");
    mkdirSync(folder);
    const { resource, ...rest } = writtenStack();
    const { azurerm_linux_web_app: apps, ...others } = resource;
    delete apps.orders.auth_settings_v2;
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ ...rest, resource: others }));
    writeFileSync(join(folder, "apps.tf.json"), JSON.stringify({ resource: { azurerm_linux_web_app: apps } }));
    writeFileSync(join(folder, "network.tf"), "");
    const { code, out } = cli("check", folder);
    expect(code).toBe(1);
    expect(out).toContain("1 stack, 1 app behind a gateway");
    expect(out).toContain(`1 file in HCL was not read: ${join(folder, "network.tf")}.`);
  });

  test("keeps apart the stacks of two apps that have one name", () => {
    const apps = join(directory, "apps");
    outputOf("apps/shop/cdktf.out", { production: writtenStack() });
    outputOf("apps/stock/cdktf.out", {
      production: changed((all) => void delete all.azurerm_linux_web_app.orders.auth_settings_v2),
    });
    const { findings, summary } = JSON.parse(cli("check", apps, "--json").out);
    const file = join(apps, "stock", "cdktf.out", "stacks", "production", "cdk.tf.json");
    expect(summary.stacks).toBe(2);
    expect(findings).toEqual([expect.objectContaining({ file, stack: join(file, "..") })]);
  });

  test("reads what overrides a stack of cdktf, in a file beside it", () => {
    const folder = outputOf("overridden", { orders: writtenStack() });
    writeFileSync(
      join(folder, "stacks", "orders", "tls_override.tf.json"),
      JSON.stringify({
        resource: { azurerm_linux_web_app: { orders: { site_config: [{ minimum_tls_version: "1.0" }] } } },
      }),
    );
    const { code, out } = cli("check", folder);
    expect(code).toBe(1);
    expect(out).toContain("error at azurerm_linux_web_app.orders: site_config.minimum_tls_version ");
    expect(out).toContain("1 stack, 1 app behind a gateway");
  });

  test("reads a file that has only actions", () => {
    const actions = outputOf("actions", { orders: { action: { azurerm_notify: { done: {} } } } });
    expect(cli("check", actions)).toMatchObject({ code: 0, out: expect.stringContaining("1 stack, 0 apps") });
  });

  test("reads on after a file that cannot be read, and fails", () => {
    const broken = outputOf("broken", { orders: writtenStack(), broken: "{", list: "[]" });
    const { code, out } = cli("check", broken);
    expect(code).toBe(3);
    expect(out).toContain(`cannot read ${join(broken, "stacks", "broken", "cdk.tf.json")}: `);
    expect(out).toEqual(refusal("configuration-not-an-object"));
    expect(out).toContain("1 stack, 1 app behind a gateway");
    expect(cli("check", join(directory, "nothing.json")).code).toBe(3);
  });

  test.each([
    ["no JSON, of which it shows nothing", '{ "password": s3cret', "configuration-not-json"],
    ["nothing", "", "configuration-empty"],
    ["a state", '{ "version": 4, "resources": [] }', "configuration-without-blocks"],
    ["a report", '{ "format": 1, "parties": [] }', "configuration-without-blocks"],
    ["a plan", '{ "format_version": "1.2", "planned_values": {} }', "configuration-is-plan"],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), "input-not-utf8"],
    ["in UTF-16", Buffer.from("\uFEFF{}", "utf16le"), "input-in-utf16"],
    ["nested without end", `{"resource":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, "configuration-too-deep"],
  ])("says what is wrong with a file that is %s", (_, text, id) => {
    const { code, out } = cli("check", outputOf("wrong", { wrong: text }));
    expect(code).toBe(3);
    expect(out).toEqual(refusal(id));
    expect(out).not.toContain("s3cret");
  });

  test("names the modules that it does not read", () => {
    const calling = outputOf("modules", {
      orders: changed((_, stack) => void (stack.module = { network: {}, data: {} })),
    });
    const { code, out } = cli("check", calling);
    expect(code).toBe(0);
    expect(out).toContain("2 modules were not read: network, data. ");
    expect(JSON.parse(cli("check", calling, "--json").out)).toMatchObject({ modules: ["network", "data"] });
  });

  test("says that a file does not exist", () => {
    const { code, out } = cli("check", join(directory, "nothing.json"));
    expect(code).toBe(3);
    expect(out).toEqual(refusal("configuration-not-readable", "does not exist"));
  });

  test("says the same to machines", () => {
    const { code, out } = cli("check", "--json", open);
    const { findings, summary } = JSON.parse(out);
    expect(code).toBe(1);
    expect(summary).toMatchObject({
      stacks: 1,
      apps: 1,
      policies: 5,
      errors: 1,
      warnings: 1,
      unknown: 0,
      acknowledged: 0,
    });
    expect(findings[0]).toEqual({
      rule: "sign-in-not-required",
      severity: "error",
      control: "IM-1",
      cwe: 306,
      result: "violated",
      file: join(open, "stacks", "orders", "cdk.tf.json"),
      stack: "orders",
      path: "azurerm_linux_web_app.orders",
      address: "azurerm_linux_web_app.orders",
      attribute: "auth_settings_v2.require_authentication",
      message: "auth_settings_v2.require_authentication is not true, so requests without a token reach the app.",
      remedy: "Write require_authentication = true.",
    });
  });

  test("the policies of a file that is given in two ways are not two policies", () => {
    const stack = writtenStack();
    const { azurerm_api_management_api_policy: policies, ...others } = stack.resource as Json;
    const apart = outputOf("apart", {
      apis: { ...stack, resource: others },
      policies: {
        resource: {
          azurerm_api_management_api_policy: {
            orders: { ...policies.orders, api_name: "orders", api_management_name: "gateway" },
          },
        },
      },
    });
    expect(cli("check", apart, relative("", apart))).toEqual(cli("check", apart));
    const link = join(directory, "link");
    symlinkSync(apart, link);
    expect(cli("check", apart, link)).toEqual(cli("check", apart));
  });

  test("a file that two stacks have by a link is a file of both", () => {
    const both = outputOf("shared", { one: {}, other: {} });
    const common = join(both, "common.json");
    writeFileSync(common, JSON.stringify(writtenStack()));
    for (const name of ["one", "other"]) symlinkSync(common, join(both, "stacks", name, "common.tf.json"));
    expect(cli("check", both).out).toMatch(/^2 stacks, 2 apps/m);
  });

  test.each([
    ["closed", closed],
    ["open", open],
    ["unknown", unknown],
    ["acknowledged", acknowledged],
    ["broken", join(directory, "broken")],
  ])("writes a SARIF log that the schema accepts: %s", (_, folder) => {
    const { out } = cli("check", "--sarif", folder);
    expect(JSON.parse(out)).toBeValidSarifLog();
  });

  test("code scanning finds the rule, the control, the line, and the reason in the SARIF log", () => {
    const [run] = JSON.parse(cli("check", "--sarif", acknowledged).out).runs;
    const { rules: descriptors } = run.tool.driver;
    expect(descriptors).toHaveLength(RULES.length);
    const [result] = run.results;
    expect(descriptors[result.ruleIndex]).toMatchObject({
      id: "excluded-paths",
      defaultConfiguration: { level: "error" },
      properties: { tags: ["security", "external/cwe/cwe-306"], "microsoft-cloud-security-benchmark": "IM-1" },
    });
    expect(result).toMatchObject({
      kind: "fail",
      level: "error",
      suppressions: [{ kind: "inSource", justification: "ADR 12" }],
    });
    const [{ physicalLocation }] = result.locations;
    const file = join(acknowledged, "stacks", "orders", "cdk.tf.json");
    expect(physicalLocation.artifactLocation.uri).toBe(pathToFileURL(file).href);
    const lines = readFileSync(file, "utf8").split("\n");
    expect(lines[physicalLocation.region.startLine - 1].trim()).toBe('"orders": {');
    expect(lines[physicalLocation.region.startLine - 2].trim()).toBe('"azurerm_linux_web_app": {');
  });

  test("the SARIF log names a file by the relative path that it was given", () => {
    const [run] = JSON.parse(cli("check", "--sarif", relative("", open)).out).runs;
    expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(
      relative("", join(open, "stacks", "orders", "cdk.tf.json")),
    );
  });

  test("twice as many findings are twice the work in the SARIF log", () => {
    const work = (count: number): number => {
      const names = [...Array(count).keys()].map((index) => `app${index}`);
      const { azurerm_linux_web_app: apps, azurerm_api_management_backend: backends } = writtenStack().resource;
      delete apps.orders.auth_settings_v2;
      const url = (name: string): string => `https://\${azurerm_linux_web_app.${name}.default_hostname}`;
      const many = outputOf(`many${count}`, {
        many: {
          resource: {
            azurerm_api_management_backend: Object.fromEntries(
              names.map((name) => [name, { ...backends.orders, url: url(name) }]),
            ),
            azurerm_linux_web_app: Object.fromEntries(names.map((name) => [name, apps.orders])),
          },
        },
      });
      const [plain, sarif] = [[], ["--sarif"]].map((format) => workOf(() => cli("check", many, ...format)));
      return sarif - plain;
    };
    expect(work(100) / work(50)).toBeLessThan(2.5);
  });

  test("writes to a file", () => {
    const file = join(directory, "rules.sarif");
    expect(cli("check", closed, "--sarif", "--output", file)).toEqual({ code: 0, out: "", err: "" });
    expect(JSON.parse(readFileSync(file, "utf8")).version).toBe("2.1.0");
  });

  test("prints its help", () => {
    expect(cli("--help")).toEqual({ code: 0, out: RULES_HELP, err: "" });
  });

  test.each([
    [[], "rules-command-unknown", "There is no command after"],
    [["judge"], "rules-command-unknown", "rules judge"],
    [["check", "--json", "--sarif", closed], "two-formats", "--json and --sarif"],
    [["check", "--fast"], "option-unknown", "--fast"],
    [["check", join(directory, "closed", "stacks", "none")], "", ""],
  ])("refuses %j", (args, id, value) => {
    const { code, out, err } = cli(...args);
    expect(code).toBe(id === "" ? 3 : 2);
    if (id !== "") expect(`${out}${err}`).toEqual(refusal(id, value));
  });

  test("names the folder in which nothing is", () => {
    const empty = join(directory, "empty");
    mkdirSync(empty);
    const { code, err } = cli("check", empty);
    expect(code).toBe(2);
    expect(err).toEqual(refusal("configuration-missing", empty));
  });
});

test("each policy is read once", () => {
  const policies = Object.entries<Json>(writtenStack().resource).flatMap(([type, each]) =>
    /_policy(?:_fragment)?$/.test(type) ? Object.keys(each) : [],
  );
  const read = readingsOf(() => cli("check", closed)).map(({ way }) => way);
  expect(read).toEqual(policies.map(() => "XML"));
});
