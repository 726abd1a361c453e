import { TerraformResource, TerraformStack, TerraformVariable } from "cdktf";
import { ApiManagementGatewayApi } from "@cdktf/provider-azurerm/lib/api-management-gateway-api";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { ApiManagementApiDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import { ApiManagementDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-diagnostic";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApiDiagnostics,
  ApimGateway,
  ApimMcpServer,
  ApimMcpServerProps,
  ApimProduct,
  ApimSku,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  Audience,
  AzureCloud,
  Backend,
  Caller,
  HttpMethod,
  IApimGateway,
  InvokeAssignment,
  McpAccess,
  McpEntraTokenProps,
  McpSource,
  McpTool,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecureApimBackendProps,
} from "cdktf-secure-apim-backend";
import { GATEWAYS, IDENTITY } from "../backends/gateways";
import { addressesIn, blocksOf, keysOf, order, replacedWith } from "../helpers/graph";
import { refusal } from "../helpers/refusal";
import {
  all,
  annotations,
  findings,
  GROUP,
  Json,
  only,
  stackWithProviders,
  synth,
  withoutHashes,
} from "../helpers/synth";

const TENANT = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const SERVER = "6f9619ff-8b86-d011-b42d-00cf4fc964f1";
const VS_CODE = "aebc6443-996d-45c2-90f0-388ff96faa56";
const TOKEN: McpEntraTokenProps = {
  tenantId: TENANT,
  audiences: [SERVER],
  clientIds: [VS_CODE],
  scopes: ["Mcp.Access"],
};
const TOOLS: McpTool[] = [
  { name: "list_orders", description: "Lists the orders.", operationId: "get-orders" },
  { name: "get_order", description: "Gets one order by its number.", operationId: "get-order" },
];
const OPERATIONS = () =>
  ApiSurface.operations([
    { method: HttpMethod.GET, urlTemplate: "/orders", operationId: "get-orders" },
    { method: HttpMethod.GET, urlTemplate: "/orders/{id}", operationId: "get-order" },
  ]);
const ORDERS = "https://orders.contoso.com";
const url = () => Backend.url(ORDERS, Audience.uri("api://orders"));

/** An API whose operations are tools. */
function api(stack: TerraformStack, gateway: IApimGateway, props: Partial<SecureApimBackendProps> = {}) {
  return new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: url(),
    surface: OPERATIONS(),
    callers: { allowed: [gateway] },
    ...props,
  });
}

/** A server whose tools are operations. */
function tooled(stack: TerraformStack, gateway: IApimGateway, props: Partial<ApimMcpServerProps> = {}): ApimMcpServer {
  const source = props.source ?? McpSource.operations(api(stack, gateway), TOOLS);
  const access = McpAccess.entraToken(TOKEN);
  return new ApimMcpServer(stack, "OrdersMcp", { gateway, access, ...props, source });
}

/** A server that runs in an app. */
function passed(stack: TerraformStack, gateway: IApimGateway, props: Partial<ApimMcpServerProps> = {}): ApimMcpServer {
  const source =
    props.source ?? McpSource.backend(Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }));
  return new ApimMcpServer(stack, "Docs", { gateway, access: McpAccess.entraToken(TOKEN), ...props, source });
}

const KINDS = { "tools from operations": tooled, "a server in an app": passed };
const CASES = Object.keys(KINDS).flatMap((kind) =>
  Object.keys(GATEWAYS).map((gateway) => [kind as keyof typeof KINDS, gateway] as const),
);

const gatewayOf = (stack: TerraformStack, sku = ApimSku.BASIC_V2) =>
  GATEWAYS["a gateway known by its attributes"].make(stack, sku);

/** A stack with one server on a gateway with a known address. */
function onKnown(make: (stack: TerraformStack, gateway: IApimGateway) => unknown): {
  stack: TerraformStack;
  json: Json;
} {
  const stack = stackWithProviders();
  make(stack, gatewayOf(stack));
  return { stack, json: synth(stack) };
}

const policyOf = (json: Json, name: string): string => {
  const found = Object.values<Json>(all(json, "azurerm_api_management_api_policy")).find(
    ({ api_name }) => api_name === name,
  );
  return withoutHashes(found!.xml_content);
};

describe.each(CASES)("%s behind %s", (kind, gateway) => {
  const make = (before?: (stack: TerraformStack) => void): TerraformStack => {
    const stack = stackWithProviders();
    before?.(stack);
    KINDS[kind](stack, GATEWAYS[gateway].make(stack, ApimSku.BASIC_V2));
    return stack;
  };
  const name = kind === "a server in an app" ? "docs" : "orders-mcp";

  test("nobody calls it without a token for it, issued to a listed client", () => {
    const stack = make();
    const json = synth(stack);
    const server = Object.values<Json>(all(json, "azapi_resource")).find(({ body }) => body.properties.type === "mcp")!;
    expect(server).toMatchObject({
      type: "Microsoft.ApiManagement/service/apis@2025-09-01-preview",
      schema_validation_enabled: false,
      name,
      body: { properties: { path: name, protocols: ["https"], subscriptionRequired: false } },
    });
    // Before everything else: also before the policies of all APIs.
    expect(policyOf(json, name)).toContain(
      [
        "  <inbound>",
        `    <validate-azure-ad-token id="secure-apim-backend-require-mcp-client" tenant-id="${TENANT}" header-name="Authorization" failed-validation-httpcode="401" output-token-variable-name="caller-token">`,
        "      <client-application-ids>",
        `        <application-id>${VS_CODE}</application-id>`,
        "      </client-application-ids>",
        "      <audiences>",
        `        <audience>${SERVER}</audience>`,
        "      </audiences>",
        "    </validate-azure-ad-token>",
        "    <base />",
      ].join("\n"),
    );
    expect(annotations(stack)).toEqual([]);
  });

  test("the gateway calls with its own identity, and never with the token of the client", () => {
    const json = synth(make());
    const client = gateway.includes("user-assigned") ? ` client-id="${IDENTITY.clientId}"` : "";
    const policy = policyOf(json, name);
    const registration = kind === "a server in an app" ? "Docs_Backend_Registration" : "Orders_Callers_Registration";
    const audience = new RegExp(
      `resource="\\$\\{azuread_application\\.${registration}_[0-9A-F]{8}\\.client_id\\}"${client}`,
    );
    expect(policy).toMatch(audience);
    if (kind === "tools from operations")
      expect(policy).toContain(
        [
          '    <set-header id="secure-apim-backend-tool-calls" name="X-Mcp-Api-Token" exists-action="override">',
          '      <value>@((string)context.Variables["mcp-api-token"])</value>',
          "    </set-header>",
          '    <set-header id="secure-apim-backend-tool-calls" name="Authorization" exists-action="delete" />',
          "  </inbound>",
        ].join("\n"),
      );
    expect(only(json, "azuread_app_role_assignment").principal_object_id).toBe(GATEWAYS[gateway].caller);
  });

  test("responses are passed on as they come", () => {
    expect(policyOf(synth(make()), name)).toContain(
      [
        "  <backend>",
        '    <forward-request id="secure-apim-backend-forward-request" buffer-response="false" />',
        "  </backend>",
      ].join("\n"),
    );
  });

  test("what is named is there, without a cycle and without a secret", () => {
    const json = synth(make());
    const { there, referredTo } = addressesIn(json);
    expect(referredTo.filter((address) => !there.includes(address))).toEqual([]);
    expect(() => order(json)).not.toThrow();
    expect(
      keysOf(json).filter((key) => /^(?!SecureApimBackendRoles_).*secret|password|access_key$|_key$/.test(key)),
    ).toEqual([]);
    expect(JSON.stringify(json)).not.toMatch(/AccountKey|SharedAccessSignature|listKeys|listSecrets/i);
  });

  test("it has the same names with one more construct before it", () => {
    const { resource } = synth(make((each) => new ResourceGroup(each, "Other", GROUP)));
    delete resource.azurerm_resource_group;
    expect(resource).toEqual(synth(make()).resource);
  });

  test("the document of RFC 9728 and the 401 name the address that clients call", () => {
    const json = synth(make());
    const { gateway: made, ...addresses } = addressOn(gateway);
    const policy = policyOf(json, `${name}-metadata`);
    expect(JSON.parse(/<set-body>(.*)<\/set-body>/.exec(policy)![1].replaceAll(made, addresses.literal))).toEqual({
      resource: `${addresses.literal}/${name}/mcp`,
      authorization_servers: [`https://login.microsoftonline.com/${TENANT}/v2.0`],
      scopes_supported: [`${addresses.literal}/${name}/mcp/Mcp.Access`],
      bearer_methods_supported: ["header"],
    });
    expect(policyOf(json, name).replaceAll(made, addresses.literal)).toContain(
      [
        '      <when condition="@(context.Response.StatusCode == 401)">',
        '        <set-header name="WWW-Authenticate" exists-action="override">',
        `          <value>Bearer resource_metadata="${addresses.literal}/.well-known/oauth-protected-resource/${name}/mcp"</value>`,
      ].join("\n"),
    );
  });
});

