import { FAULTS } from "./faults";
import { linesOf, modelOf, verdictsOf } from "./judged";
import { Json } from "../helpers/synth";
import { policy, writtenStack, WRITTEN } from "./written-stack";

function verdicts(change: (resources: Json, stack: Json) => void) {
  const stack = writtenStack();
  change(stack.resource, stack);
  return verdictsOf({ orders: stack });
}

const site = (resources: Json): Json => resources.azurerm_linux_web_app.orders;
const signIn = (resources: Json): Json => site(resources).auth_settings_v2[0];

describe("twelve faults in one stack", () => {
  const PLANTED = [
    "sign-in-redirects: a sign-in page",
    "allow-list-empty: an empty list",
    "excluded-paths: a path",
    "password-publishing: a password",
    "tls-too-old: TLS 1.0",
    "identity-error-ignored: ignore-error",
    "http-backend: a backend entity",
    "key-instead-of-identity: a client secret",
    "local-keys-enabled: keys",
    "role-too-wide: Contributor",
    "operation-without-base: no <base />",
    "issuer-mismatch: version 1 tokens",
  ];

  test("are exactly what is found", () => {
    const planted = FAULTS.filter(({ rule, what }) => PLANTED.includes(`${rule}: ${what}`));
    expect(planted).toHaveLength(12);
    const { violated } = verdicts((resources, stack) => planted.forEach(({ plant }) => plant(resources, stack)));
    // The issuer of the slot, which has the same registration, is only compared with its app.
    expect(violated.map(({ rule }) => rule.id).sort()).toEqual(planted.map(({ rule }) => rule).sort());
  });
});

describe("what only Terraform knows is not judged, and never passes", () => {
  test.each<[string, (resources: Json) => void, string]>([
    [
      "a variable",
      (all) => void (signIn(all).require_authentication = "${var.locked}"),
      "azurerm_linux_web_app.orders auth_settings_v2.require_authentication: auth_settings_v2.require_authentication is known only " +
        "when Terraform runs. Make sure that this holds: Every app behind a gateway requires Entra sign-in for every request. " +
        "(sign-in-not-required)",
    ],
    [
      "ignore_changes",
      (all) => void (site(all).lifecycle = { ignore_changes: ["site_config[0].minimum_tls_version"] }),
      "azurerm_linux_web_app.orders site_config.minimum_tls_version: site_config.minimum_tls_version is covered by ignore_changes, so the " +
        "deployed value stays. Make sure that this holds: Apps behind a gateway accept TLS 1.2 and newer only. (tls-too-old)",
    ],
    [
      "a list",
      (all) => void (signIn(all).active_directory_v2.allowed_identities = "${var.callers}"),
      "azurerm_linux_web_app.orders auth_settings_v2.active_directory_v2.allowed_identities: " +
        "auth_settings_v2.active_directory_v2.allowed_identities is known only when Terraform runs. Make sure that this holds: " +
        "Every app behind a gateway names the identities that may call it. (allow-list-empty)",
    ],
    [
      "an address",
      (all) => void (all.azurerm_api_management_api.models.service_url = "${var.models}"),
      "azurerm_api_management_api.models service_url: service_url is known only when Terraform runs. Make sure that this holds: " +
        "Gateways call backends with HTTPS. (http-backend)",
    ],
    [
      "an address that the gateway computes",
      (all) => {
        const orders = all.azurerm_api_management_api_policy.orders;
        const route = '<set-backend-service base-url="@((string)context.Variables[&quot;url&quot;])" />';
        orders.xml_content = policy("<base />", WRITTEN.validation, route, WRITTEN.token);
      },
      "azurerm_api_management_api_policy.orders xml_content 9:5: The address of the backend is known only when the gateway runs. Make sure " +
        "that this holds: Gateways call backends with HTTPS. (http-backend)",
    ],
    [
      "a policy",
      (all) => void (all.azurerm_api_management_product_policy.partners.xml_content = '${file("partners.xml")}'),
      "azurerm_api_management_product_policy.partners xml_content: xml_content is known only when Terraform runs. Make sure that this " +
        "holds: Every policy is a text that can be read. (policy-unreadable)",
    ],
    [
      "a fragment of another configuration",
      (all) => {
        const get = all.azurerm_api_management_api_operation_policy.get;
        get.xml_content = policy("<base />", '<include-fragment fragment-id="shared" />');
      },
      'azurerm_api_management_api_operation_policy.get xml_content 4:5: The library cannot read the content of the fragment "shared". Make ' +
        "sure that this holds: The policy fragments that policies include are in the configuration. (fragment-not-visible)",
    ],
  ])("%s", (_, change, expected) => {
    const { violated, unknown } = verdicts(change);
    expect(linesOf(violated)).toEqual([]);
    expect(linesOf(unknown)).toContain(expected);
  });

  test("a dynamic block hides the sign-in", () => {
    const { violated, unknown } = verdicts((all) => {
      site(all).dynamic = { auth_settings_v2: { for_each: "${var.settings}", content: signIn(all) } };
      delete site(all).auth_settings_v2;
    });
    expect(linesOf(violated)).toEqual([]);
    expect(unknown.map(({ rule }) => rule.id)).toContain("sign-in-not-required");
  });
});

