import { Construct } from "constructs";
import { App, Fn, Lazy, TerraformLocal, TerraformStack, TerraformVariable } from "cdktf";
import { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import { DataAzurermApiManagementApi } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-api";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { OPEN, openPolicy, ownApi } from "../helpers/open-policy";
import { refusal } from "../helpers/refusal";
import { findings, GROUP, Json, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* A second policy of an API is found by whatever the API and its service are called in it. */

const { ApimGateway, ApimSku, ApiSurface, Audience, Backend, PolicyDocument, SecureApimBackend } = packed();

const API_POLICY = "azurerm_api_management_api_policy";

interface Stacks {
  readonly stack: TerraformStack;
  readonly other: TerraformStack;
}

function stacks(ids: readonly [string, string] = ["app", "other"]): Stacks {
  const stack = stackWithProviders();
  const other = new TerraformStack(stack.node.root, ids[1]);
  new AzurermProvider(other, "azurerm", { features: [{}] });
  return { stack, other };
}

const created = (stack: TerraformStack, more: Json = {}): Json =>
  new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    sku: ApimSku.DEVELOPER,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    ...more,
  });
const lookedUp = (stack: TerraformStack, apimName = "contoso", id = "Existing"): Json =>
  ApimGateway.fromLookup(stack, id, { apimName, resourceGroupName: "platform" });
const secured = (stack: TerraformStack, gateway: Json, more: Json = {}): Json =>
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555")),
    ...more,
  });
const variable = (stack: TerraformStack): string =>
  new TerraformVariable(stack, "apim", { type: "string" }).stringValue;

const operationPolicy = (stack: TerraformStack, more: Json): Json =>
  new ApiManagementApiOperationPolicy(stack, "Own", { resourceGroupName: GROUP.name, ...more } as never);

/** It goes with the policy of any API. */
const BASE = "<policies><inbound><base /></inbound><backend><base /></backend></policies>";