/** How the address of a gateway is in a policy, and a literal for it. */
function addressOn(gateway: string): { gateway: string; literal: string } {
  if (gateway.includes("custom domain"))
    return { gateway: "https://api.contoso.com", literal: "https://api.contoso.com" };
  if (gateway.includes("attributes"))
    return { gateway: "https://contoso.azure-api.net", literal: "https://contoso.azure-api.net" };
  const data = gateway.includes("existing") ? "data." : "";
  return {
    gateway: `\${regex("^https:[/][/][A-Za-z0-9.:-]+$", ${data}azurerm_api_management.Gateway_43CB3636.gateway_url)}`,
    literal: "https://api.contoso.com",
  };
}

describe("tools", () => {
  const made = (): { json: Json; tools: Json[] } => {
    const { json } = onKnown((stack, gateway) => tooled(stack, gateway));
    return { json, tools: toolsIn(json) };
  };
  const toolsIn = (json: Json): Json[] =>
    Object.values<Json>(all(json, "azapi_resource")).filter(({ type }) => type.includes("/tools@"));

  test("each is an operation, with its name and description", () => {
    const service =
      "/subscriptions/${data.azurerm_client_config.SecureApimBackendClientConfig.subscription_id}/resourceGroups/platform" +
      "/providers/Microsoft.ApiManagement/service/contoso";
    const { tools } = made();
    expect(tools.map(({ name }) => name)).toEqual(["get_order", "list_orders"]);
    expect(tools[0].body).toEqual({
      properties: {
        displayName: "get_order",
        description: "Gets one order by its number.",
        operationId: `\${join("/", ["${service}", "apis", "orders", "operations", "get-order"])}`,
      },
    });
  });

  test("of an API that is not created here are replaced with the server only", () => {
    const { json } = onKnown((stack, gateway) => {
      const surface = ApiSurface.existingApi("orders", PolicyDocument.EMPTY);
      tooled(stack, gateway, { source: McpSource.operations(api(stack, gateway, { surface }), [TOOLS[0]]) });
    });
    const [tool] = toolsIn(json);
    expect(tool.lifecycle.replace_triggered_by).toEqual([expect.stringMatching(/^azapi_resource\.OrdersMcp_/)]);
    expect(tool.depends_on.map((each: string) => each.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
      "azurerm_api_management_api_policy.Orders_Policy",
      "azurerm_api_management_api_policy.OrdersMcp_Policy",
    ]);
  });

  test("are by their names on the server, and none change later", () => {
    const stack = stackWithProviders();
    const { tools } = tooled(stack, gatewayOf(stack));
    expect(Object.keys(tools)).toEqual(["list_orders", "get_order"]);
    tools.get_order.addOverride("body.properties.operationId", "another");
    expect(findings(stack)).toEqual([refusal("mcp-tool-changed", '"app/OrdersMcp/Tool-get_order"', "body")]);
  });

  test("make cdktf print nothing about functions in functions", () => {
    const print = jest.spyOn(console, "warn");
    onKnown((stack, gateway) => tooled(stack, gateway));
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });

  test("no two change at the same time, and removing one changes no other", () => {
    const { json, tools } = made();
    const [server] = Object.keys(all(json, "azapi_resource")).filter((name) => name.startsWith("OrdersMcp_B"));
    for (const { locks, parent_id } of tools)
      expect([locks, parent_id]).toEqual([[`\${azapi_resource.${server}.id}`], locks[0]]);
    const { json: less } = onKnown((stack, gateway) =>
      tooled(stack, gateway, { source: McpSource.operations(api(stack, gateway), [TOOLS[1]]) }),
    );
    const before = new Map([...blocksOf(json)].filter(([address]) => !address.includes("Tool-list_orders")));
    expect(blocksOf(less)).toEqual(before);
  });

  test("one exists only after its operation, the policies of the operation and the policy of the server", () => {
    const needed = made().tools[0].depends_on.map((each: string) => each.replace(/_[0-9A-F]{8}$/, ""));
    expect(needed).toEqual([
      "azurerm_api_management_api_policy.Orders_Policy",
      "azurerm_api_management_api_operation.Orders_Api_Operation-get-order",
      "azurerm_api_management_api_policy.OrdersMcp_Policy",
    ]);
    const stack = stackWithProviders();
    const gateway = gatewayOf(stack);
    const policy = PolicyDocument.of(PolicyStatement.rateLimit(5, 60));
    const orders = api(stack, gateway, { operationPolicies: [{ operationId: "get-order", policy }] });
    tooled(stack, gateway, { source: McpSource.operations(orders, TOOLS) });
    const ordered = order(synth(stack)).map((each) => each.replace(/_[0-9A-F]{8}$/, ""));
    const at = (address: string): number => ordered.indexOf(address);
    expect(at("azapi_resource.OrdersMcp_Tool-get_order")).toBeGreaterThan(
      at("azurerm_api_management_api_operation_policy.Orders_OperationPolicy-get-order"),
    );
  });

  test("one is replaced with the server, with the API, and when it becomes another operation", () => {
    const { json, tools } = made();
    const addressOf = (type: string, part: string): string =>
      `${type}.${Object.keys(all(json, type)).find((name) => name.startsWith(part))}`;
    for (const [type, part] of [
      ["azapi_resource", "OrdersMcp_B"],
      ["azurerm_api_management_api", "Orders_Api"],
    ])
      expect([...replacedWith(json, addressOf(type, part))].filter((each) => each.includes("Tool-"))).toHaveLength(2);
    expect(tools.map(({ replace_triggers_refs: refs }) => refs)).toEqual([
      ["properties.operationId"],
      ["properties.operationId"],
    ]);
  });

  test("an API of another stack is deployed before, and named without a reference to its state", () => {
    const stack = stackWithProviders();
    const orders = api(stack, gatewayOf(stack));
    const other = new TerraformStack(stack.node.root, "other");
    new AzurermProvider(other, "azurerm", { features: [{}] });
    tooled(other, orders._gateway, { source: McpSource.operations(orders, TOOLS) });
    const json = synth(other);
    const [tool] = toolsIn(json);
    expect(tool.depends_on).toEqual([expect.stringMatching(/^azurerm_api_management_api_policy\.OrdersMcp_Policy_/)]);
    expect(tool.lifecycle.replace_triggered_by).toEqual([expect.stringMatching(/^azapi_resource\.OrdersMcp_/)]);
    expect(other.dependsOn(stack)).toBe(true);
  });

  test("operations of a document are known by the names that API Management gives them", () => {
    const surface = () => ApiSurface.openApiFile("examples/open-api/orders.yaml");
    const of = (operationId: string) =>
      onKnown((stack, gateway) =>
        tooled(stack, gateway, {
          source: McpSource.operations(api(stack, gateway, { surface: surface() }), [{ ...TOOLS[0], operationId }]),
        }),
      );
    const known = /Use one of "([^"]+)"/.exec(String(caught(() => of("none"))))![1];
    expect(() => of(known)).not.toThrow();
  });
});