describe("the model follows", () => {
  test("locals, also in each other", () => {
    const { violated } = verdicts((all, stack) => {
      stack.locals = { tls: "${local.old}", old: "1.0" };
      site(all).site_config.minimum_tls_version = "${local.tls}";
    });
    expect(violated.map(({ rule }) => rule.id)).toEqual(["tls-too-old"]);
  });

  test("locals that refer to themselves, which is an error of Terraform's, without end", () => {
    const { violated, unknown } = verdicts((all, stack) => {
      stack.locals = { a: "${local.b}", b: "${local.a}" };
      site(all).site_config.minimum_tls_version = "${local.a}";
    });
    expect(linesOf(violated)).toEqual([]);
    expect(unknown.map(({ rule }) => rule.id)).toEqual(["tls-too-old"]);
  });

  test.each([
    ["an attribute of itself", "${local.a.b}"],
    ["an attribute of the resource that has it", "${azurerm_linux_web_app.orders.site_config[0].minimum_tls_version}"],
  ])("no reference without end: %s", (_, reference) => {
    const { unknown } = verdicts((all, stack) => {
      stack.locals = { a: reference };
      site(all).site_config.minimum_tls_version = "${local.a.b}";
      site(all).site_config.scm_minimum_tls_version = reference;
    });
    expect(unknown.map(({ rule }) => rule.id)).toContain("tls-too-old");
  });

  test("a policy in a local", () => {
    const { violated } = verdicts((all, stack) => {
      stack.locals = { policy: policy(WRITTEN.validation, WRITTEN.token) };
      all.azurerm_api_management_api_policy.orders.xml_content = "${local.policy}";
    });
    expect(violated.map(({ rule }) => rule.id)).toEqual(["inbound-without-base"]);
  });

  test("the outputs of another stack of cdktf", () => {
    const platform = writtenStack();
    const team = { resource: { azurerm_linux_web_app: platform.resource.azurerm_linux_web_app } };
    delete platform.resource.azurerm_linux_web_app;
    delete platform.resource.azurerm_linux_web_app_slot;
    const app: Json = {
      ...team,
      output: { "cross-stack-output-host": { value: "${azurerm_linux_web_app.orders.default_hostname}" } },
    };
    delete app.resource.azurerm_linux_web_app.orders.auth_settings_v2;
    platform.resource.azurerm_api_management_backend.orders.url =
      "https://${data.terraform_remote_state.cross-stack-reference-input-team.outputs.cross-stack-output-host}";
    const { violated } = verdictsOf({ platform, team: app });
    expect(violated.map(({ rule, resource }) => `${rule.id} ${resource.stack.name}`)).toEqual([
      "sign-in-not-required team",
    ]);
  });

  test("the host name that Azure gives to an app", () => {
    const { violated } = verdicts((all) => {
      all.azurerm_api_management_backend.orders.url = "https://website.azurewebsites.net/api";
    });
    expect(
      violated.filter(({ rule }) => rule.id === "sign-in-not-required").map(({ resource }) => resource.name),
    ).toEqual(["website"]);
  });
});

test("an app that no gateway calls is not judged", () => {
  const stack = writtenStack();
  expect(modelOf({ orders: stack }).apps.map(({ resource }) => resource.name)).toEqual(["orders"]);
});

test("a construct's path names the place, if cdktf wrote the JSON", () => {
  const { violated } = verdicts((all) => {
    delete signIn(all).require_authentication;
    site(all)["//"] = { metadata: { path: "shop/Orders/App", uniqueId: "orders" } };
  });
  expect(violated.map(({ resource }) => resource.path)).toEqual(["shop/Orders/App"]);
});

describe("an acknowledgement in the output", () => {
  const acknowledged = (rule: string, path: string, reason: string) =>
    verdicts((all, stack) => {
      signIn(all).excluded_paths = ["/health"];
      site(all)["//"] = { metadata: { path: "shop/Orders/App", uniqueId: "orders" } };
      stack["//"] = { apimSecurityRules: { acknowledged: [{ rule, path, reason }] } };
    });

  test("is listed with its reason instead of the finding", () => {
    const { violated, acknowledged: listed, unused } = acknowledged("excluded-paths", "shop/Orders", "ADR 12");
    expect(linesOf(violated)).toEqual([]);
    expect(listed.map((each) => each.acknowledged?.reason)).toEqual(["ADR 12"]);
    expect(unused).toEqual([]);
  });

  test.each([
    ["another rule", "allow-list-empty", "shop/Orders"],
    ["a construct whose path only begins alike", "excluded-paths", "shop/Ord"],
  ])("of %s changes nothing, and is named as unused", (_, rule, path) => {
    const { violated, unused } = acknowledged(rule, path, "ADR 12");
    expect(violated.map((each) => each.rule.id)).toEqual(["excluded-paths"]);
    expect(unused).toEqual([{ rule, path, reason: "ADR 12" }]);
  });

  test("without a reason is none", () => {
    const { violated, unused } = acknowledged("excluded-paths", "shop/Orders", " ");
    expect(violated).toHaveLength(1);
    expect(unused).toEqual([]);
  });
});

describe("what is no configuration is read over", () => {
  test.each([
    ["no resources", { resource: 5 }],
    ["a type without resources", { resource: { azurerm_linux_web_app: "none", azurerm_api_management_api: [] } }],
    [
      "resources without attributes",
      { resource: { azurerm_api_management_api_policy: { a: null, b: [], c: {}, d: "x" } } },
    ],
    ["lists of lists", { resource: [[{ azurerm_api_management_backend: [{ a: [{ url: ["https://a"] }] }] }]] }],
    ["an expression without end", { resource: { azurerm_api_management_api: { a: { service_url: '${join("' } } } }],
    ["locals of another type", { locals: "none", data: 1, output: [], provider: "azurerm" }],
    ["a type of azapi that is not known", { resource: { azapi_resource: { a: { type: "${var.type}", body: "{" } } } }],
  ])("%s", (_, json) => {
    const { violated } = verdictsOf({ orders: json });
    expect(linesOf(violated)).toEqual([]);
  });
});
