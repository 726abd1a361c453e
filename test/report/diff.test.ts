import { diffOf } from "../../lib/report/diff/compared";
import { isReport } from "../../lib/report/diff/report-diff";
import { diffMarkdown } from "../../lib/report/markdown/diff";
import { Json } from "../helpers/synth";
import { policy, WRITTEN, writtenStack } from "../rules/written-stack";
import { reportAfter, reportOf } from "./reported";

const base = reportOf({ orders: writtenStack() });

/** What a change of the stack does, as `section, about: before -> after`. */
function changesOf(change: (all: Json, stack: Json) => void) {
  const { opened, closed, changed } = diffOf(base, reportAfter(change));
  const lines = (list: typeof opened): string[] =>
    list.map(({ section, about, before = "-", after = "-" }) => `${section}, ${about}: ${before} -> ${after}`);
  return { opened: lines(opened), closed: lines(closed), changed: lines(changed) };
}

const NOTHING = { opened: [], closed: [], changed: [] };

test("the same is the same, also after lines of a policy moved", () => {
  expect(changesOf(() => undefined)).toEqual(NOTHING);
  const { orders } = writtenStack().resource.azurerm_api_management_api_policy;
  const moved = orders.xml_content.replace("<inbound>", "<!-- moved -->\n\n<inbound>");
  expect(changesOf((all) => void (all.azurerm_api_management_api_policy.orders.xml_content = moved))).toEqual(NOTHING);
});

test("a new principal on the list opens", () => {
  const { opened, closed, changed } = changesOf((all) => {
    const list = all.azurerm_linux_web_app.orders.auth_settings_v2[0].active_directory_v2.allowed_identities;
    list.push("99999999-0000-0000-0000-000000000000");
  });
  expect(opened).toEqual(["access, app orders: - -> the principal 99999999-0000-0000-0000-000000000000"]);
  expect(closed).toEqual([]);
  expect(changed).toEqual([
    "access, app orders: allow-list: Only the system-assigned identity of gateway may call. Others get 403. -> Only the system-assigned " +
      "identity of gateway and the principal 99999999-0000-0000-0000-000000000000 may call. Others get 403.",
  ]);
});

test("a removed sign-in opens, and brings a finding; the way back closes", () => {
  const open = reportAfter((all) => void delete all.azurerm_linux_web_app.orders.auth_settings_v2);
  const there = diffOf(base, open);
  expect(there.opened.map(({ section, about }) => `${section}, ${about}`)).toEqual([
    "access, app orders",
    "access, app orders: sign-in",
    "access, app orders: audience",
    "access, app orders: issuer",
    "access, app orders: allow-list",
    "findings, sign-in-not-required at azurerm_linux_web_app.orders",
  ]);
  const back = diffOf(open, base);
  expect(back.opened.map(({ after }) => after)).toEqual(["the system-assigned identity of gateway"]);
  expect(back.closed.map(({ section }) => section)).toContain("findings");
});

test("a new caller, a lost key, a wider role and a new reason open", () => {
  const anyone = changesOf((all) => {
    all.azurerm_api_management_api_policy.orders.xml_content = policy(
      "<base />",
      '<set-backend-service backend-id="orders" />',
      WRITTEN.token,
    );
    all.azurerm_api_management_api.orders.subscription_required = false;
  });
  expect(anyone.opened).toContain("calls, Anyone → API orders: - -> nothing");
  expect(anyone.opened).toContain("access, API orders: - -> everyone");
  expect(anyone.closed[0]).toMatch(
    /^calls, Application 66666666-\S+ → API orders: Entra token and subscription key, .* -> -$/,
  );

  const keyless = changesOf((all) => void (all.azurerm_api_management_api.orders.subscription_required = false));
  expect(keyless.opened[0]).toMatch(/^calls, Application .*: Entra token and subscription key, .* -> Entra token, /);

  const wider = changesOf(
    (all) => void (all.azurerm_role_assignment.models.role_definition_name = "Cognitive Services Contributor"),
  );
  expect(wider.opened[0]).toMatch(/^calls, API models → service models: .* -> .*with Cognitive Services Contributor/);

  const reason = changesOf((all, stack) => {
    all.azurerm_linux_web_app.orders.auth_settings_v2[0].excluded_paths = ["/health"];
    const acknowledged = [{ rule: "excluded-paths", path: "azurerm_linux_web_app.orders", reason: "ADR 12" }];
    stack["//"] = { apimSecurityRules: { acknowledged } };
  });
  expect(reason.opened.filter((line) => line.startsWith("open on purpose"))).toEqual([
    "open on purpose, azurerm_linux_web_app.orders: auth_settings_v2.excluded_paths has /health, where everyone can call the app without " +
      "sign-in.: - -> ADR 12",
  ]);
});

test("a key that is turned on opens, and one that is turned off closes", () => {
  const on = reportAfter((all) => void delete all.azurerm_cognitive_account.models.local_auth_enabled);
  expect(diffOf(base, on).opened.map(({ section }) => section)).toContain("secrets");
  expect(diffOf(on, base).closed.map(({ section }) => section)).toContain("secrets");
});

test("a secret that is now written in the code is a change", () => {
  const changed = (value: string) => (all: Json, stack: Json) => {
    stack.variable.key = { sensitive: true };
    all.azurerm_api_management_named_value = { key: { secret: true, value } };
  };
  const { changed: made } = diffOf(reportAfter(changed("${var.key}")), reportAfter(changed("Zx81kPq0LmN4vT7wYb2c")));
  expect(made).toEqual([
    {
      section: "secrets",
      about: "azurerm_api_management_named_value.key value",
      before: "Terraform writes what it gets from a secret into the state.",
      after:
        "The secret is written in the configuration, so everyone who reads the code, the output or the state has it.",
    },
  ]);
});

test("a folder with another name is the same configuration", () => {
  const { opened, closed, changed } = diffOf(reportOf({ before: writtenStack() }), reportOf({ after: writtenStack() }));
  expect({ opened, closed, changed }).toEqual(NOTHING);
});

test("what opened comes first in Markdown", () => {
  const head = reportAfter((all) => {
    all.azurerm_linux_web_app.orders.auth_settings_v2[0].excluded_paths = ["/a|b"];
  });
  expect(diffMarkdown(diffOf(base, head))).toBe(
    `# Trust report, compared: orders

**3 things opened.** 0 closed, 0 changed otherwise.

## Opened

| Part | About | Before | After |
| --- | --- | --- | --- |
| access | app orders | (new) | everyone, on /a\\|b |
| access | app orders: excluded paths | (new) | open: No sign-in on /a\\|b. |
| findings | excluded-paths at azurerm\_linux\_web\_app.orders | (new) | error: auth\_settings\_v2.excluded\_paths has /a\\|b, where everyone can call the app without sign-in. |
`.replace(/\\_/g, "_"),
  );
  expect(diffMarkdown(diffOf(base, base))).toBe("# Trust report, compared: orders\n\nNothing changed.\n");
});

test("only a whole report is taken for one", () => {
  expect(isReport(JSON.parse(JSON.stringify(base)))).toBe(true);
  expect(isReport({ ...base, format: 2 })).toBe(false);
  expect(isReport({ ...base, calls: [1] })).toBe(false);
  expect(isReport({ ...base, checked: null })).toBe(false);
  expect(isReport({ resource: {} })).toBe(false);
  expect(isReport(null)).toBe(false);
});
