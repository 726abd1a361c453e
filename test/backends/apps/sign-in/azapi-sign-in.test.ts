import { Aspects, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  AppRegistration,
  AppRuntime,
  Backend,
  Caller,
  ContainerAppProps,
  IApimBackend,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { AzapiResource } from "../../../../lib/azure/azapi";
import { AzapiElement } from "../../../helpers/azapi";
import { keysOf, order } from "../../../helpers/graph";
import { refusal } from "../../../helpers/refusal";
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
} from "../../../helpers/synth";
import { GATEWAYS, IDENTITY, NEW } from "../../gateways";
import { OWN_CONTAINER_APP, OWN_LOGIC_APP } from "../../kinds";

/* What azurerm cannot lock is locked through azapi, and is as closed. */

const SITE = "/subscriptions/0000/resourceGroups/rg-legacy/providers/Microsoft.Web/sites/legacy";
const URL = "https://legacy.azurewebsites.net/api";
const CONTAINER = { resourceGroup: GROUP, image: "contoso.azurecr.io/orders:1.4.2", targetPort: 8080 };

const containerApp = (props: Partial<ContainerAppProps> = {}): IApimBackend =>
  Backend.containerApp({ ...CONTAINER, ...props });

interface AzapiKind {
  readonly type: string;
  readonly backend: (stack: TerraformStack, registration?: AppRegistration) => IApimBackend;
  /** What the sign-in hangs on. */
  readonly parent: string;
  readonly url: string;
}

const KINDS: Record<string, AzapiKind> = {
  containerApp: {
    type: "azapi_resource",
    backend: (_, registration) => containerApp({ registration }),
    parent: "${azurerm_container_app.Orders_Backend_0F5C7089.id}",
    url: "https://${azurerm_container_app.Orders_Backend_0F5C7089.ingress[0].fqdn}",
  },
  fromContainerApp: {
    type: "azapi_resource",
    backend: (stack, registration) =>
      Backend.fromContainerApp(new ContainerApp(stack, "App", OWN_CONTAINER_APP), { registration }),
    parent: "${azurerm_container_app.App.id}",
    url: "https://${azurerm_container_app.App.ingress[0].fqdn}",
  },
  fromLogicAppStandard: {
    type: "azapi_update_resource",
    backend: (stack, registration) =>
      Backend.fromLogicAppStandard(new LogicAppStandard(stack, "App", OWN_LOGIC_APP), { registration }),
    parent: "${azurerm_logic_app_standard.App.id}",
    url: "https://${azurerm_logic_app_standard.App.default_hostname}/api",
  },
  existingApp: {
    type: "azapi_update_resource",
    backend: (_, registration) => Backend.existingApp(SITE, URL, { registration }),
    parent: SITE,
    url: URL,
  },
};
/** The type and the name of the sign-in, as Azure knows them. */
const SIGN_INS: Record<string, [type: string, name: string]> = {
  azapi_resource: ["Microsoft.App/containerApps/authConfigs@2024-03-01", "current"],
  azapi_update_resource: ["Microsoft.Web/sites/config@2023-12-01", "authsettingsV2"],
};
const [NEW_GATEWAY] = Object.keys(GATEWAYS);
const CASES = Object.keys(KINDS).flatMap((kind) => Object.keys(GATEWAYS).map((gateway) => [kind, gateway] as const));

function stackOf(backend: AzapiKind["backend"], gateway = NEW_GATEWAY): TerraformStack {
  const stack = stackWithProviders();
  new SecureApimBackend(stack, "Orders", { gateway: GATEWAYS[gateway].make(stack), backend: backend(stack) });
  return stack;
}

const signInOf = (stack: TerraformStack): TerraformResource => {
  const signIn = stack.node.findAll().find(({ node }) => node.id === "SignIn");
  if (!TerraformResource.isTerraformResource(signIn)) throw new Error("no sign-in");
  return signIn;
};

