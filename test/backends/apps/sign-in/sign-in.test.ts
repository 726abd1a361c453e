import { Fn, TerraformStack } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import {
  ApimNamedValue,
  ApimSecurityRules,
  AppRegistration,
  Audience,
  Backend,
  BranchCondition,
  CircuitBreaker,
  IApimBackend,
  NamedValueContent,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
  SignIn,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../../helpers/refusal";
import {
  all,
  annotations,
  findings,
  Json,
  only,
  stackWithProviders,
  synth,
  withoutHashes,
} from "../../../helpers/synth";
import { callLines, reportOf } from "../../../report/reported";
import { linesOf, verdictsOf } from "../../../rules/judged";
import { OWN_APP, OWN_CONTAINER_APP, OWN_FLEX_APP, OWN_FUNCTION_APP, OWN_LOGIC_APP, OWN_SLOT } from "../../kinds";
import { gatewayOf, secure } from "../behind-gateway";

const REASON = "the warehouse calls with a key until March, ADR 31";
const SITE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/invoices";
const TOKEN = "<authentication-managed-identity ";
const WITHOUT_AUTHORIZATION =
  '<set-header id="secure-apim-backend-without-token" name="Authorization" exists-action="delete" />';

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

/** Every kind of app that can have been called with a key before. */
const KINDS: Readonly<Record<string, (signIn?: SignIn) => IApimBackend>> = {
  fromLinuxFunctionApp: (signIn) =>
    Backend.fromLinuxFunctionApp(new LinuxFunctionApp(stack, "App", OWN_FUNCTION_APP), { signIn }),
  fromWindowsFunctionApp: (signIn) =>
    Backend.fromWindowsFunctionApp(new WindowsFunctionApp(stack, "App", OWN_FUNCTION_APP), { signIn }),
  fromFlexFunctionApp: (signIn) =>
    Backend.fromFlexFunctionApp(new FunctionAppFlexConsumption(stack, "App", OWN_FLEX_APP), { signIn }),
  fromLinuxWebApp: (signIn) => Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), { signIn }),
  fromWindowsWebApp: (signIn) => Backend.fromWindowsWebApp(new WindowsWebApp(stack, "App", OWN_APP), { signIn }),
  fromContainerApp: (signIn) => Backend.fromContainerApp(new ContainerApp(stack, "App", OWN_CONTAINER_APP), { signIn }),
  fromLogicAppStandard: (signIn) =>
    Backend.fromLogicAppStandard(new LogicAppStandard(stack, "App", OWN_LOGIC_APP), { signIn }),
  existingApp: (signIn) => Backend.existingApp(SITE, "https://invoices.azurewebsites.net", { signIn }),
};

/** What the app does with requests without a token, wherever its sign-in is written. */
function signInOf(json: Json): unknown[] {
  const resources = Object.values<Json>(json.resource).flatMap((each): Json[] => Object.values(each));
  const [{ auth_settings_v2: ofSite, body }] = resources.filter(
    (each) => each.auth_settings_v2 !== undefined || each.body?.properties.globalValidation !== undefined,
  );
  if (ofSite) return [ofSite.require_authentication, ofSite.unauthenticated_action];
  const { requireAuthentication, unauthenticatedClientAction } = body.properties.globalValidation;
  return [requireAuthentication ?? unauthenticatedClientAction === "Return401", unauthenticatedClientAction];
}

const policyOf = (json: Json): string => withoutHashes(only(json, "azurerm_api_management_api_policy").xml_content);

/** The stack as it is written, with what reviewers read. */
const written = (): Json => JSON.parse(JSON.stringify(stack.toTerraform()));

