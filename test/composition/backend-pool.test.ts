import { TerraformStack } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { CognitiveAccount } from "@cdktf/provider-azurerm/lib/cognitive-account";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  ApimGateway,
  ApimSku,
  AppRegistration,
  AppRuntime,
  Audience,
  Backend,
  BackendPoolMember,
  BranchCondition,
  CircuitBreaker,
  IApimGateway,
  IBackendPool,
  OpenAiAccountRef,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { order } from "../helpers/graph";
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

/* Several backends among which the gateway chooses, after it has the token. */

const GUID = "11111111-2222-3333-4444-555555555555";
const OTHER = "22222222-2222-3333-4444-555555555555";
const POOL_TYPE = "Microsoft.ApiManagement/service/backends@2024-05-01";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const NEW = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
const newGateway = (sku = ApimSku.BASIC_V2): IApimGateway => new ApimGateway(stack, "Gateway", { ...NEW, sku });
const lookedUp = (): IApimGateway =>
  ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });

const account = (name: string, location = "westeurope"): CognitiveAccount =>
  new CognitiveAccount(stack, name, {
    resourceGroupName: GROUP.name,
    location,
    name,
    kind: "OpenAI",
    skuName: "S0",
    customSubdomainName: name,
    localAuthEnabled: false,
  });

const BREAKER = CircuitBreaker.onFailures(3, { statusCodes: [{ min: 429, max: 429 }] });
const url = (host: string, audience = Audience.clientId(GUID)) => Backend.url(`https://${host}.contoso.com`, audience);
const west = (more: Partial<BackendPoolMember> = {}): BackendPoolMember => ({
  name: "west",
  backend: url("west"),
  ...more,
});
const east = (more: Partial<BackendPoolMember> = {}): BackendPoolMember => ({
  name: "east",
  backend: url("east"),
  ...more,
});

const publish = (pool: IBackendPool, gateway = newGateway(), id = "Orders"): SecureApimBackend =>
  new SecureApimBackend(stack, id, { gateway, backend: pool });

const pools = (json: Json): Json[] =>
  Object.values<Json>(all(json, "azapi_resource")).filter(({ type }) => type === POOL_TYPE);
const entities = (json: Json): Json[] => Object.values<Json>(all(json, "azurerm_api_management_backend"));
const policyOf = (json: Json): string => withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content);

