import { Access, Call, Party, TrustReport } from "../../../lib/report/trust-report";

const CHECKED: TrustReport["checked"] = {
  rules: [],
  resources: 0,
  policies: 0,
  gateways: 0,
  apps: 0,
  complies: 0,
  unreadable: [],
  skipped: [],
  cannotBeKnown: [],
};

/** A report with nothing in it but what is given. */
export function reportOf(given: Partial<TrustReport>): TrustReport {
  return {
    format: 1,
    title: "orders",
    stacks: [{ name: "orders", files: ["cdktf.out/stacks/orders/cdk.tf.json"] }],
    parties: [],
    calls: [],
    access: [],
    secrets: [],
    openOnPurpose: [],
    findings: [],
    notJudged: [],
    leftToOperator: [],
    checked: CHECKED,
    ...given,
  };
}

export function party(kind: Party["kind"], name: string, given: Partial<Party> = {}): Party {
  return { id: name, kind, name, place: `orders/${name}`, stack: "orders", detail: [], ...given };
}

export function call(from: string, to: string, given: Partial<Call> = {}): Call {
  return { id: `${from} -> ${to}`, from, to, how: "managed identity", roles: [], ...given };
}

/** A gateway with one API for each backend. */
export function manyBackends(count: number): TrustReport {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return reportOf({
    title: `${count} backends`,
    parties: [
      party("caller", "billing-portal", { place: "", stack: undefined }),
      party("gateway", "gateway", { name: "contoso-gateway", detail: ["Premium tier"] }),
      ...numbers.map((n) => party("api", `orders-${n}`, { partOf: "gateway", detail: [`path /orders-${n}`] })),
      ...numbers.map((n) => party("app", `func-orders-production-${n}`, { detail: ["Linux function app"] })),
    ].map((one) => (one.name === "contoso-gateway" ? { ...one, id: "gateway" } : one)),
    calls: [
      ...numbers.map((n) => call("billing-portal", `orders-${n}`, { how: "Entra token", audience: "api://orders" })),
      ...numbers.map((n) =>
        call(`orders-${n}`, `func-orders-production-${n}`, {
          identity: "system-assigned identity of contoso-gateway",
          audience: `api://contoso/func-orders-production-${n}`,
          roles: ["Gateway.Invoke"],
        }),
      ),
    ],
    access: numbers.map((n): Access => access(`func-orders-production-${n}`)),
  });
}

function access(id: string): Access {
  return {
    party: id,
    admits: ["the system-assigned identity of contoso-gateway"],
    barriers: [
      {
        kind: "sign-in",
        state: "closed",
        text: "Who has no token gets 401.",
        source: `azurerm_linux_function_app.${id}.auth_settings_v2`,
      },
      { kind: "audience", state: "closed", text: `Only tokens for api://contoso/${id} are accepted.` },
      { kind: "allow-list", state: "closed", text: "Only the principal of contoso-gateway is on the list." },
      { kind: "network", state: "open", text: "The app answers on the internet." },
    ],
  };
}

