import { TerraformStack, Testing } from "cdktf";
import { announce } from "../../lib/core/reason";
import { Json } from "../helpers/synth";
import { reportAfter, reportOf } from "./reported";

test("lists what is acknowledged, with the reason", () => {
  const report = reportAfter((all, stack) => {
    all.azurerm_linux_web_app.orders.auth_settings_v2[0].excluded_paths = ["/health"];
    const path = "azurerm_linux_web_app.orders";
    stack["//"] = { apimSecurityRules: { acknowledged: [{ rule: "excluded-paths", path, reason: "ADR 12" }] } };
  });
  expect(report.openOnPurpose).toEqual([
    {
      stack: "orders",
      place: "azurerm_linux_web_app.orders",
      what: "auth_settings_v2.excluded_paths has /health, where everyone can call the app without sign-in.",
      reason: "ADR 12",
      rule: "excluded-paths",
    },
  ]);
  expect(report.findings).toEqual([]);
});

/** The output of a stack in which calls of the library were given reasons. */
function announced(...calls: readonly (readonly [what: string, call: string, reason: string])[]): Json {
  const stack = new TerraformStack(Testing.app(), "app");
  calls.forEach(([what, call, reason]) => announce(stack, what, call, reason));
  // Without what the tests of cdktf remove.
  return JSON.parse(JSON.stringify(stack.toTerraform()));
}

test("the reasons that calls of the library were given are in the output, and in the report", () => {
  const json = announced(["Open to consumers without a subscription key", "withoutSubscriptionKey", "ADR 3"]);
  expect(json["//"].secureApimBackend).toEqual({
    openOnPurpose: [
      {
        path: "app",
        what: "Open to consumers without a subscription key",
        call: "withoutSubscriptionKey",
        reason: "ADR 3",
      },
    ],
  });
  expect(reportOf({ app: json }).openOnPurpose).toEqual([
    {
      stack: "app",
      place: "app",
      what: "Open to consumers without a subscription key.",
      reason: "ADR 3",
      call: "withoutSubscriptionKey",
    },
  ]);
});

test("a stack in which nothing is opened has no such list", () => {
  expect(announced()["//"].secureApimBackend).toBeUndefined();
});

test("what is managed elsewhere is left to the operator", () => {
  const json = announced([
    "The app role is assigned elsewhere",
    "InvokeAssignment.managedElsewhere",
    "the identity team",
  ]);
  const { openOnPurpose, leftToOperator } = reportOf({ app: json });
  expect(openOnPurpose).toEqual([]);
  expect(leftToOperator).toEqual([
    { stack: "app", place: "app", what: "The app role is assigned elsewhere.", why: "the identity team" },
  ]);
});

/** What is left to the operator, by what is in the configuration. */
const TASKS: readonly (readonly [what: string, change: (all: Json) => void, task: string])[] = [
  [
    "permissions of other APIs",
    (all) => void (all.azuread_application.orders.required_resource_access = [{ resource_app_id: "1" }]),
    "Let an administrator consent to the permissions that orders asks for.",
  ],
  [
    "several app roles",
    (all) => void (all.azuread_application.orders.app_role = [{ value: "Reader" }, { value: "Writer" }]),
    "Check in the code of orders which of the roles Reader and Writer a token has.",
  ],
  [
    "an app role that nobody assigns to the gateway",
    (all) =>
      void (all.azuread_service_principal = {
        orders: { client_id: "${azuread_application.orders.client_id}", app_role_assignment_required: true },
      }),
    "Assign the system-assigned identity of gateway to the registration orders.",
  ],
  [
    "a host name without a DNS record",
    (all) =>
      void (all.azurerm_api_management_custom_domain = {
        a: { api_management_id: "${azurerm_api_management.gateway.id}" },
      }),
    "Create the DNS records of the gateway's host names, and keep them.",
  ],
  [
    "a private endpoint without a DNS zone",
    (all) => void (all.azurerm_private_endpoint = { a: { name: "orders" } }),
    "Make the host name lead to the private endpoint orders.",
  ],
  [
    "a backend that is elsewhere",
    (all) => void (all.azurerm_api_management_backend.orders.url = "https://orders.example"),
    "Check that orders.example accepts only tokens that it is meant to accept.",
  ],
  ["keys", () => undefined, "Give subscription keys of gateway to consumers, renew them, and withdraw them."],
];

test.each(TASKS)("the operator is told about %s", (_, change, task) => {
  expect(reportAfter(change).leftToOperator.map(({ what }) => what)).toContain(task);
});