describe("two accounts of Azure OpenAI in two regions", () => {
  let json: Json;
  let pool: IBackendPool;

  beforeEach(() => {
    pool = Backend.pool([
      { name: "west", backend: Backend.azureOpenAi(account("west")), circuitBreaker: BREAKER },
      { name: "sweden", backend: Backend.azureOpenAi(account("sweden", "swedencentral")), priority: 2 },
    ]);
    publish(pool, newGateway(), "Models");
    json = synth(stack);
  });

  test("are called in the order of their priority, by one pool", () => {
    expect(pools(json)).toEqual([
      {
        type: POOL_TYPE,
        name: "models",
        parent_id: "${azurerm_api_management.Gateway_43CB3636.id}",
        body: {
          properties: {
            type: "Pool",
            pool: {
              services: [
                {
                  id: "${azurerm_api_management_backend.Models_Member-west_BackendEntity_231D2019.id}",
                  priority: 1,
                  weight: 1,
                },
                {
                  id: "${azurerm_api_management_backend.Models_Member-sweden_BackendEntity_C34A72FF.id}",
                  priority: 2,
                  weight: 1,
                },
              ],
            },
          },
        },
        schema_validation_enabled: false,
        response_export_values: [],
        lifecycle: { replace_triggered_by: ["azurerm_api_management.Gateway_43CB3636.id"] },
      },
    ]);
  });

  test("each have their address, and the circuit breaker that is theirs", () => {
    expect(entities(json).map(({ name, url, circuit_breaker_rule: rule }) => [name, url, rule?.name])).toEqual([
      ["models-sweden", '${trimsuffix(azurerm_cognitive_account.sweden.endpoint, "/")}/openai', undefined],
      ["models-west", '${trimsuffix(azurerm_cognitive_account.west.endpoint, "/")}/openai', "failures"],
    ]);
  });

  test("get one token, and the policy names the pool", () => {
    expect(policyOf(json)).toContain(
      '<set-backend-service id="secure-apim-backend-route" backend-id="${azapi_resource.Models_BackendPool_2B617B50.name}" />',
    );
    expect(policyOf(json).match(/<authentication-managed-identity /g)).toHaveLength(1);
    expect(policyOf(json)).toContain('resource="https://cognitiveservices.azure.com"');
  });

  test("each give the gateway its role", () => {
    const roles = Object.values<Json>(all(json, "azurerm_role_assignment"));
    expect(roles.map(({ scope, role_definition_name: role }) => [scope, role])).toEqual([
      ["${azurerm_cognitive_account.sweden.id}", "Cognitive Services OpenAI User"],
      ["${azurerm_cognitive_account.west.id}", "Cognitive Services OpenAI User"],
    ]);
    const needed = Object.keys(all(json, "azurerm_role_assignment")).map((name) => `azurerm_role_assignment.${name}`);
    expect(needed).toHaveLength(2);
    expect(only(json, "azurerm_api_management_api_policy").depends_on).toEqual(expect.arrayContaining(needed));
  });

  test("have no cycle, and nothing to warn of", () => {
    expect(() => order(json)).not.toThrow();
    expect(annotations(stack)).toEqual([]);
  });

  test("show their resources", () => {
    expect(pool.poolEntity.node.path).toBe("app/Models/BackendPool");
    expect(Object.entries(pool.memberEntities).map(([name, { node }]) => [name, node.path])).toEqual([
      ["west", "app/Models/Member-west/BackendEntity"],
      ["sweden", "app/Models/Member-sweden/BackendEntity"],
    ]);
  });
});

describe("regional apps", () => {
  const made = (registration: AppRegistration, location: string) =>
    Backend.webApp({ resourceGroup: { ...GROUP, location }, runtime: AppRuntime.node("22"), registration });

  test("with one registration are each closed to all but the gateway, which has one assignment", () => {
    const registration = new AppRegistration(stack, "Registration");
    const members = ["westeurope", "eastus"].map((location) => ({
      name: location,
      backend: made(registration, location),
      circuitBreaker: BREAKER,
    }));
    const orders = publish(Backend.pool(members));
    const json = synth(stack);
    const apps = Object.values<Json>(all(json, "azurerm_linux_web_app"));
    const allowed = apps.map(({ auth_settings_v2: { active_directory_v2: entra } }) => [
      entra.client_id,
      entra.allowed_identities,
    ]);
    const gateway = "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}";
    const clientId = expect.stringMatching(/^\$\{azuread_application\.\w+\.client_id\}$/);
    expect(allowed).toEqual([
      [clientId, [gateway]],
      [clientId, [gateway]],
    ]);
    expect(Object.keys(all(json, "azuread_application"))).toHaveLength(1);
    expect(only(json, "azuread_app_role_assignment").principal_object_id).toBe(gateway);
    expect(orders.registration).toBe(registration);
    expect(() => order(json)).not.toThrow();
  });

  test("with a registration each cannot share a token, and the error names what can be done", () => {
    const members = ["westeurope", "eastus"].map((location) => ({
      name: location,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
    }));
    expect(() => publish(Backend.pool(members))).toThrow(
      refusal("pool-of-several-audiences", '"westeurope" and "eastus"', "the same registration", "branches: ["),
    );
  });
});

