import { Aspects, dependable, TerraformLocal, TerraformStack, TerraformVariable } from "cdktf";
import { Node } from "constructs";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ApiManagementApiVersionSet } from "@cdktf/provider-azurerm/lib/api-management-api-version-set";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import {
  AppRuntime,
  BranchCondition,
  ApimGateway,
  ApimNamedValue,
  ApimSku,
  ApimTag,
  ApiVersionSet,
  Audience,
  Backend,
  IApimGateway,
  KeyVaultRef,
  NamedValueContent,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { blocksOf, replacedWith, upstreamOf } from "../helpers/graph";
import { findings, GROUP, Json, stackWithProviders, synth } from "../helpers/synth";
import { refusal } from "../helpers/refusal";
import { ownService } from "../backends/gateways";
import { KINDS as APPS } from "../backends/kinds";
import { elsewhere, everythingOn, resourcesOf } from "./everything";

const PRINCIPAL = "99999999-2222-3333-4444-555555555555";

let stack: TerraformStack;
beforeEach(() => {
  stack = stackWithProviders();
});

const createdIn = (home: TerraformStack, id = "Gateway"): ApimGateway =>
  new ApimGateway(home, id, {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: ApimSku.BASIC,
  });

const usersOwn = (): ApiManagement =>
  ownService(stack, "Own", { name: "contoso", skuName: "Basic_1", identity: { type: "SystemAssigned" } });

const lookedUp = (apimName: string): IApimGateway =>
  ApimGateway.fromLookup(stack, "Gateway", { apimName, resourceGroupName: GROUP.name });

const fromAttributes = (apimName: string, principalId = PRINCIPAL): IApimGateway =>
  ApimGateway.fromAttributes(stack, "Gateway", {
    apimName,
    resourceGroupName: GROUP.name,
    sku: ApimSku.BASIC,
    principalId,
  });

function otherStack(): TerraformStack {
  const platform = new TerraformStack(stack.node.root, "platform");
  new AzurermProvider(platform, "azurerm", { features: [{}] });
  new AzureadProvider(platform, "azuread");
  return platform;
}

/** What is on the gateway, with its lifecycle. */
function lifecycles(json: Json): [address: string, lifecycle: Json | undefined][] {
  return [...blocksOf(json)]
    .filter(([address]) => /^(?:azurerm_api_management_|azapi_resource)/.test(address))
    .map(([address, { lifecycle }]) => [address, lifecycle]);
}

const KINDS = [
  "azapi_resource",
  "azurerm_api_management_api",
  "azurerm_api_management_api_diagnostic",
  "azurerm_api_management_api_operation",
  "azurerm_api_management_api_operation_policy",
  "azurerm_api_management_api_policy",
  "azurerm_api_management_api_tag",
  "azurerm_api_management_api_version_set",
  "azurerm_api_management_backend",
  "azurerm_api_management_logger",
  "azurerm_api_management_named_value",
  "azurerm_api_management_policy_fragment",
  "azurerm_api_management_product",
  "azurerm_api_management_product_api",
  "azurerm_api_management_tag",
];

describe("with a gateway of the same state", () => {
  test.each<[string, () => IApimGateway, string]>([
    ["that the library creates", () => createdIn(stack), "Gateway_43CB3636"],
    ["that the app declares", () => ApimGateway.fromApiManagement(stack, "Gateway", usersOwn()), "Own"],
    ["that is named by a reference", () => fromAttributes(usersOwn().name), "Own"],
    ["that is looked up", () => lookedUp(usersOwn().name), "Own"],
    [
      "that is named by a local value",
      () => fromAttributes(new TerraformLocal(stack, "Name", usersOwn().name).asString),
      "Own",
    ],
    ["whose identity is given", () => fromAttributes("contoso", usersOwn().identity.principalId), "Own"],
  ])("everything on one %s is made again with it", (_, gateway, service) => {
    everythingOn(stack, gateway());
    const json = synth(stack);
    const all = lifecycles(json).map(([address]) => address);
    expect([...new Set(all.map((address) => address.split(".")[0]))].sort()).toEqual(KINDS);
    const replaced = replacedWith(json, `azurerm_api_management.${service}`);
    expect(all.filter((address) => !replaced.has(address))).toEqual([]);
  });

  test.each([
    ["azurerm_api_management.Own", "${azurerm_api_management.Own.name}"],
    ['azurerm_api_management.Own["west"]', '${azurerm_api_management.Own["west"].name}'],
    ["azapi_resource.own", "${azapi_resource.own.name}"],
  ])("what is on %s is made again with it, named in Terraform's syntax", (service, apimName) => {
    new ApimTag(stack, "Tag", { gateway: fromAttributes(apimName) });
    expect(lifecycles(synth(stack))).toEqual([
      ["azurerm_api_management_tag.Tag_94437B57", { replace_triggered_by: [`${service}.id`] }],
    ]);
  });

  test.each([
    "local.apim.name",
    "module.apim.name",
    "azurerm_resource_group.rg.name",
    "var.apim.name",
    "upper(azurerm_api_management.Own.name)",
  ])("nothing else is taken for a gateway: %s", (expression) => {
    new ApimTag(stack, "Tag", { gateway: fromAttributes(`\${${expression}}`) });
    expect(lifecycles(synth(stack)).map(([, lifecycle]) => lifecycle)).toEqual([undefined]);
  });

  test("what is on a service is made again with the one that its local value names when it is made", () => {
    const gateway = fromAttributes("${local.name}");
    for (const service of ["One", "Two"]) {
      stack.node.tryRemoveChild("name");
      new TerraformLocal(stack, "name", `\${azurerm_api_management.${service}.name}`);
      new ApimTag(stack, service, { gateway });
    }
    expect(lifecycles(synth(stack)).map(([, lifecycle]) => lifecycle)).toEqual([
      { replace_triggered_by: ["azurerm_api_management.One.id"] },
      { replace_triggered_by: ["azurerm_api_management.Two.id"] },
    ]);
  });

  test("nothing is created before it is destroyed", () => {
    everythingOn(stack, createdIn(stack));
    expect(JSON.stringify(synth(stack))).not.toContain("create_before_destroy");
  });

  test("no kind may lose its trigger", () => {
    everythingOn(stack, createdIn(stack));
    const resources = resourcesOf(stack).filter(({ lifecycle }) => lifecycle !== undefined);
    for (const resource of resources) resource.lifecycle = { preventDestroy: true };
    expect(findings(stack)).toEqual(
      expect.arrayContaining(resources.map(({ node }) => refusal("replace-trigger-removed", `"${node.path}"`))),
    );
  });
});

describe("with a gateway of another state", () => {
  const GATEWAYS: [string, () => IApimGateway][] = [
    ["that is looked up", () => ApimGateway.fromLookup(stack, "Gateway", { apimName: "a", resourceGroupName: "b" })],
    ["that is given by its attributes", () => fromAttributes("contoso")],
    ["that is named by a variable", () => fromAttributes(new TerraformVariable(stack, "apim", {}).stringValue)],
    ["of another stack", () => createdIn(otherStack())],
  ];

  test.each(GATEWAYS)("what policies name is created before the old one is destroyed, on one %s", (_, gateway) => {
    everythingOn(stack, gateway());
    const early = lifecycles(synth(stack)).filter(([, lifecycle]) => lifecycle?.create_before_destroy);
    expect(early.map(([address]) => address.split(".")[0]).sort()).toEqual([
      "azurerm_api_management_api_version_set",
      "azurerm_api_management_backend",
      "azurerm_api_management_backend",
      "azurerm_api_management_backend",
      "azurerm_api_management_named_value",
      "azurerm_api_management_policy_fragment",
    ]);
  });

  test.each(GATEWAYS)("nothing waits for the replacement of one %s", (_, gateway) => {
    everythingOn(stack, gateway());
    const triggers = lifecycles(synth(stack)).flatMap(([, lifecycle]) => lifecycle?.replace_triggered_by ?? []);
    expect(triggers.filter((trigger) => !trigger.startsWith("azurerm_api_management_api."))).toEqual([]);
  });
});

/* To search the whole tree for each resource would take time that grows with the square of their number. */
test("for several resources, the tree is searched as often as for one", () => {
  const searches = (resources: number): number => {
    stack = stackWithProviders();
    const gateway = lookedUp("contoso");
    const findAll = jest.spyOn(Node.prototype, "findAll");
    for (let i = 0; i < resources; i++) new ApiVersionSet(stack, `Versions${i}`, { gateway });
    synth(stack);
    const { length } = findAll.mock.calls;
    findAll.mockRestore();
    return length;
  };
  expect(searches(5)).toBe(searches(1));
});

describe("create_before_destroy never spreads", () => {
  /** What Terraform would create before it destroys it. */
  function spread(): string[] {
    const json = synth(stack);
    const seeds = lifecycles(json).filter(([, lifecycle]) => lifecycle?.create_before_destroy);
    const upstream = upstreamOf(
      json,
      seeds.map(([address]) => address),
    );
    return [...upstream].filter((address) => !address.startsWith("data.")).map((address) => address.split(".")[0]);
  }
  const READS_SECRET = '<set-header name="X-Key" exists-action="override"><value>{{secret}}</value></set-header>';
  const secret = (gateway: IApimGateway = fromAttributes("contoso")): ApimNamedValue =>
    new ApimNamedValue(stack, "Secret", {
      gateway,
      value: NamedValueContent.keyVaultSecret(
        KeyVaultRef.fromAttributes({ id: "/subscriptions/1/vault", vaultUri: "https://contoso.vault.azure.net" }),
        "key",
      ),
    });
  const fragment = (gateway: IApimGateway, policy?: PolicyDocument): SecurePolicyFragment =>
    new SecurePolicyFragment(stack, "Fragment", { gateway, backend: elsewhere("orders"), policy });

  test("to the group of a gateway that is looked up", () => {
    const { name } = new ResourceGroup(stack, "Group", GROUP);
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: name });
    new ApimNamedValue(stack, "Text", { gateway, value: NamedValueContent.plain("west") });
    expect(spread()).toEqual([]);
  });

  test("to the role assignment of a secret", () => {
    secret();
    expect(spread()).toEqual([]);
  });

  test.each(["before", "after"])("to a secret that is created %s the fragment that reads it", (order) => {
    const document = PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, READS_SECRET));
    const gateway = fromAttributes("contoso");
    if (order === "before") secret(gateway);
    fragment(gateway, document);
    if (order === "after") secret(gateway);
    expect(spread()).toEqual(["azurerm_api_management_backend"]);
  });

  test("to an app, its registration and its grants", () => {
    new SecurePolicyFragment(stack, "Fragment", {
      gateway: fromAttributes("contoso"),
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
    });
    expect(spread()).toEqual([]);
  });

  test.each(Object.entries(APPS))("to %s, whatever gateway calls it", (_, { backend }) => {
    const main = backend(stack);
    const gateways = [fromAttributes("contoso"), createdIn(stack, "Created"), createdIn(otherStack())];
    gateways.forEach((gateway, index) => {
      const name = `Orders${index}`;
      const beta = { name: "beta", when: BranchCondition.header("X-Ring", "beta"), backend: elsewhere(`beta${index}`) };
      const value = NamedValueContent.plain("west");
      const { policyValue } = new ApimNamedValue(stack, `Region${index}`, { gateway, value });
      new SecureApimBackend(stack, name, {
        gateway,
        backend: index === 0 ? main : elsewhere(name),
        branches: [beta],
        policy: PolicyDocument.of(PolicyStatement.setHeader("X-Region", policyValue)),
      });
    });
    const kinds = new Set(spread());
    expect([...kinds].sort()).toEqual(["azurerm_api_management_backend", "azurerm_api_management_named_value"]);
  });

  const site = (): LinuxWebApp =>
    new LinuxWebApp(stack, "Site", {
      name: "site",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      servicePlanId: "/plan",
      siteConfig: {},
    });

  test("to what the audience of a backend comes from", () => {
    const audience = Audience.uri(site().defaultHostname);
    const backend = Backend.url("https://orders.contoso.com", audience);
    new SecureApimBackend(stack, "Orders", { gateway: fromAttributes("contoso"), backend });
    expect(spread()).toEqual([]);
  });

  const WAYS: [string, (set: ApiManagementApiVersionSet, app: LinuxWebApp) => void][] = [
    ["a text", (set, app) => (set.description = app.defaultHostname)],
    ["an override", (set, app) => set.addOverride("description", app.defaultHostname)],
    ["depends_on", (set, app) => (set.dependsOn = [dependable(app)])],
    ["an aspect", (set, app) => Aspects.of(set).add({ visit: () => (set.dependsOn = [dependable(app)]) })],
    [
      "a condition",
      (set, app) =>
        (set.lifecycle = {
          ...set.lifecycle,
          precondition: [{ condition: `\${${app.fqn}.name != ""}`, errorMessage: "Named." }],
        }),
    ],
    [
      "the data that the gateway is read from",
      (set, app) => {
        const data = set.node.root.node.findAll().find((node) => node instanceof DataAzurermApiManagement);
        (data as DataAzurermApiManagement).dependsOn = [dependable(app)];
      },
    ],
  ];
  test.each(WAYS)("through %s that is set later", (_, refer) => {
    const { versionSet } = new ApiVersionSet(stack, "Versions", { gateway: lookedUp("contoso") });
    refer(versionSet, site());
    expect(spread()).toEqual([]);
  });

  test("to what a value of the user's comes from", () => {
    const { name } = usersOwn();
    new ApimNamedValue(stack, "Text", { gateway: fromAttributes("contoso"), value: NamedValueContent.plain(name) });
    expect(spread()).toEqual([]);
  });
});

test("whether a value stands alone is decided once for each, however many refer to it", () => {
  const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
  const ids: string[] = [];
  for (let at = 0; at < 40; at++) {
    const value = NamedValueContent.plain(`on ${ids.slice(-2).join(" ")}`);
    ids.push(new ApimNamedValue(stack, `Value${at}`, { gateway, value }).namedValue!.id);
  }
  const values = Object.values(synth(stack).resource.azurerm_api_management_named_value as Json);
  expect(values.map(({ lifecycle }) => lifecycle.create_before_destroy)).toEqual(Array<boolean>(40).fill(true));
}, 10_000);