/** One of everything, as a small company would have it. */
export const ORDERS: TrustReport = reportOf({
  title: "orders, platform",
  stacks: [
    { name: "orders", files: ["cdktf.out/stacks/orders/cdk.tf.json"] },
    { name: "platform", files: ["cdktf.out/stacks/platform/cdk.tf.json"] },
  ],
  parties: [
    party("caller", "billing-portal", {
      place: "",
      stack: undefined,
      detail: ["client 3f2a9c1e-0d4b-4f7a-9b61-2c8e5d7a1f00"],
    }),
    party("caller", "anyone", { place: "", stack: undefined }),
    party("gateway", "contoso-gateway", { stack: "platform", detail: ["Premium tier", "internal network"] }),
    party("api", "orders-api", { stack: "platform", partOf: "contoso-gateway", detail: ["path /orders"] }),
    party("api", "status-api", { stack: "platform", partOf: "contoso-gateway", detail: ["path /status"] }),
    party("app", "func-orders-production-westeurope-01", { detail: ["Linux function app"] }),
    party("slot", "staging", { partOf: "func-orders-production-westeurope-01" }),
    party("service", "stordersprod", { detail: ["Blob Storage"] }),
    party("outside", "https://api.shipping.example", { place: "https://api.shipping.example", stack: undefined }),
  ],
  calls: [
    call("billing-portal", "orders-api", {
      how: "Entra token",
      audience: "api://orders-api",
      roles: ["Orders.Read", "Orders.Write"],
    }),
    call("anyone", "status-api", { how: "nothing" }),
    call("orders-api", "func-orders-production-westeurope-01", {
      identity: "system-assigned identity of contoso-gateway",
      audience: "api://7f3e1b5a-2c9d-4e8f-a6b0-1d2c3e4f5a6b",
      roles: ["Gateway.Invoke"],
      address: "https://func-orders-production-westeurope-01.azurewebsites.net",
      network: "private endpoint",
    }),
    call("orders-api", "stordersprod", {
      identity: "system-assigned identity of contoso-gateway",
      audience: "https://storage.azure.com/",
      roles: ["Storage Blob Data Reader"],
    }),
    call("status-api", "https://api.shipping.example", { how: "key" }),
  ],
  access: [
    access("orders-api"),
    access("func-orders-production-westeurope-01"),
    {
      party: "staging",
      admits: [],
      barriers: [
        { kind: "slots", state: "unknown", text: "Only Terraform knows whether the slot has the sign-in of its app." },
        { kind: "publishing", state: "elsewhere", text: "Another configuration sets the access to its SCM site." },
      ],
    },
  ],
  secrets: [
    {
      name: "azurerm_storage_account.files primary_access_key",
      attributes: ["primary_access_key"],
      stack: "orders",
      place: "orders/files",
      why: "The provider reads the keys of each storage account.",
      avoid: "Disable the keys of the account with shared_access_key_enabled = false.",
      disabled: false,
    },
    {
      name: "azurerm_storage_account.host primary_access_key",
      attributes: ["primary_access_key"],
      stack: "orders",
      place: "orders/host",
      why: "The provider reads the keys of each storage account.",
      avoid: "Nothing to do: the account refuses its keys.",
      disabled: true,
    },
  ],
  openOnPurpose: [
    {
      stack: "orders",
      place: "orders/OrdersApi",
      what: "GET /health needs no token.",
      reason: "the load balancer probes it",
      call: "AnonymousPaths.of",
    },
    {
      stack: "orders",
      place: "orders/files",
      what: "The storage account accepts its keys.",
      reason: "the batch job still uses a key until March, see ADR 12",
      rule: "local-keys-enabled",
    },
  ],
  findings: [
    {
      rule: "http-backend",
      severity: "error",
      control: "DP-3",
      cwe: 319,
      stack: "orders",
      place: "orders/StatusApi/Policy",
      address: "azurerm_api_management_api_policy.status",
      attribute: "xml_content",
      line: 4,
      column: 5,
      message: "The backend http://status.internal has no TLS, so everybody on the way reads the token.",
      remedy: "Write an https:// address.",
    },
    {
      rule: "role-too-wide",
      severity: "warning",
      control: "PA-7",
      stack: "orders",
      place: "orders/Grant",
      address: "azurerm_role_assignment.grant",
      attribute: "role_definition_name",
      message: "The gateway gets Contributor on the resource group.",
      remedy: "Assign Storage Blob Data Reader on the storage account.",
    },
  ],
  notJudged: [
    {
      rule: "allow-list-empty",
      severity: "error",
      control: "IM-1",
      stack: "orders",
      place: "orders/Legacy",
      address: "azurerm_linux_web_app.legacy",
      attribute: "auth_settings_v2",
      message: "auth_settings_v2 is known only when Terraform runs.",
      remedy: "",
    },
  ],
  leftToOperator: [
    {
      stack: "orders",
      place: "orders/Grant",
      what: "Assign the app role Gateway.Invoke to the gateway.",
      why: "The code says that another team manages the assignment.",
    },
    { what: "Check roles in the code of the app.", why: "No configuration shows what the code does with a token." },
  ],
  checked: {
    ...CHECKED,
    rules: [
      {
        id: "http-backend",
        title: "Calls to backends are encrypted.",
        severity: "error",
        control: "DP-3",
        cwe: 319,
        complies: 3,
        violated: 1,
        notJudged: 0,
        acknowledged: 0,
      },
      {
        id: "local-keys-enabled",
        title: "A service that is called with an identity refuses its keys.",
        severity: "warning",
        control: "IM-1",
        complies: 1,
        violated: 0,
        notJudged: 0,
        acknowledged: 1,
      },
    ],
    resources: 42,
    policies: 2,
    gateways: 1,
    apps: 2,
    complies: 31,
    unreadable: [{ file: "cdktf.out/stacks/old/cdk.tf.json", error: "it is no JSON" }],
    skipped: ["network.tf"],
    cannotBeKnown: [
      "What the code of an app does with the roles in a token.",
      "Who can change the state or the subscription.",
    ],
  },
});