describe("is refused", () => {
  const OTHERS: [what: string, declare: (all: Stacks) => void][] = [
    [
      "the variable of a look-up",
      ({ stack }) => {
        const name = variable(stack);
        secured(stack, lookedUp(stack, name));
        openPolicy(stack, "orders", name);
      },
    ],
    [
      "the variable of a look-up, in another stack",
      ({ stack, other }) => {
        const name = variable(stack);
        secured(stack, lookedUp(stack, name));
        openPolicy(other, "orders", name);
      },
    ],
    [
      "a variable in Terraform's own syntax",
      ({ stack }) => {
        variable(stack);
        secured(stack, lookedUp(stack, "${var.apim}"));
        openPolicy(stack, "orders", "${var.apim}");
      },
    ],
    [
      "a text with a variable",
      ({ stack }) => {
        const name = `apim-${variable(stack)}`;
        secured(stack, lookedUp(stack, name));
        openPolicy(stack, "orders", name);
      },
    ],
    [
      "the variable that a gateway is created with",
      ({ stack }) => {
        const apimName = variable(stack);
        secured(stack, created(stack, { apimName }));
        openPolicy(stack, "orders", apimName);
      },
    ],
    [
      "another look-up of the service",
      ({ stack, other }) => {
        secured(stack, lookedUp(stack));
        openPolicy(other, "orders", lookedUp(other).apimName);
      },
    ],
    [
      "another look-up of the service in the same stack",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        openPolicy(stack, "orders", lookedUp(stack, "Contoso", "Again").apimName);
      },
    ],
    [
      "a data source of the service",
      ({ stack, other }) => {
        secured(stack, lookedUp(stack));
        const service = new DataAzurermApiManagement(other, "Data", { name: "contoso", resourceGroupName: "platform" });
        openPolicy(other, "orders", service.name);
      },
    ],
    [
      "a data source of the API",
      ({ stack, other }) => {
        secured(stack, lookedUp(stack));
        const names = { name: "orders", apiManagementName: "contoso", resourceGroupName: "platform", revision: "1" };
        const api = new DataAzurermApiManagementApi(other, "Data", names);
        openPolicy(other, api.name, api.apiManagementName);
      },
    ],
    [
      "attributes of the policy of the API",
      ({ stack }) => {
        const { apiPolicy } = secured(stack, created(stack));
        openPolicy(stack, apiPolicy.apiName, apiPolicy.apiManagementName);
      },
    ],
    [
      "the service of the API",
      ({ stack, other }) => openPolicy(other, "orders", secured(stack, created(stack)).api.apiManagementName),
    ],
    [
      "a revision",
      ({ stack }) => {
        const { api } = secured(stack, created(stack));
        openPolicy(stack, `${api.name};rev=2`, api.apiManagementName);
      },
    ],
    [
      "local values",
      ({ stack }) => {
        const gateway = created(stack);
        const { api } = secured(stack, gateway);
        const name = new TerraformLocal(stack, "api-name", api.name);
        openPolicy(stack, name.asString, new TerraformLocal(stack, "service", gateway.apimName).asString);
      },
    ],
    [
      "references with spaces and brackets",
      ({ stack }) => {
        const { api } = secured(stack, created(stack, { apimName: "contoso" }));
        openPolicy(stack, `\${ azurerm_api_management_api.${api.friendlyUniqueId}["name"] }`, "contoso");
      },
    ],
    [
      "an entry of a local map",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        new TerraformLocal(stack, "names", { api: "orders", service: "contoso" });
        openPolicy(stack, "${local.names.api}", '${local.names["service"]}');
      },
    ],
    [
      "an instance of a data source",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        const names = { name: "contoso", resourceGroupName: "platform", count: 1 };
        const { friendlyUniqueId } = new DataAzurermApiManagement(stack, "Data", names);
        openPolicy(stack, "orders", `\${data.azurerm_api_management.${friendlyUniqueId}[0].name}`);
      },
    ],
    [
      "a text with a local value",
      ({ stack }) => {
        secured(stack, lookedUp(stack, "contoso-prod"));
        const environment = new TerraformLocal(stack, "environment", "prod");
        openPolicy(stack, "orders", `contoso-${environment.asString}`);
      },
    ],
    [
      "a local value that an override declares",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        stack.addOverride("locals.api", "orders");
        openPolicy(stack, "${local.api}", "contoso");
      },
    ],
    [
      "a local value that an override changes",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        const api = new TerraformLocal(stack, "api", "stock");
        stack.addOverride("locals.api", "orders");
        openPolicy(stack, api.asString, "contoso");
      },
    ],
    [
      "a reference in parentheses, and a text in an expression",
      ({ stack }) => {
        const { api } = secured(stack, lookedUp(stack));
        openPolicy(stack, `\${(azurerm_api_management_api.${api.friendlyUniqueId}.name)}`, Fn.rawString("contoso"));
      },
    ],
    [
      "an element of a local list, with spaces and parentheses",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        new TerraformLocal(stack, "names", { apis: ["stock", "orders"] });
        openPolicy(stack, '${ ( local.names [ "apis" ] [ 1 ] ) }', "contoso");
      },
    ],
    [
      "an entry of a local map beside which an override adds another",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        new TerraformLocal(stack, "names", { api: "orders" });
        stack.addOverride("locals.names.other", "stock");
        openPolicy(stack, "${local.names.api}", "contoso");
      },
    ],
    [
      "a local value with a revision",
      ({ stack }) => {
        secured(stack, lookedUp(stack));
        openPolicy(stack, new TerraformLocal(stack, "api", "orders;rev=1").asString, "contoso");
      },
    ],
  ];
  test.each(OTHERS)("by %s", (_, declare) => {
    const all = stacks();
    declare(all);
    expect(findings(all.stack)).toEqual([refusal("policy-beside", '/Own"')]);
  });

  test("an operation's, by the name that the operation has", () => {
    const { stack } = stacks();
    const gateway = created(stack);
    const { api } = secured(stack, gateway);
    const names = { apiName: api.name, apiManagementName: gateway.apimName, resourceGroupName: GROUP.name };
    const { apiName, apiManagementName, operationId } = new ApiManagementApiOperation(stack, "Get", {
      ...names,
      displayName: "get",
      method: "GET",
      operationId: "get",
      urlTemplate: "/get",
    });
    new ApiManagementApiOperationPolicy(stack, "Own", {
      ...names,
      apiName,
      apiManagementName,
      operationId,
      xmlContent: OPEN,
    });
    expect(findings(stack)).toEqual([refusal("operation-policy-beside", '"app/Own"')]);
  });

  test("an operation's that has one already, also if it goes with the policy of the API", () => {
    const { stack } = stacks();
    const gateway = created(stack);
    const surface = ApiSurface.operations([
      { method: "DELETE", urlTemplate: "/orders", operationId: "delete-orders", displayName: "Delete" },
    ]);
    const operationPolicies = [{ operationId: "delete-orders", policy: PolicyDocument.fromXml(BASE) }];
    const { api } = secured(stack, gateway, { surface, operationPolicies });
    const operationId = new TerraformLocal(stack, "operation", "Delete-Orders").asString;
    operationPolicy(stack, { apiName: api.name, apiManagementName: gateway.apimName, operationId, xmlContent: BASE });
    expect(findings(stack)).toEqual([refusal("second-operation-policy", '"app/Own"', '"app/Orders"')]);
  });

  const BLOCK = { api_name: "orders", api_management_name: "contoso", xml_content: OPEN };
  test.each([
    ["a list of types", "resource", [{ [API_POLICY]: { own: BLOCK } }]],
    ["a list of names", `resource.${API_POLICY}`, [{ more: { api_name: "more" } }, { own: [BLOCK] }]],
    ["a value that is computed at synth", `resource.${API_POLICY}.own`, Lazy.anyValue({ produce: () => BLOCK })],
  ])("in %s of an override", (_, path, value) => {
    const { stack, other } = stacks();
    secured(stack, lookedUp(stack));
    other.addOverride(path, value);
    expect(findings(stack)).toEqual([refusal("policy-beside", `"${API_POLICY}.own"`)]);
  });

  test("if a validation of a later stack adds it", () => {
    const { stack, other } = stacks();
    secured(stack, lookedUp(stack));
    other.node.addValidation({
      validate: () => {
        if (!other.node.tryFindChild("Own")) openPolicy(other, "orders", "contoso");
        return [];
      },
    });
    expect(() => (stack.node.root as App).synth()).toThrow(refusal("policy-beside", '"app/Orders"', '"other/Own"'));
  });
});