function caught(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe("the API of the tools", () => {
  test("takes the token of its own gateway in a header that API Management keeps, and hides it from the backend", () => {
    const { json } = onKnown((stack, gateway) => tooled(stack, gateway));
    const policy = policyOf(json, "orders");
    expect(policy).toContain(
      '<validate-jwt id="secure-apim-backend-require-caller" ' +
        'token-value="@(context.Request.Headers.GetValueOrDefault(&quot;X-Mcp-Api-Token&quot;, ',
    );
    expect(policy).toContain(
      '<set-header id="secure-apim-backend-tool-token-header" name="X-Mcp-Api-Token" exists-action="delete" />',
    );
  });

  test("has an audience that Terraform checks if only it knows it", () => {
    const { json } = onKnown((stack, gateway) => {
      const clientId = new TerraformVariable(stack, "client", {}).stringValue;
      const assignment = InvokeAssignment.managedElsewhere("agreed");
      const registration = AppRegistration.fromAttributes(stack, "Registration", { clientId, assignment });
      const callers = { allowed: [gateway], registration };
      return tooled(stack, gateway, { source: McpSource.operations(api(stack, gateway, { callers }), TOOLS) });
    });
    const { lifecycle } = Object.values<Json>(all(json, "azurerm_api_management_api_policy")).find(
      ({ api_name }) => api_name === "orders-mcp",
    )!;
    expect(lifecycle.precondition.map(({ error_message: says }: Json) => says)).toEqual([
      expect.stringContaining("the audience of the API"),
    ]);
  });

  test("takes the tokens of other callers in Authorization as well", () => {
    const { json } = onKnown((stack, gateway) =>
      tooled(stack, gateway, {
        source: McpSource.operations(
          api(stack, gateway, { callers: { allowed: [gateway, Caller.servicePrincipal(TENANT)] } }),
          TOOLS,
        ),
      }),
    );
    expect(policyOf(json, "orders")).toContain(
      'token-value="@(context.Request.Headers.GetValueOrDefault(&quot;X-Mcp-Api-Token&quot;, context.Request.Headers.GetValueOrDefault(' +
        "&quot;Authorization&quot;, &quot;&quot;).Split(' ').Last()))\"",
    );
  });

  test("takes no such header from a gateway that only other callers use", () => {
    const { json } = onKnown((stack, gateway) =>
      api(stack, gateway, { callers: { allowed: [Caller.servicePrincipal(SERVER)] } }),
    );
    expect(policyOf(json, "orders")).not.toContain("X-Mcp-Api-Token");
  });

  test("does not log the token", () => {
    const logged = () =>
      onKnown((stack, gateway) =>
        api(stack, gateway, { diagnostics: [ApiDiagnostics.azureMonitor({ headersToLog: ["x-mcp-api-token"] })] }),
      );
    expect(logged).toThrow(refusal("header-not-logged", "x-mcp-api-token"));
  });
});

describe("a server in a backend", () => {
  test("is called through its backend entity, at the path at which it serves MCP", () => {
    const { json } = onKnown((stack, gateway) =>
      passed(stack, gateway, { source: McpSource.backend(url(), { endpoint: "/runtime/webhooks/mcp" }) }),
    );
    const [entity] = Object.keys(all(json, "azurerm_api_management_backend"));
    expect(only(json, "azapi_resource").body.properties).toEqual({
      type: "mcp",
      path: "docs",
      protocols: ["https"],
      displayName: "Docs",
      subscriptionRequired: false,
      backendId: `\${azurerm_api_management_backend.${entity}.name}`,
      mcpProperties: {
        transportType: "streamable",
        endpoints: { mcp: { uriTemplate: "/runtime/webhooks/mcp" } },
      },
    });
    expect(only(json, "azurerm_api_management_api").path).toBe(".well-known/oauth-protected-resource/docs");
    expect(only(json, "azurerm_api_management_api_operation").url_template).toBe("/runtime/webhooks/mcp");
    expect(policyOf(json, "docs-metadata")).toContain(
      '"resource":"https://contoso.azure-api.net/docs/runtime/webhooks/mcp"',
    );
  });

  test("is an API of the kind mcp, and nothing else", () => {
    const { json } = onKnown((stack, gateway) => passed(stack, gateway, { source: McpSource.backend(url()) }));
    const { body, ...others } = only(json, "azapi_resource");
    expect(body.properties.mcpProperties.endpoints).toEqual({ mcp: { uriTemplate: "/mcp" } });
    expect(others).toEqual({
      type: "Microsoft.ApiManagement/service/apis@2025-09-01-preview",
      name: "docs",
      parent_id: expect.stringMatching(/[/]service[/]contoso$/),
      response_export_values: [],
      schema_validation_enabled: false,
    });
  });

  test("can serve MCP at its address itself", () => {
    const stack = stackWithProviders();
    const server = passed(stack, gatewayOf(stack), { source: McpSource.backend(url(), { endpoint: "/" }) });
    expect([server.serverUrl, server.metadataUrl]).toEqual([
      "https://contoso.azure-api.net/docs",
      "https://contoso.azure-api.net/.well-known/oauth-protected-resource/docs",
    ]);
    expect(() => synth(stack)).not.toThrow();
  });

  test.each(["/m", "/-/~", "/v1.0/mcp", "/.well-known/mcp", "/..a", "/a-b_c~d.e"])(
    "can serve MCP at %s",
    (endpoint) => {
      const stack = stackWithProviders();
      const server = passed(stack, gatewayOf(stack), { source: McpSource.backend(url(), { endpoint }) });
      expect(server.serverUrl).toBe(`https://contoso.azure-api.net/docs${endpoint}`);
    },
  );

  test("can be told who the user is, from the token of the client", () => {
    const { json } = onKnown((stack, gateway) =>
      passed(stack, gateway, {
        source: McpSource.backend(url()),
        policy: PolicyDocument.of(PolicyStatement.forwardCallerIdentity()),
      }),
    );
    expect(policyOf(json, "docs")).toContain('name="X-Caller-Object-Id" exists-action="override"');
  });
});

describe("access", () => {
  test("by a subscription key takes a reason, and has no document", () => {
    const { stack, json } = onKnown((each, gateway) =>
      tooled(each, gateway, { access: McpAccess.subscriptionKey("a partner without Entra ID, see ADR 7") }),
    );
    const server = Object.values<Json>(all(json, "azapi_resource")).find(({ name }) => name === "orders-mcp")!;
    expect(server.body.properties.subscriptionRequired).toBe(true);
    expect(policyOf(json, "orders-mcp")).not.toMatch(/validate-|WWW-Authenticate/);
    expect(Object.keys(all(json, "azurerm_api_management_api"))).toHaveLength(1);
    expect(annotations(stack)).toEqual([
      "info: The MCP server admits everyone with a subscription key: a partner without Entra ID, see ADR 7",
    ]);
  });

  test("by a subscription key of a product", () => {
    const { json } = onKnown((stack, gateway) =>
      tooled(stack, gateway, {
        access: McpAccess.subscriptionKey("agreed"),
        products: [new ApimProduct(stack, "Partners", { gateway })],
      }),
    );
    expect(only(json, "azurerm_api_management_product_api").api_name).toBe("orders-mcp");
  });

  test("can require claims", () => {
    const requiredClaims = [{ name: "scp", values: ["Mcp.Access"], separator: " " }];
    const { json } = onKnown((stack, gateway) =>
      tooled(stack, gateway, { access: McpAccess.entraToken({ ...TOKEN, requiredClaims }) }),
    );
    expect(policyOf(json, "orders-mcp")).toContain('<claim name="scp" match="all" separator=" ">');
  });

  test("at a proxy in front of the gateway names the address of the proxy", () => {
    const stack = stackWithProviders();
    const server = tooled(stack, gatewayOf(stack), { gatewayUrl: "https://ai.contoso.com" });
    expect([server.serverUrl, server.metadataUrl]).toEqual([
      "https://ai.contoso.com/orders-mcp/mcp",
      "https://ai.contoso.com/.well-known/oauth-protected-resource/orders-mcp/mcp",
    ]);
    expect(policyOf(synth(stack), "orders-mcp")).toContain(server.metadataUrl);
  });

  test("at an address that only Terraform knows is checked by Terraform", () => {
    const stack = stackWithProviders();
    passed(stack, GATEWAYS["an existing gateway with its system-assigned identity"].make(stack));
    const { lifecycle } = Object.values<Json>(all(synth(stack), "azurerm_api_management_api_policy")).find(
      ({ api_name }) => api_name === "docs-metadata",
    )!;
    expect(lifecycle.precondition.map(({ error_message: says }: Json) => says)).toEqual([
      expect.stringMatching(
        /^The value of the address of the gateway, which .+ Use the https:[/][/] address of the gateway/,
      ),
    ]);
  });

  test("at a host name of the gateway waits for it", () => {
    const stack = stackWithProviders();
    const gateway = GATEWAYS["a new gateway in two regions with a custom domain"].make(stack);
    const { serverDependencies } = passed(stack, gateway, { source: McpSource.backend(url()) });
    expect(serverDependencies.map((each) => (each as TerraformResource).terraformResourceType)).toEqual([
      "azurerm_api_management_api_policy",
      "azurerm_api_management_custom_domain",
    ]);
  });

  test("two servers on one gateway have a document each", () => {
    const stack = stackWithProviders();
    const gateway = gatewayOf(stack);
    const urls = [tooled(stack, gateway), passed(stack, gateway, { source: McpSource.backend(url()) })].map(
      ({ metadataUrl }) => metadataUrl,
    );
    const json = synth(stack);
    expect(urls).toEqual([
      "https://contoso.azure-api.net/.well-known/oauth-protected-resource/orders-mcp/mcp",
      "https://contoso.azure-api.net/.well-known/oauth-protected-resource/docs/mcp",
    ]);
    const paths = Object.values<Json>(all(json, "azurerm_api_management_api")).map(({ path }) => path);
    expect(paths.sort()).toEqual([
      ".well-known/oauth-protected-resource/docs",
      ".well-known/oauth-protected-resource/orders-mcp",
      "orders",
    ]);
  });

  test.each(["audiences", "clientIds", "scopes"])("without %s is an error", (list) => {
    expect(() =>
      onKnown((stack, gateway) => tooled(stack, gateway, { access: McpAccess.entraToken({ ...TOKEN, [list]: [] }) })),
    ).toThrow(refusal("mcp-access-empty", "[app/OrdersMcp]", `list ${list} `));
  });

  test("by scopes of another application ID URI", () => {
    const access = McpAccess.entraToken({ ...TOKEN, scopes: [`api://${SERVER}/Mcp.Access`, "Mcp.Read"] });
    const { json } = onKnown((stack, gateway) => tooled(stack, gateway, { access }));
    expect(policyOf(json, "orders-mcp-metadata")).toContain(
      `"scopes_supported":["api://${SERVER}/Mcp.Access","https://contoso.azure-api.net/orders-mcp/mcp/Mcp.Read"]`,
    );
  });

  test("by a scope that only Terraform knows, which Terraform checks", () => {
    const { json } = onKnown((stack, gateway) => {
      const [tenantId, scope] = ["tenant", "scope"].map((id) => new TerraformVariable(stack, id, {}).stringValue);
      const access = McpAccess.entraToken({ ...TOKEN, tenantId, scopes: [scope] });
      return tooled(stack, gateway, { access });
    });
    const policy = policyOf(json, "orders-mcp-metadata");
    expect(policy).toMatch(/"scopes_supported":\["\$\{regex\("[^"]+", var\.scope\)\}"\]/);
    expect(policy).toMatch(
      /\["https:[/][/]login\.microsoftonline\.com[/]\$\{regex\("[^"]+", var\.tenant\)\}[/]v2\.0"\]/,
    );
    const { lifecycle } = Object.values<Json>(all(json, "azurerm_api_management_api_policy")).find(
      ({ api_name }) => api_name === "orders-mcp-metadata",
    )!;
    expect(lifecycle.precondition.map(({ error_message: says }: Json) => says)).toEqual([
      expect.stringContaining("tenantId in McpAccess.entraToken"),
      expect.stringContaining("an entry of scopes in McpAccess.entraToken"),
    ]);
  });

  test("by several scopes lists them", () => {
    const access = McpAccess.entraToken({ ...TOKEN, scopes: ["Mcp.Read", "Mcp.Write"] });
    const { json } = onKnown((stack, gateway) => tooled(stack, gateway, { access }));
    const address = "https://contoso.azure-api.net/orders-mcp/mcp";
    expect(policyOf(json, "orders-mcp-metadata")).toContain(
      `"scopes_supported":["${address}/Mcp.Read","${address}/Mcp.Write"]`,
    );
  });

  test("in another cloud names the authority of that cloud", () => {
    const stack = stackWithProviders();
    AzureCloud.use(stack, AzureCloud.US_GOVERNMENT);
    tooled(stack, gatewayOf(stack));
    const json = synth(stack);
    expect(policyOf(json, "orders-mcp-metadata")).toContain(`"https://login.microsoftonline.us/${TENANT}/v2.0"`);
    expect(policyOf(json, "orders-mcp")).toContain("login.microsoftonline.us");
  });

  test("with what is no scope is an error", () => {
    const access = McpAccess.entraToken({ ...TOKEN, scopes: ["Mcp Access"] });
    expect(() => onKnown((stack, gateway) => tooled(stack, gateway, { access }))).toThrow(
      refusal("mcp-scope", '"Mcp Access"', "api://<client id>/Mcp.Access"),
    );
  });
});

describe("the document about a server", () => {
  const made = (change: (server: ApimMcpServer) => void = () => {}) => {
    const stack = stackWithProviders();
    change(passed(stack, gatewayOf(stack), { source: McpSource.backend(url()) }));
    return stack;
  };

  test("is an open API with one operation, which answers and calls nothing", () => {
    const json = synth(made());
    const name = (type: string, prefix: string): string =>
      Object.keys(all(json, type)).find((each) => each.startsWith(prefix))!;
    const api = name("azurerm_api_management_api", "Docs_Metadata_");
    const gateway = { api_management_name: "contoso", resource_group_name: "platform" };
    const lost = { replace_triggered_by: [`azurerm_api_management_api.${api}.id`] };
    expect(only(json, "azurerm_api_management_api")).toEqual({
      ...gateway,
      name: "docs-metadata",
      revision: "1",
      display_name: "docs-metadata",
      path: ".well-known/oauth-protected-resource/docs",
      protocols: ["https"],
      subscription_required: false,
    });
    expect(only(json, "azurerm_api_management_api_operation")).toEqual({
      ...gateway,
      operation_id: "get",
      api_name: `\${azurerm_api_management_api.${api}.name}`,
      display_name: "Protected resource metadata",
      method: "GET",
      url_template: "/mcp",
      lifecycle: lost,
    });
    const policy = name("azurerm_api_management_api_policy", "Docs_Metadata_");
    const { xml_content, ...others } = all(json, "azurerm_api_management_api_policy")[policy];
    expect(others).toEqual({
      ...gateway,
      api_name: "docs-metadata",
      depends_on: [`azurerm_api_management_api.${api}`],
      lifecycle: lost,
    });
    const address = "https://contoso.azure-api.net/docs/mcp";
    expect(withoutHashes(xml_content)).toContain(
      [
        "  <inbound>",
        '    <return-response id="secure-apim-backend-resource-metadata">',
        '      <set-status code="200" reason="OK" />',
        '      <set-header name="Content-Type" exists-action="override">',
        "        <value>application/json</value>",
        "      </set-header>",
        `      <set-body>{"resource":"${address}","authorization_servers":["https://login.microsoftonline.com/${TENANT}/v2.0"],"scopes_supported":["${address}/Mcp.Access"],"bearer_methods_supported":["header"]}</set-body>`,
        "    </return-response>",
        "    <base />",
      ].join("\n"),
    );
  });

  test.each<[what: string, change: (server: ApimMcpServer) => void, id: string, ...values: string[]]>([
    ["the path of the document", (s) => s.metadataApi!.addOverride("path", "all"), "mcp-metadata-changed", "path"],
    [
      "a backend of the document",
      (s) => s.metadataApi!.addOverride("service_url", ORDERS),
      "mcp-metadata-changed",
      "service_url",
    ],
    [
      "operations from elsewhere",
      (s) => s.metadataApi!.addOverride("import", { content_format: "openapi" }),
      "mcp-metadata-changed",
      "import",
    ],
    [
      "the policy of the document",
      (s) => s.metadataPolicy!.addOverride("xml_content", "<policies />"),
      "policy-changed",
      "xml_content",
    ],
    ["the server", (s) => s.server.addOverride("body.properties.path", "all"), "mcp-server-changed", "body"],
  ])("and nothing changes it later: %s", (_, change, id, ...values) => {
    expect(findings(made(change))).toEqual([refusal(id, "app/Docs", ...values)]);
  });

  test.each([
    ["name", "docs-metadata", "mcp-name-taken"],
    ["path", ".well-known/oauth-protected-resource/docs", "mcp-path-taken"],
  ])("has its %s alone", (key, value, id) => {
    const twice = () =>
      onKnown((stack, gateway) => {
        const props = key === "name" ? { apiName: value } : { surface: ApiSurface.wildcard({ path: value }) };
        if (key === "name") passed(stack, gateway, { source: McpSource.backend(url()), ...props, path: "other" });
        else api(stack, gateway, props);
        const source = McpSource.backend(url());
        new ApimMcpServer(stack, "Second", {
          gateway,
          source,
          access: McpAccess.entraToken(TOKEN),
          apiName: "docs",
          path: "docs",
        });
      });
    expect(twice).toThrow(refusal(id, "app/Second/Metadata", `"${value}"`));
  });
});

describe("a warning says", () => {
  const warningsOf = (props: Partial<ApimMcpServerProps>) =>
    annotations(
      onKnown((stack, gateway) => passed(stack, gateway, { source: McpSource.backend(url()), ...props })).stack,
    );
  const given = (...audiences: string[]) => ({ access: McpAccess.entraToken({ ...TOKEN, audiences }) });
  const ADDRESS = "https://contoso.azure-api.net/docs/mcp";

  test("that the address of the server is not the audience of a token of version 2", () => {
    for (const address of [ADDRESS, `${ADDRESS}/`])
      expect(warningsOf(given(address))).toEqual([
        refusal("mcp-audience-is-address", "warn: ", `"${address}"`, "audiences: [application.clientId]"),
      ]);
    expect(warningsOf(given("api://docs", ADDRESS))).toEqual([refusal("mcp-audience-is-address", `"${ADDRESS}"`)]);
  });

  test("nothing about the address as audience beside a client ID, or about another audience", () => {
    expect(warningsOf(given(ADDRESS, SERVER))).toEqual([]);
    expect(warningsOf(given(ADDRESS, "${azuread_application.docs.client_id}"))).toEqual([]);
    expect(warningsOf(given("api://docs"))).toEqual([]);
  });

  test("that an address that only Terraform knows is no audience either", () => {
    const stack = stackWithProviders();
    const gateway = GATEWAYS["an existing gateway with its system-assigned identity"].make(stack);
    passed(stack, gateway, given(`${gateway.gatewayUrl}/docs/mcp`));
    expect(annotations(stack)).toContainEqual(refusal("mcp-audience-is-address", "is the address of the server, but"));
  });

  test.each([
    ["rate-limit", PolicyStatement.rateLimit(5, 60), "PolicyStatement.rateLimitByKey("],
    [
      "quota",
      PolicyStatement.raw(PolicySection.INBOUND, '<quota calls="5" renewal-period="300" />'),
      "PolicyStatement.quotaByKey(",
    ],
  ])("that the policy %s counts no clients with a token", (name, statement, instead) => {
    const policy = PolicyDocument.of(statement);
    expect(warningsOf({ policy })).toEqual([
      refusal("mcp-limit-by-subscription", "warn: ", `<${name}> (statement r`, instead, "caller-token"),
    ]);
    const byKey = warningsOf({ policy, access: McpAccess.subscriptionKey("a demo") });
    expect(byKey).not.toContainEqual(refusal("mcp-limit-by-subscription"));
  });
});

describe("an error says", () => {
  const of = (tools: McpTool[], props: Partial<SecureApimBackendProps> = {}) =>
    onKnown((stack, gateway) =>
      tooled(stack, gateway, { source: McpSource.operations(api(stack, gateway, props), tools) }),
    );
  const tool = (changes: Partial<McpTool>) => () => of([{ ...TOOLS[0], ...changes }]);

  test("that Consumption has no MCP servers", () => {
    const stack = stackWithProviders();
    expect(() => tooled(stack, gatewayOf(stack), {})).not.toThrow();
    const other = stackWithProviders();
    expect(() => passed(other, GATEWAYS["a new gateway with its system-assigned identity"].make(other))).toThrow(
      refusal("unsupported-tier", "[app/Docs]", "An MCP server", "Consumption", "ApimSku.BASIC_V2"),
    );
  });

  test("that Consumption has no MCP servers, before what it says about the policy", () => {
    const stack = stackWithProviders();
    const counterKey = PolicyValue.literal("all");
    const policy = PolicyDocument.of(
      PolicyStatement.rateLimitByKey({ calls: 5, renewalPeriodSeconds: 60, counterKey }),
    );
    const gateway = GATEWAYS["a new gateway with its system-assigned identity"].make(stack);
    expect(() => passed(stack, gateway, { policy })).toThrow(
      refusal("unsupported-tier", "An MCP server", "publish the API without an MCP server"),
    );
  });

  test("at plan that a gateway that is read has no MCP servers", () => {
    const stack = stackWithProviders();
    passed(stack, GATEWAYS["an existing gateway with its system-assigned identity"].make(stack));
    const server = Object.values<Json>(all(synth(stack), "azapi_resource"))[0];
    expect(server.lifecycle.precondition[0].error_message).toEqual(
      refusal("unsupported-tier-at-plan", "An MCP server"),
    );
  });

  test.each<[what: string, action: () => unknown, id: string, ...values: string[]]>([
    ["no tools", () => of([]), "no-tools", "tools: [{ name:"],
    ["a name with a space", tool({ name: "list orders" }), "invalid-name", '"list orders"', '"list_orders"'],
    ["an empty description", tool({ description: " " }), "tool-description", '"list_orders" has 0 characters'],
    ["a long description", tool({ description: "a".repeat(1001) }), "tool-description", "1001"],
    [
      "an unknown operation",
      tool({ operationId: "get-all" }),
      "unknown-tool-operation",
      '"get-all"',
      '"get-orders", "get-order"',
    ],
    [
      "two tools of one name",
      () => of([TOOLS[0], { ...TOOLS[1], name: "List_Orders" }]),
      "tool-name-taken",
      "List_Orders",
    ],
    [
      "an operation for all paths",
      () => of([{ ...TOOLS[0], operationId: "get" }], { surface: ApiSurface.wildcard() }),
      "wildcard-tool",
      '"get"',
      '"/*"',
      "ApiSurface.operations(",
    ],
    [
      "an API that takes keys",
      () => of(TOOLS, { callers: undefined }),
      "tools-of-closed-api",
      '"app/Orders"',
      "callers: { allowed: [gateway] }",
    ],
    [
      "an API that admits others only",
      () => of(TOOLS, { callers: { allowed: [Caller.servicePrincipal(TENANT)] } }),
      "tools-of-closed-api",
      '"app/Orders"',
    ],
  ])("what is wrong with %s", (_, action, id, ...values) => {
    expect(action).toThrow(refusal(id, ...values));
  });

  test.each<[what: string, action: () => unknown, says: string]>([
    ["the name of a tool", tool({ name: "${var.text}" }), "The name of a tool must be"],
    ["its operation", tool({ operationId: "${var.text}" }), 'The operationId of tool "list_orders" must be'],
    [
      "the path",
      () => onKnown((stack, gateway) => tooled(stack, gateway, { path: "${var.text}" })),
      "The path of an MCP server must be",
    ],
    [
      "the endpoint",
      () =>
        onKnown((stack, gateway) => {
          const source = McpSource.backend(url(), { endpoint: "${var.text}" });
          return passed(stack, gateway, { source });
        }),
      "The endpoint of an MCP server must be",
    ],
  ])("that %s must be known at synth", (_, action, says) => {
    expect(action).toThrow(refusal("literal-required", says));
  });

  test.each(["a", "9", "_a_", "a-b", "a".repeat(80)])("nothing about a tool named %s", (name) => {
    expect(tool({ name })).not.toThrow();
  });

  test.each([
    ["-a", undefined],
    ["a-", undefined],
    ["a".repeat(81), undefined],
    ["a.b.c", '"a_b_c"'],
    ["list  orders", '"list_orders"'],
  ])("that %s is no name of a tool", (name, instead) => {
    expect(tool({ name })).toThrow(refusal("invalid-name", `The name of a tool "${name}"`, instead ?? ""));
    if (instead === undefined) expect(tool({ name })).not.toThrow("such as");
  });

  test.each(["a", ` ${"a".repeat(1000)} `])("nothing about a description of 1 to 1000 characters", (description) => {
    expect(tool({ description })).not.toThrow();
  });

  test("that the API is on another gateway", () => {
    const stack = stackWithProviders();
    const source = McpSource.operations(api(stack, gatewayOf(stack)), TOOLS);
    const gateway = ApimGateway.fromLookup(stack, "Other", { apimName: "other", resourceGroupName: "platform" });
    expect(() => tooled(stack, gateway, { source })).toThrow(
      refusal("tools-of-other-gateway", "app/Orders", "app/Gateway", "app/Other"),
    );
  });

  const passing = (props: Partial<ApimMcpServerProps>) => () =>
    onKnown((stack, gateway) => passed(stack, gateway, { source: McpSource.backend(url()), ...props }));
  const answering = (endpoint: string) => () => passing({ source: McpSource.backend(url(), { endpoint }) })();
  test.each<[what: string, action: () => unknown, id: string, ...values: string[]]>([
    ["the root path", passing({ path: "" }), "mcp-root-path", 'path: "orders-mcp"'],
    ["a path with a slash", passing({ path: "/docs" }), "invalid-name", '"/docs"'],
    ["an endpoint without a slash", answering("mcp"), "mcp-endpoint", '"mcp"'],
    ...["/../admin", "/mcp/..", "/./mcp", "/mcp/", "//mcp", "/mcp?a=b", "/mcp mcp", "mcp/mcp"].map(
      (endpoint): [string, () => unknown, string, string] => [
        `the endpoint ${endpoint}`,
        answering(endpoint),
        "mcp-endpoint",
        `"${endpoint}"`,
      ],
    ),
    ["an address with a path", passing({ gatewayUrl: "https://contoso.com/ai" }), "invalid-gateway-url", "/ai"],
    ["an address with a quote", passing({ gatewayUrl: 'https://contoso"' }), "mcp-gateway-url", 'contoso"'],
    [
      "a pool",
      () => passing({ source: McpSource.backend(Backend.pool([{ name: "a", backend: url() }])) })(),
      "mcp-pool",
      "Backend.pool",
      "one session",
    ],
  ])("what is wrong with %s", (_, action, id, ...values) => {
    expect(action).toThrow(refusal(id, ...values));
  });

  test("that a path or a name is taken", () => {
    const twice = (id: string, props: Partial<ApimMcpServerProps>) =>
      onKnown((stack, gateway) => {
        passed(stack, gateway, { source: McpSource.backend(url()) });
        const access = McpAccess.entraToken(TOKEN);
        new ApimMcpServer(stack, id, { gateway, access, source: McpSource.backend(url()), ...props });
      });
    expect(() => twice("Other", { path: "docs" })).toThrow(
      refusal("mcp-path-taken", "[app/Other]", '"docs"', "app/Docs"),
    );
    expect(() => twice("Other", { apiName: "docs" })).toThrow(refusal("mcp-name-taken", '"docs"', "app/Docs"));
    const source = McpSource.backend(url(), { endpoint: "/" });
    expect(() => twice("Other", { path: "docs/mcp", source })).toThrow(
      refusal("mcp-path-taken", '"docs/mcp"', "app/Docs"),
    );
  });

  test("that an API has the path at which the server answers", () => {
    const taken = () =>
      onKnown((stack, gateway) => {
        passed(stack, gateway, { source: McpSource.backend(url()) });
        api(stack, gateway, { surface: ApiSurface.wildcard({ path: "docs/mcp" }) });
      });
    expect(taken).toThrow(refusal("path-taken", "[app/Orders]", '"docs/mcp"', "app/Docs"));
  });

  test("that the scopes must be known", () => {
    const passedWith = () =>
      onKnown((stack, gateway) => {
        const scopes = new TerraformVariable(stack, "scopes", { type: "list(string)" }).listValue;
        return passed(stack, gateway, { access: McpAccess.entraToken({ ...TOKEN, scopes }) });
      });
    expect(passedWith).toThrow(refusal("terraform-list-in-policy", "app/Docs", "McpAccess.entraToken", "scopes"));
  });

  test("that a policy sends the calls of tools, and the token for the API, to another backend", () => {
    const choice = '<set-backend-service base-url="https://other.contoso.com" />';
    for (const xml of [choice, `<choose><when condition="@(true)">${choice}</when></choose>`]) {
      const policy = PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, xml));
      expect(() => onKnown((stack, gateway) => tooled(stack, gateway, { policy }))).toThrow(
        refusal(
          "tools-of-other-backend",
          "[app/OrdersMcp]",
          "<set-backend-service> (statement raw:1:",
          '"app/Orders"',
          "branches",
        ),
      );
    }
  });
});