describe.each(CASES)("%s behind %s", (kind, gateway) => {
  const { type, backend, parent, url } = KINDS[kind];

  let stack: TerraformStack;
  let json: Json;
  let clientId: string;
  beforeEach(() => {
    stack = stackOf(backend, gateway);
    json = synth(stack);
    const [applicationName] = Object.keys(all(json, "azuread_application"));
    clientId = `\${azuread_application.${applicationName}.client_id}`;
  });

  test("nobody gets in without a token, and none but the gateway with one", () => {
    const signIn = only(json, type);
    const { properties } = signIn.body;
    expect([signIn.type, signIn.name, signIn.parent_id]).toEqual([...SIGN_INS[type], parent]);
    expect(properties.platform.enabled).toBe(true);
    expect(properties.globalValidation.unauthenticatedClientAction).toBe("Return401");
    expect(properties.globalValidation.excludedPaths ?? []).toEqual([]);
    expect(properties.httpSettings).toEqual({ requireHttps: true });
    expect(properties.login).toEqual({ tokenStore: { enabled: false } });
    expect(properties.identityProviders.azureActiveDirectory).toMatchObject({
      enabled: true,
      registration: {
        clientId,
        openIdIssuer:
          "https://login.microsoftonline.com/${data.azurerm_client_config.SecureApimBackendClientConfig.tenant_id}/v2.0",
      },
      validation: {
        allowedAudiences: [clientId],
        defaultAuthorizationPolicy: { allowedPrincipals: { identities: [GATEWAYS[gateway].caller] } },
      },
    });
    expect(annotations(stack).filter((each) => !each.startsWith("info"))).toEqual([]);
  });

  test("Entra ID issues version 2 tokens for it, and to the gateway alone", () => {
    expect(only(json, "azuread_application").api).toEqual({ requested_access_token_version: 2 });
    expect(only(json, "azuread_service_principal").app_role_assignment_required).toBe(true);
    expect(only(json, "azuread_app_role_assignment").principal_object_id).toBe(GATEWAYS[gateway].caller);
  });

  test("the gateway calls it with a token for it, once it is locked", () => {
    const policy = only(json, "azurerm_api_management_api_policy");
    const client = gateway.includes("user-assigned") ? ` client-id="${IDENTITY.clientId}"` : "";
    expect(withoutHashes(policy.xml_content)).toContain(
      `<authentication-managed-identity id="secure-apim-backend-token" resource="${clientId}"${client} />`,
    );
    const needed = [type, "azuread_app_role_assignment"].flatMap((each) =>
      Object.keys(all(json, each)).map((name) => `${each}.${name}`),
    );
    expect(policy.depends_on).toEqual(expect.arrayContaining(needed));
    expect(only(json, "azurerm_api_management_api").service_url).toBe(url);
  });

  test("there is no cycle and no secret", () => {
    expect(() => order(json)).not.toThrow();
    // A logic app of the user's own has the key of its storage account.
    const { azurerm_logic_app_standard: own, ...made } = json.resource;
    expect(own === undefined).toBe(kind !== "fromLogicAppStandard");
    const attributes = keysOf(Object.values<Json>(made).flatMap(Object.values));
    expect(attributes.filter((key) => /secret|password|access_key$|_key$/i.test(key))).toEqual([]);
  });
});

test.each(Object.keys(KINDS))("%s has the same names with one more construct before it", (kind) => {
  const stack = stackWithProviders();
  new ResourceGroup(stack, "Other", GROUP);
  new SecureApimBackend(stack, "Orders", {
    gateway: GATEWAYS[NEW_GATEWAY].make(stack),
    backend: KINDS[kind].backend(stack),
  });
  const { resource } = synth(stack);
  delete resource.azurerm_resource_group;
  expect(resource).toEqual(synth(stackOf(KINDS[kind].backend)).resource);
});