describe("is fine", () => {
  test("for an API whose ID differs in capital letters", () => {
    const { stack } = stacks();
    const gateway = created(stack);
    secured(stack, gateway, { surface: ApiSurface.fromApi(ownApi(stack, "A", "one", gateway.apimName)) });
    openPolicy(stack, ownApi(stack, "a", "two", gateway.apimName).name, gateway.apimName);
    expect(() => synth(stack)).not.toThrow();
  });

  test("for an API in a stack whose ID differs in capital letters", () => {
    const { stack, other } = stacks(["app", "App"]);
    const gateway = created(stack);
    secured(stack, gateway, { surface: ApiSurface.fromApi(ownApi(stack, "Api", "one", gateway.apimName)) });
    openPolicy(other, ownApi(other, "Api", "two", gateway.apimName).name, gateway.apimName);
    expect(() => synth(stack)).not.toThrow();
  });

  test("for another service, whose variable has the same name in another stack", () => {
    const { stack, other } = stacks();
    secured(stack, lookedUp(stack, variable(stack)));
    openPolicy(other, "orders", variable(other));
    expect(() => synth(stack)).not.toThrow();
  });

  test("for a name that refers to itself, which Terraform refuses", () => {
    const { stack } = stacks();
    secured(stack, created(stack));
    openPolicy(stack, "${azurerm_api_management_api_policy.Own.api_name}", "contoso");
    expect(() => synth(stack)).not.toThrow();
  });

  test("for an API that has the name of another one, on another service", () => {
    const { stack } = stacks();
    const { api } = secured(stack, created(stack));
    const { apimName } = lookedUp(stack, "other");
    openPolicy(stack, ownApi(stack, "Second", api.name, apimName).name, apimName);
    expect(() => synth(stack)).not.toThrow();
  });

  test.each<[string, string, string]>([
    ["a key", '["dev"]', '["prod"]'],
    ["a number", "[0]", "[1]"],
  ])("for another instance, by %s, whose name differs", (_, own, other) => {
    const { stack } = stacks();
    const data = new DataAzurermApiManagement(stack, "Data", {
      name: "contoso-${each.key}-${count.index}",
      resourceGroupName: "platform",
    });
    const address = `data.azurerm_api_management.${data.friendlyUniqueId}`;
    secured(stack, lookedUp(stack, `\${${address}${own}.name}`));
    openPolicy(stack, "orders", `\${${address}${other}.name}`);
    expect(() => synth(stack)).not.toThrow();
  });

  test("for a tag that has the name of an attribute", () => {
    const { stack } = stacks();
    secured(stack, lookedUp(stack, "platform"));
    const group = new ResourceGroup(stack, "Group", { name: "platform", location: "westeurope", tags: { name: "x" } });
    openPolicy(stack, "orders", `\${azurerm_resource_group.${group.friendlyUniqueId}.tags["name"]}`);
    expect(() => synth(stack)).not.toThrow();
  });

  test("for an operation of another revision, whose policy goes with that of the API", () => {
    const { stack } = stacks();
    const gateway = created(stack);
    const surface = ApiSurface.operations([{ method: "GET", urlTemplate: "/a", operationId: "get" }]);
    const operationPolicies = [{ operationId: "get", policy: PolicyDocument.fromXml(BASE) }];
    const { api } = secured(stack, gateway, { surface, operationPolicies });
    const apiName = `${api.name};rev=2`;
    operationPolicy(stack, { apiName, apiManagementName: gateway.apimName, operationId: "get", xmlContent: BASE });
    expect(() => synth(stack)).not.toThrow();
  });

  test.each<[string, object]>([
    ["a count of 0", { count: "0" }],
    ["an empty for_each", { for_each: {} }],
  ])("for a policy that is not there, by %s", (_, overrides) => {
    const { stack } = stacks();
    const gateway = created(stack);
    const { api } = secured(stack, gateway);
    const policy = openPolicy(stack, api.name, gateway.apimName);
    Object.entries(overrides).forEach(([name, value]) => policy.addOverride(name, value));
    expect(() => synth(stack)).not.toThrow();
  });

  test("for a policy that is not there", () => {
    const { stack } = stacks();
    const gateway = created(stack);
    const { api } = secured(stack, gateway);
    openPolicy(stack, api.name, gateway.apimName).count = 0;
    expect(() => synth(stack)).not.toThrow();
  });

  test("for a text of an operation that is a local value", () => {
    const { stack } = stacks();
    const gateway = created(stack);
    const { api } = secured(stack, gateway);
    new TerraformVariable(stack, "header", { type: "string" });
    const note = `<!-- ${"long ".repeat(500)}\${var.header} -->`;
    const xmlContent = new TerraformLocal(stack, "text", BASE + note).asString;
    operationPolicy(stack, { apiName: api.name, apiManagementName: gateway.apimName, operationId: "get", xmlContent });
    expect(() => synth(stack)).not.toThrow();
  });

  test("for names that refer to each other ever more often, which Terraform refuses", () => {
    const { stack } = stacks();
    secured(stack, created(stack));
    new TerraformLocal(stack, "one", "${local.two}${local.two}");
    new TerraformLocal(stack, "two", "${local.one}${local.one}");
    openPolicy(stack, "${local.one}", "contoso");
    expect(() => synth(stack)).not.toThrow();
  });

  test("for what only Terraform computes", () => {
    const { stack } = stacks();
    const gateway = created(stack);
    secured(stack, gateway);
    openPolicy(stack, Fn.lower("STOCK"), gateway.apimName);
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("an API is not secured twice", () => {
  const existing = (): Json => ({ surface: ApiSurface.existingApi("orders", PolicyDocument.EMPTY) });
  const TWICE: [what: string, declare: (all: Stacks) => void][] = [
    [
      "by two stacks that look its service up",
      ({ stack, other }) => {
        secured(stack, lookedUp(stack));
        secured(other, lookedUp(other, "Contoso"), existing());
      },
    ],
    [
      "by the stack that creates its service, and one that looks it up",
      ({ stack, other }) => {
        secured(stack, created(stack, { apimName: "contoso" }));
        secured(other, lookedUp(other), existing());
      },
    ],
    [
      "by a stack that looks up what another one creates",
      ({ stack, other }) => {
        const gateway = created(stack);
        secured(stack, gateway);
        secured(other, lookedUp(other, gateway.apimName), existing());
      },
    ],
    [
      "by two look-ups with one variable",
      ({ stack }) => {
        const name = variable(stack);
        secured(stack, lookedUp(stack, name, "First"));
        secured(new Construct(stack, "Other") as never, lookedUp(stack, name, "Second"), existing());
      },
    ],
    [
      "by a local value that is the name of its service",
      ({ stack, other }) => {
        secured(stack, lookedUp(stack));
        secured(other, lookedUp(other, new TerraformLocal(other, "service", "contoso").asString), existing());
      },
    ],
    [
      "by the service that a third stack declares",
      ({ stack, other }) => {
        const third = new TerraformStack(stack.node.root, "third");
        new AzurermProvider(third, "azurerm", { features: [{}] });
        const service = new ApiManagement(third, "Service", {
          name: "contoso",
          resourceGroupName: "platform",
          location: "westeurope",
          publisherName: "Contoso",
          publisherEmail: "api@contoso.com",
          skuName: "BasicV2_1",
        });
        secured(stack, lookedUp(stack, service.name));
        secured(other, lookedUp(other), existing());
      },
    ],
    [
      "if it is the user's own in one stack",
      ({ stack, other }) => {
        const { apimName } = lookedUp(stack);
        secured(stack, lookedUp(stack, "contoso", "Own"), {
          surface: ApiSurface.fromApi(ownApi(stack, "A", "orders", apimName)),
        });
        secured(other, lookedUp(other), existing());
      },
    ],
  ];
  test.each(TWICE)("%s", (_, declare) => {
    const all = stacks();
    declare(all);
    expect(() => (all.stack.node.root as App).synth()).toThrow(
      refusal("api-secured-twice", '"orders"', '"app/Orders"'),
    );
  });

  test.each<[string, (all: Stacks) => void]>([
    ["another service", ({ other }) => void secured(other, lookedUp(other, "fabrikam"))],
    [
      "another cloud",
      ({ stack }) => {
        const china = new TerraformStack(stack.node.root, "china");
        new AzurermProvider(china, "azurerm", { features: [{}], environment: "china" });
        secured(china, lookedUp(china));
      },
    ],
    [
      "another name",
      ({ other }) => void secured(other, lookedUp(other), { surface: ApiSurface.wildcard({ apiName: "stock" }) }),
    ],
    [
      "a variable of the same name in another stack",
      ({ other }) => void secured(other, lookedUp(other, variable(other))),
    ],
  ])("but its neighbour is fine: %s", (_, declare) => {
    const all = stacks();
    secured(all.stack, lookedUp(all.stack));
    declare(all);
    expect(() => (all.stack.node.root as App).synth()).not.toThrow();
  });
});