describe("nothing collects the responses", () => {
  const withPolicy = (policy: PolicyDocument) => () => onKnown((stack, gateway) => tooled(stack, gateway, { policy }));
  const written = (outbound: string, backend = "<base />") =>
    PolicyDocument.fromXml(
      `<policies>\n  <inbound>\n    <base />\n  </inbound>\n  <backend>\n    ${backend}\n  </backend>\n  <outbound>\n    <base />\n    ${outbound}\n  </outbound>\n  <on-error>\n    <base />\n  </on-error>\n</policies>`,
    );

  test.each<[what: string, policy: PolicyDocument, id: string, ...values: string[]]>([
    [
      "code that reads the body",
      written('<set-variable name="b" value="@(context.Response.Body.As<string>())" />'),
      "mcp-response-read",
      "<set-variable>",
      ":10:",
    ],
    [
      "a header made of the body",
      PolicyDocument.of(
        PolicyStatement.setHeader(
          "X-Length",
          PolicyValue.expression("context.Response.Body.As<string>().Length.ToString()"),
          {
            section: PolicySection.OUTBOUND,
          },
        ),
      ),
      "mcp-response-read",
    ],
    ["another body", written("<set-body>none</set-body>"), "mcp-response-collected", "<set-body>"],
    ["a replacement", written('<find-and-replace from="a" to="b" />'), "mcp-response-collected", "<find-and-replace>"],
    ...["redirect-content-urls", "jsonp", "llm-semantic-cache-store", "azure-openai-semantic-cache-store"].map(
      (name): [string, PolicyDocument, string, string] => [
        `<${name}>`,
        written(`<${name} callback-parameter-name="a" duration="60" />`),
        "mcp-response-collected",
        `<${name}> (`,
      ],
    ),
    [
      "another body of an error",
      PolicyDocument.of(PolicyStatement.raw(PolicySection.ON_ERROR, "<set-body>none</set-body>")),
      "mcp-response-collected",
      "<set-body> (statement raw:1:1)",
    ],
    ["a cache", written('<cache-store duration="60" />'), "mcp-response-collected", "<cache-store>"],
    [
      "forwarding that buffers",
      PolicyDocument.of(PolicyStatement.forwardRequest({ timeoutSeconds: 60 })),
      "mcp-response-buffered",
    ],
    [
      "forwarding that buffers, in a document",
      written("", '<forward-request buffer-response="true" />'),
      "mcp-response-buffered",
      'buffer-response="false"',
    ],
  ])("%s is an error", (_, policy, id, ...values) => {
    expect(withPolicy(policy)).toThrow(refusal(id, "[app/OrdersMcp]", ...values));
  });

  test.each<[what: string, policy: PolicyDocument]>([
    [
      "a limit",
      PolicyDocument.of(
        PolicyStatement.rateLimitByKey({
          calls: 10,
          renewalPeriodSeconds: 60,
          counterKey: PolicyValue.expression('((Jwt)context.Variables["caller-token"]).Subject'),
        }),
      ),
    ],
    ["a document", written('<set-header name="X-A" exists-action="delete" />')],
    [
      "another body of a request",
      PolicyDocument.of(PolicyStatement.raw(PolicySection.INBOUND, "<set-body>x</set-body>")),
    ],
    ["forwarding in a document", written("", '<forward-request buffer-response=" false " />')],
    [
      "forwarding that does not buffer",
      PolicyDocument.of(PolicyStatement.forwardRequest({ timeoutSeconds: 60, bufferResponse: false })),
    ],
    [
      "an answer of its own",
      written(
        '<choose><when condition="@(context.Response.StatusCode == 500)"><return-response><set-body>x</set-body></return-response></when></choose>',
      ),
    ],
  ])("%s is none", (_, policy) => {
    const { json } = withPolicy(policy)();
    expect(policyOf(json, "orders-mcp").match(/<forward-request/g)).toHaveLength(1);
    expect(policyOf(json, "orders-mcp")).toMatch(/buffer-response=" ?false ?"/);
  });

  test("diagnostics of the server that log bodies are an error, and others are not", () => {
    const logged = (each: ApiDiagnostics) => () =>
      onKnown((stack, gateway) => tooled(stack, gateway, { diagnostics: [each] }));
    expect(logged(ApiDiagnostics.azureMonitor().logBodies(100, "support"))).toThrow(
      refusal("mcp-bodies-logged", "[app/OrdersMcp]", "Azure Monitor"),
    );
    const { json } = logged(ApiDiagnostics.azureMonitor())();
    const [diagnostic] = Object.values<Json>(all(json, "azapi_resource")).filter(({ name }) => name === "azuremonitor");
    expect(diagnostic.body.properties.frontend.response.body.bytes).toBe(0);
    expect(diagnostic.parent_id).toContain('"apis", "orders-mcp"');
  });

  test.each<[what: string, changes: object]>([
    ["of another API", { apiName: "other", backendResponse: { bodyBytes: 100 } }],
    ["of the API of another service", { apiManagementName: "other", backendResponse: { bodyBytes: 100 } }],
    ["of requests", { frontendRequest: { bodyBytes: 100 }, backendRequest: { bodyBytes: 100 } }],
    ["of responses without their bodies", { frontendResponse: { headersToLog: ["X-A"] }, backendResponse: {} }],
  ])("logs %s are none", (_, changes) => {
    const stack = stackWithProviders();
    const gateway = gatewayOf(stack);
    const { apiName } = passed(stack, gateway, { source: McpSource.backend(url()) });
    const { apimName: apiManagementName, resourceGroupName } = gateway;
    new ApiManagementApiDiagnostic(stack, "Logs", {
      identifier: "applicationinsights",
      apiManagementLoggerId: "/logger",
      apiManagementName,
      resourceGroupName,
      apiName,
      ...changes,
    });
    expect(() => synth(stack)).not.toThrow();
  });

  test("diagnostics of all APIs that log responses are an error", () => {
    const stack = stackWithProviders();
    const gateway = gatewayOf(stack);
    passed(stack, gateway, { source: McpSource.backend(url()) });
    const { apimName: apiManagementName, resourceGroupName } = gateway;
    const config = {
      identifier: "applicationinsights",
      apiManagementName,
      resourceGroupName,
      apiManagementLoggerId: "/logger",
    };
    const all = new ApiManagementDiagnostic(stack, "All", { ...config, frontendResponse: { bodyBytes: 100 } });
    expect(findings(stack)).toEqual([refusal("mcp-response-logged", '"app/All"', '"app/Docs"')]);
    all.putFrontendResponse({ bodyBytes: 0 });
    expect(() => synth(stack)).not.toThrow();
    all.putFrontendResponse({ bodyBytes: 100 });
    all.addOverride("api_management_name", "another");
    expect(() => synth(stack)).not.toThrow();
  });

  test.each<[what: string, diagnosed: (server: ApimMcpServer) => { apiManagementName: string; apiName: string }]>([
    ["the names", ({ apiName }) => ({ apiManagementName: "CONTOSO-APIM", apiName: apiName.toUpperCase() })],
    ["its object", ({ server }) => ({ apiManagementName: "contoso-apim", apiName: server.getStringAttribute("name") })],
  ])("diagnostics that log its responses are an error, given by %s, on a gateway that is looked up", (_, diagnosed) => {
    const stack = stackWithProviders();
    const resourceGroupName = "rg-platform";
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso-apim", resourceGroupName });
    const server = passed(stack, gateway, { source: McpSource.backend(url()) });
    const config = { identifier: "applicationinsights", resourceGroupName, apiManagementLoggerId: "/logger" };
    const backendResponse = { bodyBytes: 100 };
    new ApiManagementApiDiagnostic(stack, "Logs", { ...config, ...diagnosed(server), backendResponse });
    expect(findings(stack)).toEqual([refusal("mcp-response-logged", '"app/Logs"', '"app/Docs"')]);
  });
});