describe.each([
  ["containerApp", "app/Orders/Backend/Resource"],
  ["existingApp", SITE],
  ["fromContainerApp", "app/App"],
  ["fromLogicAppStandard", "app/App"],
])("the sign-in of %s", (kind, app) => {
  const { backend, type } = KINDS[kind];
  const changed = refusal(
    "azapi-sign-in-changed",
    `"${app}"`,
    '"app/Orders/Backend/SignIn"',
    "registration.grantInvoke(",
  );
  const ignored = refusal("guarded-attribute-ignored", '"app/Orders/Backend/SignIn"', "body");

  test.each<[string, (signIn: TerraformResource) => void]>([
    [
      "paths are excluded",
      (signIn) => signIn.addOverride("body.properties.globalValidation.excludedPaths", ["/health"]),
    ],
    ["it is switched off", (signIn) => signIn.addOverride("body.properties.platform.enabled", false)],
    [
      "another provider is added",
      (signIn) => signIn.addOverride("body.properties.identityProviders.google.enabled", true),
    ],
    ["it is that of another app", (signIn) => signIn.addOverride("parent_id", SITE.replace("legacy", "other"))],
    ["there is none of it", (signIn) => (signIn.count = 0)],
    [
      "another body is laid over it",
      (signIn) => signIn.addOverride("sensitive_body", { properties: { platform: { enabled: false } } }),
    ],
    [
      "an aspect changes it",
      (signIn) =>
        Aspects.of(signIn).add({
          visit: () =>
            signIn.addOverride("body.properties.globalValidation.unauthenticatedClientAction", "AllowAnonymous"),
        }),
    ],
    [
      "the stack changes it",
      (signIn) =>
        TerraformStack.of(signIn).addOverride(
          `resource.${type}.${signIn.friendlyUniqueId}.body.properties.platform.enabled`,
          false,
        ),
    ],
  ])("is an error at synth when %s", (_, change) => {
    const stack = stackOf(backend);
    change(signInOf(stack));
    expect(findings(stack)).toEqual([changed]);
  });

  test.each(["all" as const, ["body"]])("is an error at synth when Terraform is told to ignore %s", (ignoreChanges) => {
    const stack = stackOf(backend);
    signInOf(stack).lifecycle = { ignoreChanges };
    expect(findings(stack)).toEqual([ignored]);
  });

  test("lets in no more callers than Azure keeps", () => {
    const stack = stackWithProviders();
    const registration = new AppRegistration(stack, "Registration");
    new SecureApimBackend(stack, "Orders", {
      gateway: new ApimGateway(stack, "Gateway", NEW),
      backend: backend(stack, registration),
    });
    for (let i = 10; i < 23; i++) {
      registration.grantInvoke(Caller.servicePrincipal(`000000${i}-0000-0000-0000-000000000000`));
    }
    expect(findings(stack)).toEqual([
      refusal("allow-list-too-long", "[app/Orders/Backend] ", "14 callers", `"${app}"`),
    ]);
  });

  test("lets in nobody rather than everybody", () => {
    const stack = stackWithProviders();
    const gateway = new ApimGateway(stack, "Gateway", NEW);
    backend(stack).bind(stack, { gateway, defaultName: "orders" });
    expect(findings(stack)).toEqual([
      refusal(
        "empty-allow-list",
        "[app] ",
        `"${kind === "containerApp" ? "app/Resource" : app}"`,
        'registration.grantInvoke(gateway) on "app/Registration"',
      ),
    ]);
  });
});