describe("a pool", () => {
  test("can be that of a branch, and of a fragment", () => {
    const gateway = newGateway();
    const when = BranchCondition.header("X-Version", "2");
    const [ofBranch, ofFragment] = [1, 2].map(() =>
      Backend.pool([west({ circuitBreaker: BREAKER }), east({ circuitBreaker: BREAKER })]),
    );
    const orders = new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: url("old"),
      branches: [{ name: "next", when, backend: ofBranch }],
    });
    const stock = new SecurePolicyFragment(stack, "Stock", { gateway, backend: ofFragment });
    expect([Object.keys(orders.branchEntities), stock.backendEntity]).toEqual([[], undefined]);
    const json = synth(stack);
    expect(pools(json).map(({ name }) => name)).toEqual(["orders-next", "stock"]);
    expect(entities(json).map(({ name }) => name)).toEqual([
      "orders",
      "orders-next-east",
      "orders-next-west",
      "stock-east",
      "stock-west",
    ]);
    expect(policyOf(json)).toContain('backend-id="${azapi_resource.Orders_Branch-next_BackendPool');
  });

  test("keeps the names of its members if another one comes first", () => {
    const names = (members: BackendPoolMember[]): string[] => {
      stack = stackWithProviders();
      publish(Backend.pool(members));
      return Object.keys(all(synth(stack), "azurerm_api_management_backend"));
    };
    const before = names([west({ circuitBreaker: BREAKER })]);
    expect(names([east({ circuitBreaker: BREAKER }), west({ circuitBreaker: BREAKER })])).toEqual(
      expect.arrayContaining(before),
    );
  });

  test("of a gateway in another state changes before a member that leaves it is deleted", () => {
    publish(Backend.pool([west({ circuitBreaker: BREAKER }), east({ circuitBreaker: BREAKER })]), lookedUp());
    const json = synth(stack);
    const tier = {
      condition: '${!startswith(data.azurerm_api_management.Gateway_43CB3636.sku_name, "Consumption")}',
      error_message: refusal("unsupported-tier-at-plan", "A backend pool"),
    };
    expect(pools(json)[0].lifecycle).toEqual({ create_before_destroy: true, precondition: [tier] });
    expect(entities(json).map(({ lifecycle }) => lifecycle.create_before_destroy)).toEqual([true, true]);
  });

  test("gives members of one priority the share that they have by weight", () => {
    publish(Backend.pool([west({ weight: 3, circuitBreaker: BREAKER }), east({ weight: 0, circuitBreaker: BREAKER })]));
    const [{ body }] = pools(synth(stack));
    expect(body.properties.pool.services.map(({ weight, priority }: Json) => [weight, priority])).toEqual([
      [3, 1],
      [0, 1],
    ]);
  });

  test("warns of members that get requests even while they fail", () => {
    publish(Backend.pool([west({ circuitBreaker: BREAKER }), east()]));
    expect(annotations(stack)).toEqual([refusal("pool-member-without-circuit-breaker", `("east")`)]);
  });

  test("has nothing to warn of where there is no other member to call", () => {
    publish(Backend.pool([west({ circuitBreaker: BREAKER }), east({ priority: 2 })]));
    expect(annotations(stack)).toEqual([]);
  });

  test.each<[string, (entity: Json) => void, string]>([
    ["other members", (entity) => entity.addOverride("body.properties.pool.services", []), "body"],
    ["an address", (entity) => entity.addOverride("body.properties.url", "https://elsewhere.contoso.com"), "body"],
    ["another service", (entity) => entity.addOverride("parent_id", "/other"), "parent_id"],
    ["a body that azapi merges in", (entity) => entity.addOverride("sensitive_body", {}), "sensitive_body"],
    ["no pool at all", (entity) => entity.addOverride("count", 0), "count"],
  ])("cannot be given %s afterwards", (_, change, attribute) => {
    const pool = Backend.pool([west({ circuitBreaker: BREAKER }), east({ circuitBreaker: BREAKER })]);
    publish(pool);
    change(pool.poolEntity);
    expect(findings(stack)).toEqual([
      refusal("backend-pool-changed", '"app/Orders/BackendPool"', `Remove what changes ${attribute} on it`),
    ]);
  });

  test("has members that cannot be changed either", () => {
    const pool = Backend.pool([west({ circuitBreaker: BREAKER }), east({ circuitBreaker: BREAKER })]);
    publish(pool);
    pool.memberEntities.west.addOverride("url", "https://elsewhere.contoso.com");
    expect(findings(stack)).toEqual([refusal("backend-entity-changed", "app/Orders/Member-west/BackendEntity", "url")]);
  });

  test("takes azapi's own arguments that do not change what it writes", () => {
    const pool = Backend.pool([west({ circuitBreaker: BREAKER })]);
    publish(pool);
    pool.poolEntity.addOverride("timeouts", { create: "10m" });
    expect(() => synth(stack)).not.toThrow();
  });
});