describe.each(Object.keys(KINDS))("an app of %s", (kind) => {
  test("1. accepts tokens and keys, while the gateway calls with a key only", () => {
    secure(stack, KINDS[kind](SignIn.acceptBoth(REASON)));
    const json = synth(stack);
    expect(signInOf(json)).toEqual([false, "AllowAnonymous"]);
    expect(policyOf(json)).not.toContain(TOKEN);
    expect(policyOf(json)).toContain(WITHOUT_AUTHORIZATION);
    expect(Object.keys(json.resource.azuread_app_role_assignment)).toHaveLength(1);
  });

  test("2. accepts tokens and keys, and the gateway calls with its token", () => {
    secure(stack, KINDS[kind](SignIn.preferIdentity(REASON)));
    const json = synth(stack);
    expect(signInOf(json)).toEqual([false, "AllowAnonymous"]);
    expect(policyOf(json)).toContain(TOKEN);
    expect(policyOf(json)).not.toContain('name="Authorization"');
  });

  test("3. refuses a key alone, as without any phase", () => {
    secure(stack, KINDS[kind](SignIn.REQUIRED));
    const json = synth(stack);
    expect(signInOf(json)).toEqual([true, "Return401"]);
    expect(policyOf(json)).toContain(TOKEN);
    const required = stack;
    stack = stackWithProviders();
    secure(stack, KINDS[kind]());
    expect(synth(stack)).toEqual(json);
    expect(annotations(stack)).toEqual(annotations(required));
  });

  test("is open on purpose until it refuses keys: at synth, by the rules and in the trust report", () => {
    secure(stack, KINDS[kind](SignIn.preferIdentity(REASON)));
    ApimSecurityRules.judge(stack.node.root);
    synth(stack);
    expect(annotations(stack).filter((line) => line.includes("answers requests without a token"))).toEqual([
      expect.stringMatching(/^info: The app ".*" answers .* \(SignIn\.preferIdentity\): the warehouse calls/),
    ]);
    const verdicts = verdictsOf({ app: written() });
    expect(linesOf(verdicts.violated).filter((line) => line.includes("sign-in"))).toEqual([]);
    expect(verdicts.unused).toEqual([]);
    expect(reportOf({ app: written() }).openOnPurpose).toEqual([
      expect.objectContaining({ rule: "sign-in-not-required", reason: REASON }),
    ]);
  });
});

test("the trust report says that the gateway proves nothing by its identity before phase 2", () => {
  const app = new LinuxFunctionApp(stack, "App", OWN_FUNCTION_APP);
  const key = new ApimNamedValue(stack, "Key", {
    gateway: gatewayOf(stack),
    value: NamedValueContent.keyVaultSecret({ id: "/vault", vaultUri: "https://v.vault.azure.net" }, "key"),
  });
  new SecureApimBackend(stack, "Orders", {
    gateway: gatewayOf(stack),
    backend: Backend.fromLinuxFunctionApp(app, { signIn: SignIn.acceptBoth(REASON) }),
    policy: PolicyDocument.of(PolicyStatement.setHeader("x-functions-key", key.policyValue)),
  });
  expect(callLines(reportOf({ app: written() }))).toContain("Orders -> invoices: key");
});

test("a slot is as open as its app, and has one reason with it", () => {
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  const slot = new LinuxWebAppSlot(stack, "Slot", { ...OWN_SLOT, appServiceId: app.id });
  secure(stack, Backend.fromLinuxWebApp(app, { slots: [slot], signIn: SignIn.acceptBoth(REASON) }));
  const json = synth(stack);
  expect(only(json, "azurerm_linux_web_app_slot").auth_settings_v2).toEqual(
    only(json, "azurerm_linux_web_app").auth_settings_v2,
  );
  expect(annotations(stack)).toHaveLength(1);
  expect(verdictsOf({ app: written() }).violated).toEqual([]);
});

test.each([
  ["the registration", { "active_directory_v2.client_id": "other" }],
  ["paths", { excluded_paths: ["/admin"] }],
  ["the sign-in as a whole", { auth_enabled: false }],
])("nothing else of the sign-in can be changed: %s", (_, change) => {
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  secure(stack, Backend.fromLinuxWebApp(app, { signIn: SignIn.acceptBoth(REASON) }));
  for (const [name, value] of Object.entries(change)) app.addOverride(`auth_settings_v2.${name}`, value);
  expect(findings(stack)).toEqual([refusal("sign-in-changed", '"app/App"')]);
});