describe.each(["containerApp", "fromLogicAppStandard"])("the sign-in of %s", (kind) => {
  const { backend, type } = KINDS[kind];

  test("may have the registration of an app whose sign-in azurerm writes", () => {
    const stack = stackWithProviders();
    const gateway = new ApimGateway(stack, "Gateway", NEW);
    const registration = new AppRegistration(stack, "Registration");
    const web = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration });
    new SecureApimBackend(stack, "Orders", { gateway, backend: web });
    new SecureApimBackend(stack, "Stock", { gateway, backend: backend(stack, registration) });
    expect(() => synth(stack)).not.toThrow();
  });

  test("may be moved to another address", () => {
    const stack = stackOf(backend);
    const signIn = signInOf(stack) as AzapiResource;
    new AzapiElement(stack, "Target", signIn.settings, type);
    signIn.moveToId(`${type}.Target`);
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("the azapi provider", () => {
  /** A provider of the user's, as generated bindings have it. */
  class UserAzapiProvider extends TerraformProvider {
    constructor(
      stack: TerraformStack,
      private readonly config: { readonly alias?: string },
      version = "2.7.0",
      providerVersion?: string,
    ) {
      super(stack, `azapi-${config.alias ?? "default"}`, {
        terraformResourceType: "azapi",
        terraformProviderSource: "registry.terraform.io/azure/azapi",
        terraformGeneratorMetadata: { providerName: "azapi", providerVersion, providerVersionConstraint: version },
      });
    }

    public override get alias(): string | undefined {
      return this.config?.alias;
    }

    protected override synthesizeAttributes(): Json {
      return { tenant_id: "t" };
    }
  }

  const two = (stack: TerraformStack): void => {
    const gateway = new ApimGateway(stack, "Gateway", NEW);
    new SecureApimBackend(stack, "Orders", { gateway, backend: containerApp() });
    new SecureApimBackend(stack, "Legacy", { gateway, backend: Backend.existingApp(SITE, URL) });
  };

  test("comes into the stack once, however many need it", () => {
    const stack = stackWithProviders();
    two(stack);
    const { provider, terraform } = synth(stack);
    expect(provider.azapi).toEqual([{}]);
    expect(terraform.required_providers.azapi).toEqual({ source: "Azure/azapi", version: "~> 2.0" });
  });

  test("stays away where nobody needs it", () => {
    const stack = stackOf(() => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }));
    const { provider, terraform } = synth(stack);
    expect(Object.keys(provider).sort()).toEqual(["azuread", "azurerm"]);
    expect(Object.keys(terraform.required_providers).sort()).toEqual(["azuread", "azurerm"]);
  });

  test.each(["before", "after"])("is the user's where there is one, written %s", (when) => {
    const stack = stackWithProviders();
    if (when === "before") new UserAzapiProvider(stack, {});
    two(stack);
    if (when === "after") new UserAzapiProvider(stack, {});
    const { provider, terraform } = synth(stack);
    expect(provider.azapi).toEqual([{ tenant_id: "t" }]);
    expect(terraform.required_providers.azapi).toEqual({
      source: "registry.terraform.io/azure/azapi",
      version: "2.7.0",
    });
  });

  test("stands beside the user's that have an alias, in their version", () => {
    const stack = stackWithProviders();
    two(stack);
    new UserAzapiProvider(stack, { alias: "other" });
    const { provider, terraform } = synth(stack);
    expect(provider.azapi).toEqual([{}, { tenant_id: "t", alias: "other" }]);
    expect(terraform.required_providers.azapi.version).toBe("2.7.0");
  });

  test.each<[string, string | undefined, string | undefined, string]>([
    ["~> 1.15", undefined, undefined, "~> 1.15"],
    ["~> 1.15", undefined, "other", "~> 1.15"],
    [">= 1.0", "1.15.0", undefined, "1.15.0"],
  ])("is refused in another version: %s, exactly %s, with the alias %s", (constraint, exact, alias, version) => {
    const stack = stackWithProviders();
    two(stack);
    const provider = new UserAzapiProvider(stack, { alias }, constraint, exact);
    expect(findings(stack)).toEqual([
      refusal(
        "azapi-version",
        "[app/SecureApimBackendAzapi] ",
        `"${provider.node.path}"`,
        `"${version}"`,
        "Azure/azapi@~> 2.0",
      ),
    ]);
  });

  test("may be of any version in a stack that does not need it", () => {
    const stack = stackWithProviders();
    new UserAzapiProvider(stack, {}, "~> 1.15");
    expect(synth(stack).terraform.required_providers.azapi.version).toBe("~> 1.15");
  });
});