describe("nothing opens it later", () => {
  test.each<[what: string, gatewayOn: (service: ApimGateway) => IApimGateway]>([
    ["created", (service) => service],
    ["declared", (service) => ApimGateway.fromApiManagement(service, "Declared", service.apiManagement)],
  ])("a second policy and logs are errors, given by the name of a %s gateway", (_, gatewayOn) => {
    const stack = stackWithProviders();
    const service = new ApimGateway(stack, "Gateway", {
      resourceGroup: GROUP,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      apimName: "contoso-apim",
      sku: ApimSku.BASIC,
    });
    const { apiName } = passed(stack, gatewayOn(service), { source: McpSource.backend(url()) });
    const at = { apiName, apiManagementName: "contoso-apim", resourceGroupName: GROUP.name };
    new ApiManagementApiPolicy(stack, "Open", { ...at, xmlContent: "<policies />" });
    const backendResponse = { bodyBytes: 100 };
    const log = { identifier: "applicationinsights", apiManagementLoggerId: "/logger", backendResponse };
    new ApiManagementApiDiagnostic(stack, "Logs", { ...at, ...log });
    expect(findings(stack)).toEqual([
      refusal("policy-beside", '"app/Open"', '"app/Docs"'),
      refusal("mcp-response-logged", '"app/Logs"', '"app/Docs"'),
    ]);
  });

  test.each<[what: string, apiId: (server: ApimMcpServer, apimId: string) => string]>([
    ["its object", ({ server }) => server.getStringAttribute("id")],
    ["its ID", ({ apiName }, apimId) => `${apimId}/apis/${apiName}`],
  ])("a self-hosted gateway, which has no managed identity, does not get it by %s", (_, apiId) => {
    const stack = stackWithProviders();
    const gateway = gatewayOf(stack);
    const server = passed(stack, gateway, { source: McpSource.backend(url()) });
    new ApiManagementGatewayApi(stack, "Edge", { gatewayId: "edge", apiId: apiId(server, gateway.apimId) });
    expect(findings(stack)).toEqual([refusal("api-on-self-hosted-gateway", "[app/Docs]", '"app/Edge"')]);
  });

  test("a policy of an operation beside it is an error", () => {
    const stack = stackWithProviders();
    const gateway = gatewayOf(stack);
    passed(stack, gateway, { source: McpSource.backend(url()) });
    const { apimName: apiManagementName, resourceGroupName } = gateway;
    new ApiManagementApiOperationPolicy(stack, "Beside", {
      apiName: "docs-metadata",
      apiManagementName,
      resourceGroupName,
      operationId: "get",
      xmlContent: "<policies><inbound /></policies>",
    });
    expect(findings(stack)).toEqual([refusal("operation-policy-beside", '"app/Beside"')]);
  });
});
