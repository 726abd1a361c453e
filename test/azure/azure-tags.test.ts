import { Aspects, Fn, TerraformStack, TerraformVariable, Token } from "cdktf";
import { Application } from "@cdktf/provider-azuread/lib/application";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { SentinelThreatIntelligenceIndicator } from "@cdktf/provider-azurerm/lib/sentinel-threat-intelligence-indicator";
import { ApimNamedValue, AzureTags, Backend, NamedValueContent, SecureApimBackend } from "cdktf-secure-apim-backend";
import { readdirSync, readFileSync } from "fs";
import { dirname, join } from "path";
import { CREATED, gatewayOf, secure } from "../backends/apps/behind-gateway";
import { refusal } from "../helpers/refusal";
import { all, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

/* Tags that are given once. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const TAGS = { environment: "production", team: "orders" };

/** The tags of everything that has some, by Terraform type. */
function tagsOf(json: Json): Json {
  const types = Object.keys(json.resource).filter((type) =>
    Object.values<Json>(json.resource[type]).some((r) => r.tags),
  );
  return Object.fromEntries(types.map((type) => [type, Object.values<Json>(json.resource[type]).map((r) => r.tags)]));
}

test("the tags of a stack reach the gateway, every backend, and what you create", () => {
  AzureTags.addTo(stack, TAGS);
  new ResourceGroup(stack, "Group", GROUP);
  secure(stack, Backend.functionApp(CREATED), "Orders");
  secure(stack, Backend.webApp(CREATED), "Invoices");
  expect(tagsOf(synth(stack))).toEqual({
    azurerm_resource_group: [TAGS],
    azurerm_api_management: [TAGS],
    azurerm_storage_account: [TAGS],
    azurerm_service_plan: [TAGS, TAGS],
    azurerm_linux_function_app: [TAGS],
    azurerm_linux_web_app: [TAGS],
  });
});

test("the tags of one API reach only what is created for it", () => {
  const orders = secure(stack, Backend.webApp(CREATED), "Orders");
  AzureTags.addTo(orders, TAGS);
  secure(stack, Backend.functionApp(CREATED), "Invoices");
  expect(tagsOf(synth(stack))).toEqual({ azurerm_service_plan: [undefined, TAGS], azurerm_linux_web_app: [TAGS] });
});

test("a tag of a single resource comes first", () => {
  AzureTags.addTo(stack, TAGS);
  secure(stack, Backend.webApp({ ...CREATED, tags: { team: "invoices", cost: "42" } }));
  const tags = { environment: "production", team: "invoices", cost: "42" };
  expect(only(synth(stack), "azurerm_linux_web_app").tags).toEqual(tags);
});

test.each([["outer first"], ["inner first"]])(
  "a tag of the nearest scope comes before that of a wider one, added %s",
  (order) => {
    const orders = secure(stack, Backend.webApp(CREATED));
    const add = [() => AzureTags.addTo(stack, TAGS), () => AzureTags.addTo(orders, { team: "shop" })];
    (order === "outer first" ? add : add.reverse()).forEach((each) => each());
    const json = synth(stack);
    expect(only(json, "azurerm_linux_web_app").tags).toEqual({ environment: "production", team: "shop" });
    expect(only(json, "azurerm_api_management").tags).toEqual(TAGS);
  },
);

test("a tag of a single resource comes first in another case too, since Azure takes both for one", () => {
  AzureTags.addTo(stack, TAGS);
  secure(stack, Backend.webApp({ ...CREATED, tags: { Team: "invoices" } }));
  expect(only(synth(stack), "azurerm_linux_web_app").tags).toEqual({ environment: "production", Team: "invoices" });
});

test("tags of a resource that only Terraform knows are merged by Terraform", () => {
  const own = new TerraformVariable(stack, "tags", {});
  new ResourceGroup(stack, "Group", { ...GROUP, tags: Token.asStringMap(own.value) });
  AzureTags.addTo(stack, TAGS);
  expect(only(synth(stack), "azurerm_resource_group").tags).toBe(
    '${merge({"environment" = "production", "team" = "orders"}, var.tags)}',
  );
});

test("tags of a scope that only Terraform knows are passed on", () => {
  const common = Token.asStringMap(Fn.merge([{ team: "orders" }, "${var.common}"]));
  AzureTags.addTo(stack, common);
  new ResourceGroup(stack, "Group", GROUP);
  expect(only(synth(stack), "azurerm_resource_group").tags).toContain("var.common");
});

test("the tags of an application in Entra ID are words of another kind", () => {
  new Application(stack, "App", { displayName: "App", tags: ["HideApp"] });
  AzureTags.addTo(stack, TAGS);
  expect(only(synth(stack), "azuread_application").tags).toEqual(["HideApp"]);
});

/** The types of azurerm whose `tags` are a list of words. */
const WITH_WORDS = (() => {
  const root = dirname(require.resolve("@cdktf/provider-azurerm/package.json"));
  const types = readdirSync(join(root, "lib"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const isWords = (name: string) =>
    /^ {4}readonly tags\?: string\[\];/m.test(readFileSync(join(root, "lib", name, "index.d.ts"), "utf8"));
  return types.map(({ name }) => name).filter(isWords);
})();

test("the only tags of azurerm that are words are left alone", () => {
  expect(WITH_WORDS).toEqual(["api-management-named-value", "sentinel-threat-intelligence-indicator"]);
  const value = NamedValueContent.plain("west");
  const { namedValue } = new ApimNamedValue(stack, "Region", { gateway: gatewayOf(stack), value });
  namedValue.tags = ["region"];
  new SentinelThreatIntelligenceIndicator(stack, "Indicator", {
    displayName: "x",
    pattern: "x",
    patternType: "domain-name",
    source: "x",
    validateFromUtc: "2026-01-01T00:00:00Z",
    workspaceId: "/workspaces/x",
  });
  AzureTags.addTo(stack, TAGS);
  const json = synth(stack);
  expect(only(json, "azurerm_api_management_named_value").tags).toEqual(["region"]);
  expect(only(json, "azurerm_sentinel_threat_intelligence_indicator").tags).toBeUndefined();
});

test("an aspect of yours tags the created resources too", () => {
  Aspects.of(stack).add({ visit: (node: Untyped) => "tagsInput" in node && (node.tags = TAGS) });
  gatewayOf(stack);
  expect(only(synth(stack), "azurerm_api_management").tags).toEqual(TAGS);
});

test.each([
  ["too many", Object.fromEntries([...Array(51).keys()].map((n) => [`tag${n}`, ""])), "too-many-tags", "51"],
  ["a name with a slash", { "cost/center": "1" }, "invalid-tag", '"cost/center"'],
  ["a name that Azure reserves", { "azure-team": "1" }, "reserved-tag", '"azure-team"'],
  ["a name that Azure reserves, in capitals", { MicrosoftTeam: "1" }, "reserved-tag", '"MicrosoftTeam"'],
  ["another name that Azure reserves", { windows: "1" }, "reserved-tag", '"windows"'],
  ["an empty name", { "": "1" }, "invalid-tag", '""'],
  ["a long value", { note: "x".repeat(257) }, "invalid-tag", '"note"'],
  ["two that differ only in case", { team: "a", Team: "b" }, "tag-given-twice", '"Team"'],
  ["a number", { cost: 42 }, "not-a-string", '"cost"'],
  ["a list", ["production"], "wrong-value", "tags"],
])("tags that Azure refuses: %s", (_, tags, id, value) => {
  const wrong: Untyped = tags;
  expect(() => AzureTags.addTo(stack, wrong)).toThrow(refusal(id, value));
  expect(() => secure(stack, Backend.webApp({ ...CREATED, tags: wrong }))).toThrow(refusal(id, value));
});

test.each([undefined, "production", { environment: "production" }])("a scope that is none: %j", (scope) => {
  expect(() => AzureTags.addTo(scope as Untyped, TAGS)).toThrow(refusal("no-scope-for-tags"));
});

test("a value that only Terraform knows may be long", () => {
  const tags = { owner: "${var.owner}", note: "50 %{ }" };
  new SecureApimBackend(stack, "Orders", { gateway: gatewayOf(stack), backend: Backend.webApp({ ...CREATED, tags }) });
  const apps = Object.values<Json>(all(synth(stack), "azurerm_linux_web_app"));
  expect(apps[0].tags).toEqual({ owner: "${var.owner}", note: "50 %%{ }" });
});