const many = (count: number): BackendPoolMember[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `m${index}`,
    backend: url(`m${index}`),
    circuitBreaker: BREAKER,
  }));
const shared = url("shared");

test.each<[string, () => unknown, [id: string, ...values: string[]]]>([
  [
    "the Consumption tier",
    () => publish(Backend.pool([west()]), newGateway(ApimSku.CONSUMPTION)),
    ["unsupported-tier", "A backend pool", "ApimSku.BASIC_V2"],
  ],
  ["no member", () => publish(Backend.pool([])), ["pool-size", "0 members"]],
  ["31 members", () => publish(Backend.pool(many(31))), ["pool-size", "31 members", "1 to 30"]],
  [
    "a pool in a pool",
    () => publish(Backend.pool([west({ backend: Backend.pool([east()]) })])),
    ["pool-in-pool", '"west"'],
  ],
  [
    "one backend twice",
    () => publish(Backend.pool([west({ backend: shared }), east({ backend: shared })])),
    ["pool-member-repeated", '"west" and "east"', "weight"],
  ],
  [
    "one address twice",
    () => publish(Backend.pool([west(), east({ backend: url("WEST") })])),
    ["pool-member-repeated", '"west" and "east"'],
  ],
  [
    "one name twice",
    () => publish(Backend.pool([west(), west({ backend: url("other") })])),
    ["pool-member-name-taken", '"west"'],
  ],
  [
    "a name that is not in kebab-case",
    () => publish(Backend.pool([west({ name: "West Europe" })])),
    ["invalid-pool-member-name", '"West Europe"'],
  ],
  [
    "a priority above 100",
    () => publish(Backend.pool([west({ priority: 101 })])),
    ["number-not-in-range", 'priority of the member "west" of the pool is 101', "0 to 100"],
  ],
  [
    "half a weight",
    () => publish(Backend.pool([west({ weight: 0.5 })])),
    ["number-not-in-range", 'weight of the member "west" of the pool is 0.5'],
  ],
  [
    "a member that would never be called",
    () => publish(Backend.pool([west(), east({ priority: 2, circuitBreaker: BREAKER })])),
    ["pool-member-never-called", '"east" with priority 2', '"west" with priority 1', "circuitBreaker"],
  ],
  [
    "audiences that differ",
    () => publish(Backend.pool([west(), east({ backend: url("east", Audience.clientId(OTHER)) })])),
    ["pool-of-several-audiences", '"west" and "east"', GUID, OTHER, "branches: ["],
  ],
  [
    "two forms of one API of Azure OpenAI, whose tokens differ",
    () =>
      publish(
        Backend.pool([
          west({ backend: Backend.azureOpenAi(account("a")) }),
          east({ backend: Backend.azureOpenAiV1(account("b")) }),
        ]),
      ),
    ["pool-of-several-audiences", '"https://cognitiveservices.azure.com" and "https://ai.azure.com"'],
  ],
  [
    "statements that differ",
    () =>
      publish(
        Backend.pool([
          west(),
          east({
            backend: {
              factory: "new Mine",
              bind: () => ({
                url: "https://mine.contoso.com",
                audience: Audience.clientId(GUID),
                policy: PolicyDocument.of(PolicyStatement.setHeader("X-Region", PolicyValue.literal("east"))),
                dependencies: [],
              }),
            },
          }),
        ]),
      ),
    ["pool-of-several-policies", '"west" and "east"', "branches: ["],
  ],
  [
    "a circuit breaker of the pool",
    () =>
      new SecureApimBackend(stack, "Orders", {
        gateway: newGateway(),
        backend: Backend.pool([west()]),
        circuitBreaker: BREAKER,
      }),
    ["circuit-breaker-on-pool", "Backend.pool([{ name, backend, circuitBreaker }])"],
  ],
])("refuses %s", (_, action, [id, ...values]) => {
  expect(action).toThrow(refusal(id, ...values));
});