describe("the policy of the first phase", () => {
  const withPolicy = (policy: PolicyDocument, signIn: SignIn): void => {
    const backend = Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), { signIn });
    new SecureApimBackend(stack, "Orders", { gateway: gatewayOf(stack), backend, policy });
  };
  const BASIC = PolicyDocument.fromXml(
    "<policies><inbound><base />" +
      '<authentication-basic username="gateway" password="{{orders-password}}" />' +
      "</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>",
  );

  test("keeps the password that it sends", () => {
    withPolicy(BASIC, SignIn.acceptBoth(REASON));
    const xml = policyOf(synth(stack));
    expect(xml).toContain("<authentication-basic");
    expect(xml).not.toContain('name="Authorization"');
  });

  test("keeps a token that the document requests already, until the library requests it", () => {
    const token = '<authentication-managed-identity resource="api://orders" />';
    const written = PolicyDocument.fromXml(
      `<policies><inbound><base />${token}</inbound><backend><base /></backend><outbound><base /></outbound>` +
        "<on-error><base /></on-error></policies>",
    );
    withPolicy(written, SignIn.acceptBoth(REASON));
    expect(policyOf(synth(stack)).split(TOKEN)).toHaveLength(2);
    expect(policyOf(synth(stack))).not.toContain('name="Authorization"');
    stack = stackWithProviders();
    expect(() => withPolicy(written, SignIn.preferIdentity(REASON))).toThrow(
      refusal("policy-conflicts", "managed-identity-already-used", "REPLACE_MANAGED_IDENTITY"),
    );
  });

  test("must lose the password in the second, because both are sent in one header", () => {
    expect(() => withPolicy(BASIC, SignIn.preferIdentity(REASON))).toThrow(
      refusal("policy-conflicts", "authorization-already-set"),
    );
  });

  test("can be merged again in the second phase, as text that somebody has copied", () => {
    withPolicy(PolicyDocument.EMPTY, SignIn.acceptBoth(REASON));
    const first = policyOf(synth(stack)).replace(/backend-id="[^"]*"/, 'backend-id="orders"');
    const unhashed = only(synth(stack), "azurerm_api_management_api_policy").xml_content.replace(
      /backend-id="[^"]*"/,
      'backend-id="orders"',
    );
    expect(first).toContain(WITHOUT_AUTHORIZATION);
    stack = stackWithProviders();
    withPolicy(PolicyDocument.fromXml(unhashed), SignIn.preferIdentity(REASON));
    const second = policyOf(synth(stack));
    expect(second).toContain(TOKEN);
    expect(second).not.toContain('name="Authorization"');
  });
});

test("one of several backends can be in the first phase", () => {
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  new SecureApimBackend(stack, "Orders", {
    gateway: gatewayOf(stack),
    backend: Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
    branches: [
      {
        name: "next",
        when: BranchCondition.header("X-Ring", "next"),
        backend: Backend.fromLinuxWebApp(app, { signIn: SignIn.acceptBoth(REASON) }),
      },
    ],
  });
  const [next, otherwise] = policyOf(synth(stack)).split("<otherwise>");
  expect(next).toContain('<set-header name="Authorization" exists-action="delete" />');
  expect(next).not.toContain(TOKEN);
  expect(otherwise).toContain(TOKEN);
});