test("a pool serves one API, and shows nothing before that", () => {
  const pool = Backend.pool([west({ circuitBreaker: BREAKER })]);
  expect(() => pool.poolEntity).toThrow(refusal("never-bound", "Backend.pool", "poolEntity"));
  const gateway = newGateway();
  publish(pool, gateway);
  expect(() => publish(pool, gateway, "Again")).toThrow(refusal("pool-bound-twice", "[app/Again]", '"app/Orders"'));
});

test("a backend of the user's own cannot contain a pool", () => {
  const pool = Backend.pool([west()]);
  const backend = { factory: "new Mine", bind: pool.bind.bind(pool) };
  expect(() => new SecureApimBackend(stack, "Orders", { gateway: newGateway(), backend })).toThrow(
    refusal("pool-in-backend", "[app/Orders/Backend]"),
  );
});

describe("members in other stacks, whose resources have the same names there", () => {
  const stackOf = (id: string): TerraformStack => {
    const other = new TerraformStack(stack.node.root, id);
    new AzurermProvider(other, "azurerm", { features: [{}] });
    new AzureadProvider(other, "azuread");
    return other;
  };

  test("are different backends", () => {
    const backendIn = (id: string) => {
      const inRegion = stackOf(id);
      const { endpoint, id: accountId } = new CognitiveAccount(inRegion, "Models", {
        name: "models",
        resourceGroupName: GROUP.name,
        location: id,
        kind: "OpenAI",
        skuName: "S0",
      });
      return Backend.azureOpenAi(OpenAiAccountRef.fromAttributes({ id: accountId, endpoint }));
    };
    publish(Backend.pool([west({ backend: backendIn("west") }), east({ backend: backendIn("east") })]));
    const json = synth(stack);
    expect(new Set(entities(json).map(({ url: address }) => address)).size).toBe(2);
    expect(new Set(Object.values<Json>(all(json, "azurerm_role_assignment")).map(({ scope }) => scope)).size).toBe(2);
  });

  test("do not share the token of one of them", () => {
    const registrationIn = (id: string) => new AppRegistration(stackOf(id), "Orders");
    const pool = Backend.pool([
      west({ backend: url("west", Audience.clientId(registrationIn("one").clientId)) }),
      east({ backend: url("east", Audience.clientId(registrationIn("two").clientId)) }),
    ]);
    expect(() => publish(pool)).toThrow(refusal("pool-of-several-audiences", "<one>", "<two>"));
  });
});

test("a client ID is one audience, whatever the case", () => {
  const id = "aaaaaaaa-2222-3333-4444-555555555555";
  const pool = Backend.pool([
    west({ backend: url("west", Audience.clientId(id)) }),
    east({ backend: url("east", Audience.clientId(id.toUpperCase())) }),
  ]);
  publish(pool);
  expect(pools(synth(stack))).toHaveLength(1);
});

test("a backend of the user's own is no pool, whatever it keeps in its fields", () => {
  const backend = {
    factory: "Mine",
    _members: ["west"],
    bind: () => ({
      url: "https://orders.contoso.com",
      audience: Audience.clientId(GUID),
      policy: PolicyDocument.EMPTY,
      dependencies: [],
    }),
  };
  new SecureApimBackend(stack, "Orders", { gateway: newGateway(), backend });
  expect(pools(synth(stack))).toEqual([]);
});