describe("a second API in front of the same app", () => {
  const twoApis = (signIn?: SignIn, secondStack = stack): string[] => {
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    const first = secure(stack, Backend.fromLinuxWebApp(app, { signIn }));
    if (first.registration === undefined) throw new Error("no registration");
    new SecureApimBackend(secondStack, "Second", {
      gateway: gatewayOf(stack),
      backend: Backend.url(first.backendUrl, Audience.registration(first.registration)),
    });
    ApimSecurityRules.judge(stack.node.root);
    return [...new Set([stack, secondStack])].flatMap((each) =>
      Object.values<Json>(all(synth(each), "azurerm_api_management_api_policy")).map(({ xml_content }) => xml_content),
    );
  };

  test("calls it with a key as well, until the grant works", () => {
    const policies = twoApis(SignIn.acceptBoth(REASON));
    expect(policies).toHaveLength(2);
    for (const xml of policies) {
      expect(xml).not.toContain(TOKEN);
      expect(withoutHashes(xml)).toContain('name="Authorization" exists-action="delete"');
    }
  });

  test.each([["preferIdentity"], ["REQUIRED"]])("sends the token from the second phase on: %s", (phase) => {
    const policies = twoApis(phase === "REQUIRED" ? SignIn.REQUIRED : SignIn.preferIdentity(REASON));
    expect(policies).toHaveLength(2);
    for (const xml of policies) expect(xml).toContain(TOKEN);
  });

  test("of another stack is in the same phase", () => {
    const other = new TerraformStack(stack.node.root, "other");
    new AzurermProvider(other, "azurerm", { features: [{}] });
    new AzureadProvider(other, "azuread");
    const policies = twoApis(SignIn.acceptBoth(REASON), other);
    expect(policies).toHaveLength(2);
    for (const xml of policies) expect(xml).not.toContain(TOKEN);
  });

  test.each([
    ["at the same path", "/"],
    ["at another path", "/stock"],
  ])("by a written address %s is refused before the app", (_, path) => {
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    const first = (): unknown => secure(stack, Backend.fromLinuxWebApp(app, { signIn: SignIn.acceptBoth(REASON) }));
    const second = (id: string): unknown =>
      new SecureApimBackend(stack, id, {
        gateway: gatewayOf(stack),
        backend: Backend.url(`https://${app.defaultHostname}${path}`, Audience.uri("api://orders")),
      });
    second("Before");
    expect(first).toThrow(refusal("app-called-before-its-phase", '"app/Before"'));
  });

  test("at another path of the app is in the same phase", () => {
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    secure(stack, Backend.fromLinuxWebApp(app, { signIn: SignIn.acceptBoth(REASON) }));
    new SecureApimBackend(stack, "Stock", {
      gateway: gatewayOf(stack),
      backend: Backend.url(`https://${app.defaultHostname}/stock`, Audience.uri("api://orders")),
    });
    const policies = Object.values<Json>(all(synth(stack), "azurerm_api_management_api_policy"));
    expect(policies.map(({ xml_content }) => xml_content.includes(TOKEN))).toEqual([false, false]);
  });

  test("with another address sends the token", () => {
    secure(
      stack,
      Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), { signIn: SignIn.acceptBoth(REASON) }),
    );
    new SecureApimBackend(stack, "Second", {
      gateway: gatewayOf(stack),
      backend: Backend.url("https://billing.contoso.com", Audience.uri("api://billing")),
    });
    const policies = Object.values<Json>(all(synth(stack), "azurerm_api_management_api_policy"));
    expect(policies.map(({ xml_content }) => xml_content.includes(TOKEN)).sort()).toEqual([false, true]);
  });
});

test("the members of a pool are in one phase, because the gateway chooses among them after the token", () => {
  const registration = new AppRegistration(stack, "Registration");
  const member = (id: string, signIn?: SignIn) => ({
    name: id,
    backend: Backend.fromLinuxWebApp(new LinuxWebApp(stack, id, { ...OWN_APP, name: id }), { registration, signIn }),
    circuitBreaker: CircuitBreaker.onFailures(5),
  });
  const pool = Backend.pool([member("west", SignIn.acceptBoth(REASON)), member("east")]);
  expect(() => secure(stack, pool)).toThrow(refusal("pool-of-several-phases", '"west"', '"east"'));
});

test.each([
  ["is empty", ""],
  ["says nothing", " - "],
])("a reason that %s", (_, reason) => {
  const open = (signIn: SignIn) => () =>
    secure(stack, Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), { signIn }));
  expect(open(SignIn.acceptBoth(reason))).toThrow(refusal("missing-reason", "SignIn.acceptBoth"));
  stack = stackWithProviders();
  expect(open(SignIn.preferIdentity(reason))).toThrow(refusal("missing-reason", "SignIn.preferIdentity"));
});

test("a reason that only Terraform knows", () => {
  const signIn = SignIn.acceptBoth(Fn.upper("ADR 31"));
  const backend = Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", OWN_APP), { signIn });
  expect(() => secure(stack, backend)).toThrow(refusal("literal-required", "SignIn.acceptBoth"));
});

test("what a portal import brings in is taken over by import blocks", () => {
  const orders = secure(stack, KINDS.fromLinuxWebApp(SignIn.acceptBoth(REASON)));
  orders.backendEntity?.importFrom("/service/backends/orders");
  orders.apiPolicy.importFrom("/service/apis/orders");
  expect(written().import).toEqual([
    { id: "/service/backends/orders", to: expect.stringMatching(/^azurerm_api_management_backend\./) },
    { id: "/service/apis/orders", to: expect.stringMatching(/^azurerm_api_management_api_policy\./) },
  ]);
  expect(() => synth(stack)).not.toThrow();
});
