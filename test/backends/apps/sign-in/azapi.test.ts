import { Aspects, TerraformOutput, TerraformProvider, TerraformResource, TerraformStack, Token } from "cdktf";
import { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import { DataAzurermLinuxWebApp } from "@cdktf/provider-azurerm/lib/data-azurerm-linux-web-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
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
import { keysOf, order } from "../../../helpers/graph";
import {
  all,
  annotations,
  findings,
  GROUP,
  Json,
  messageOf,
  only,
  stackWithProviders,
  synth,
  withoutHashes,
} from "../../../helpers/synth";
import { GATEWAYS, IDENTITY, NEW } from "../../gateways";
import { OWN_APP } from "../../kinds";

/* What azurerm cannot lock is locked through azapi, and is as closed. */

const SITE = "/subscriptions/0000/resourceGroups/rg-legacy/providers/Microsoft.Web/sites/legacy";
const URL = "https://legacy.azurewebsites.net/api";
const CONTAINER = { resourceGroup: GROUP, image: "contoso.azurecr.io/orders:1.4.2", targetPort: 8080 };

const containerApp = (props: Partial<ContainerAppProps> = {}): IApimBackend =>
  Backend.containerApp({ ...CONTAINER, ...props });

interface AzapiKind {
  readonly type: string;
  readonly backend: () => IApimBackend;
  /** What the sign-in hangs on. */
  readonly parent: string;
  readonly url: string;
}

const KINDS: Record<string, AzapiKind> = {
  containerApp: {
    type: "azapi_resource",
    backend: containerApp,
    parent: "${azurerm_container_app.Orders_Backend_0F5C7089.id}",
    url: "https://${azurerm_container_app.Orders_Backend_0F5C7089.ingress[0].fqdn}",
  },
  existingApp: {
    type: "azapi_update_resource",
    backend: () => Backend.existingApp(SITE, URL),
    parent: SITE,
    url: URL,
  },
};
const [NEW_GATEWAY] = Object.keys(GATEWAYS);
const CASES = Object.keys(KINDS).flatMap((kind) => Object.keys(GATEWAYS).map((gateway) => [kind, gateway] as const));

function stackOf(backend: IApimBackend, gateway = NEW_GATEWAY): TerraformStack {
  const stack = stackWithProviders();
  new SecureApimBackend(stack, "Orders", { gateway: GATEWAYS[gateway].make(stack), backend });
  return stack;
}

const signInOf = (stack: TerraformStack): TerraformResource => {
  const signIn = stack.node.findAll().find(({ node }) => node.id === "SignIn");
  if (!TerraformResource.isTerraformResource(signIn)) throw new Error("no sign-in");
  return signIn;
};

describe.each(CASES)("%s behind %s", (kind, gateway) => {
  const { type, backend, parent, url } = KINDS[kind];
  const stack = stackOf(backend(), gateway);
  const json = synth(stack);
  const [applicationName] = Object.keys(all(json, "azuread_application"));
  const clientId = `\${azuread_application.${applicationName}.client_id}`;
  const signIn = only(json, type);
  const { properties } = signIn.body;

  test("nobody gets in without a token, and none but the gateway with one", () => {
    expect(signIn.parent_id).toBe(parent);
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
    expect(annotations(stack)).toEqual([]);
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
    expect(keysOf(json).filter((key) => /secret|password|access_key$|_key$/i.test(key))).toEqual([]);
  });
});

test.each(Object.keys(KINDS))("%s has the same names with one more construct before it", (kind) => {
  const stack = stackWithProviders();
  new ResourceGroup(stack, "Other", GROUP);
  new SecureApimBackend(stack, "Orders", {
    gateway: GATEWAYS[NEW_GATEWAY].make(stack),
    backend: KINDS[kind].backend(),
  });
  const { resource } = synth(stack);
  delete resource.azurerm_resource_group;
  expect(resource).toEqual(synth(stackOf(KINDS[kind].backend())).resource);
});

describe("a container app", () => {
  test("takes HTTPS alone, and runs in an environment of its own", () => {
    const json = synth(stackOf(containerApp()));
    expect(only(json, "azurerm_container_app")).toEqual({
      name: "orders",
      resource_group_name: "rg-orders",
      container_app_environment_id: "${azurerm_container_app_environment.Orders_Backend_Environment_87FA9CBA.id}",
      revision_mode: "Single",
      identity: { type: "SystemAssigned" },
      ingress: {
        external_enabled: true,
        allow_insecure_connections: false,
        target_port: 8080,
        traffic_weight: [{ latest_revision: true, percentage: 100 }],
      },
      template: {
        container: [{ name: "app", image: CONTAINER.image, cpu: 0.5, memory: "1Gi", env: [] }],
      },
    });
    expect(only(json, "azurerm_container_app_environment")).toEqual({
      name: "orders",
      resource_group_name: "rg-orders",
      location: "westeurope",
    });
  });

  test("is made as it is told", () => {
    const stack = stackWithProviders();
    const environment = new ContainerAppEnvironment(stack, "Environment", {
      name: "shared",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    const backend = Backend.containerApp({
      ...CONTAINER,
      environment,
      appName: "orders-v2",
      routePrefix: "v2",
      registry: { server: "contoso.azurecr.io", identity: IDENTITY },
      environmentVariables: { LOG_LEVEL: "debug" },
      cpu: 1,
      memory: "2Gi",
      minReplicas: 1,
      maxReplicas: 3,
      tags: { team: "orders" },
    });
    new SecureApimBackend(stack, "Orders", { gateway: new ApimGateway(stack, "Gateway", NEW), backend });
    new TerraformOutput(stack, "name", { value: backend.appName, staticId: true });
    new TerraformOutput(stack, "id", { value: backend.appId, staticId: true });
    new TerraformOutput(stack, "principal_id", { value: backend.principalId, staticId: true });
    const json = synth(stack);
    const { name, container_app_environment_id, identity, registry, template, tags } = only(
      json,
      "azurerm_container_app",
    );
    expect({ name, container_app_environment_id, identity, registry, template, tags }).toEqual({
      name: "orders-v2",
      container_app_environment_id: "${azurerm_container_app_environment.Environment.id}",
      identity: { type: "SystemAssigned, UserAssigned", identity_ids: [IDENTITY.id] },
      registry: [{ server: "contoso.azurecr.io", identity: IDENTITY.id }],
      template: {
        min_replicas: 1,
        max_replicas: 3,
        container: [
          {
            name: "app",
            image: CONTAINER.image,
            cpu: 1,
            memory: "2Gi",
            env: [{ name: "LOG_LEVEL", value: "debug" }],
          },
        ],
      },
      tags: { team: "orders" },
    });
    expect(only(json, "azurerm_api_management_api").service_url).toMatch(/\.ingress\[0\]\.fqdn}\/v2$/);
    expect(json.output).toEqual({
      name: { value: "${azurerm_container_app.Orders_Backend_0F5C7089.name}" },
      id: { value: "${azurerm_container_app.Orders_Backend_0F5C7089.id}" },
      principal_id: { value: "${azurerm_container_app.Orders_Backend_0F5C7089.identity[0].principal_id}" },
    });
  });

  test("has a name that Container Apps takes, however long its id, and that is no other's in the group", () => {
    const stack = stackWithProviders();
    const gateway = new ApimGateway(stack, "Gateway", NEW);
    const longId = "OrdersOfAllCustomersInAllCountriesAndOfAllTheirSubsidiaries";
    for (const id of ["OrdersOfAllCustomersInAllC", `${longId}-1`, `${longId}-2`]) {
      new SecureApimBackend(stack, id, { gateway, backend: containerApp() });
    }
    const json = synth(stack);
    const names = (type: string): string[] =>
      Object.values<Json>(all(json, type))
        .map(({ name }) => name)
        .sort();
    expect(names("azurerm_container_app")).toEqual([
      "orders-of-all-customers-i-10b075",
      "orders-of-all-customers-i-d31f75",
      "orders-of-all-customers-in-all-c",
    ]);
    expect(names("azurerm_container_app_environment")).toEqual([
      "orders-of-all-customers-in-all-c",
      "orders-of-all-customers-in-all-countries-and-of-all-t-10b075",
      "orders-of-all-customers-in-all-countries-and-of-all-t-d31f75",
    ]);
  });

  test.each([
    [
      { appName: "Orders_API" },
      'The container app name "Orders_API" is refused by Azure, which accepts 2 to 32 lower-case letters, digits and single ' +
        'hyphens, with a letter first and no hyphen last. Write "orders-api" instead.',
    ],
    [
      { targetPort: 80.5 },
      "The container cannot listen on port 80.5. Write targetPort: a whole number from 1 to 65535, for example 8080.",
    ],
    [
      { targetPort: 0 },
      "The container cannot listen on port 0. Write targetPort: a whole number from 1 to 65535, for example 8080.",
    ],
    [
      { minReplicas: 11 },
      "A container app cannot have from 11 to 10 replicas. Write whole numbers with minReplicas from 0 to 1000, maxReplicas " +
        "from 1 to 1000, and the first not above the second.",
    ],
    [
      { maxReplicas: 0 },
      "A container app cannot have from 0 to 0 replicas. Write whole numbers with minReplicas from 0 to 1000, maxReplicas " +
        "from 1 to 1000, and the first not above the second.",
    ],
    [
      { routePrefix: "/api" },
      'The route prefix "/api" is no relative path. Write it as host.json has it, for example "api" or "v1/orders", or "" for none.',
    ],
  ])("is refused with %j", (props, message) => {
    expect(messageOf(() => stackOf(containerApp(props)))).toBe(`[app/Orders/Backend] ${message}`);
  });

  test("takes numbers that only Terraform knows", () => {
    const number = Token.asNumber("${var.n}");
    expect(() => stackOf(containerApp({ targetPort: number, minReplicas: number, maxReplicas: number }))).not.toThrow();
  });

  test("is bound once", () => {
    const backend = containerApp();
    const stack = stackOf(backend);
    const gateway = ApimGateway.fromLookup(stack, "Other", { apimName: "other", resourceGroupName: "platform" });
    expect(messageOf(() => new SecureApimBackend(stack, "Again", { gateway, backend }))).toMatch(
      /^\[app\/Again\/Backend\] This Backend\.containerApp\(\.\.\.\) was already bound at "app\/Orders\/Backend", /,
    );
  });
});

describe("an existing app", () => {
  test("has every other way in shut, and nothing else touched", () => {
    const { body, ...rest } = only(synth(stackOf(Backend.existingApp(SITE, URL))), "azapi_update_resource");
    expect(rest).toEqual({
      type: "Microsoft.Web/sites/config@2023-12-01",
      name: "authsettingsV2",
      parent_id: SITE,
      response_export_values: [],
    });
    const { azureActiveDirectory, ...others } = body.properties.identityProviders;
    expect({ ...body.properties, identityProviders: others }).toEqual({
      platform: { enabled: true, configFilePath: null },
      globalValidation: { requireAuthentication: true, unauthenticatedClientAction: "Return401", excludedPaths: null },
      httpSettings: { requireHttps: true },
      login: { tokenStore: { enabled: false } },
      identityProviders: {
        apple: { enabled: false },
        azureStaticWebApps: { enabled: false },
        facebook: { enabled: false },
        gitHub: { enabled: false },
        google: { enabled: false },
        legacyMicrosoftAccount: { enabled: false },
        twitter: { enabled: false },
        customOpenIdConnectProviders: null,
      },
    });
    expect(azureActiveDirectory.validation.defaultAuthorizationPolicy).toEqual({
      allowedApplications: null,
      allowedPrincipals: {
        groups: null,
        identities: ["${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}"],
      },
    });
  });

  test("has no claim left by which the gateway could be kept out", () => {
    const { body } = only(synth(stackOf(Backend.existingApp(SITE, URL))), "azapi_update_resource");
    expect(body.properties.identityProviders.azureActiveDirectory.validation.jwtClaimChecks).toEqual({
      allowedClientApplications: null,
      allowedGroups: null,
    });
  });

  test("can be looked up", () => {
    const stack = stackWithProviders();
    const app = new DataAzurermLinuxWebApp(stack, "Legacy", { name: "legacy", resourceGroupName: "rg-legacy" });
    const backend = Backend.existingApp(app.id, `https://${app.defaultHostname}`);
    new SecureApimBackend(stack, "Orders", { gateway: new ApimGateway(stack, "Gateway", NEW), backend });
    expect(only(synth(stack), "azapi_update_resource").parent_id).toBe("${data.azurerm_linux_web_app.Legacy.id}");
  });

  test.each(["legacy", `${SITE}/slots/staging`, SITE.replace("Microsoft.Web/sites", "Microsoft.App/containerApps")])(
    "is refused with the id %s",
    (id) => {
      expect(messageOf(() => stackOf(Backend.existingApp(id, URL)))).toBe(
        `[app/Orders/Backend] "${id}" is no resource id of an App Service or Functions app. Write the one that Azure shows under ` +
          `"Resource ID": "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Web/sites/<app>", without a slot.`,
      );
    },
  );

  test("is refused with an address that would carry the token in clear text", () => {
    expect(messageOf(() => stackOf(Backend.existingApp(SITE, "http://legacy.azurewebsites.net")))).toMatch(
      /^\[app\/Orders\] The backend URL "http:\/\/legacy\.azurewebsites\.net" has the scheme http, /,
    );
  });

  test("is refused when it is declared in the stack", () => {
    const stack = stackWithProviders();
    const app = new LinuxWebApp(stack, "Legacy", OWN_APP);
    const gateway = new ApimGateway(stack, "Gateway", NEW);
    expect(
      messageOf(() => new SecureApimBackend(stack, "Orders", { gateway, backend: Backend.existingApp(app.id, URL) })),
    ).toBe(
      "[app/Orders/Backend] Backend.existingApp was given the id of azurerm_linux_web_app.Legacy, an app of this very stack: " +
        "azurerm would take off at each apply what azapi sets. Write the factory for your own object, for example " +
        "Backend.fromLinuxFunctionApp(app).",
    );
  });

  test("is locked once", () => {
    const stack = stackOf(Backend.existingApp(SITE, URL));
    const gateway = ApimGateway.fromLookup(stack, "Other", { apimName: "other", resourceGroupName: "platform" });
    const again = Backend.existingApp(SITE.toUpperCase().replace("MICROSOFT.WEB", "Microsoft.Web"), URL);
    expect(messageOf(() => new SecureApimBackend(stack, "Again", { gateway, backend: again }))).toMatch(
      /^\[app\/Again\/Backend\] The app ".*" is already the backend at "app\/Orders\/Backend"\. /,
    );
  });
});

describe.each([
  ["containerApp", "app/Orders/Backend/Resource"],
  ["existingApp", SITE],
])("the sign-in of %s", (kind, app) => {
  const { backend, type } = KINDS[kind];
  const changed =
    `[app/Orders/Backend] The sign-in of the app "${app}" was changed after it was locked: somebody other than the granted ` +
    `callers could get in. Remove what changes "app/Orders/Backend/SignIn" (addOverride, an aspect). To let another caller in, ` +
    `write registration.grantInvoke(Caller.servicePrincipal("...")).`;
  const ignored =
    `[app/Orders/Backend] "app/Orders/Backend/SignIn", the sign-in of the app "${app}", has lifecycle.ignoreChanges: Terraform ` +
    `would leave the sign-in as it is now, open or not. Take ignoreChanges off it.`;

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
        TerraformStack.of(signIn).addOverride(`resource.${type}.${signIn.friendlyUniqueId}.body`, { properties: {} }),
    ],
  ])("is an error at synth when %s", (_, change) => {
    const stack = stackOf(backend());
    change(signInOf(stack));
    expect(findings(stack)).toEqual([changed]);
  });

  test.each(["all" as const, ["body"]])("is an error at synth when Terraform is told to ignore %s", (ignoreChanges) => {
    const stack = stackOf(backend());
    signInOf(stack).lifecycle = { ignoreChanges };
    expect(findings(stack)).toEqual([ignored]);
  });

  test("lets in no more callers than Azure keeps", () => {
    const stack = stackWithProviders();
    const registration = new AppRegistration(stack, "Registration");
    const made =
      kind === "containerApp" ? containerApp({ registration }) : Backend.existingApp(SITE, URL, { registration });
    new SecureApimBackend(stack, "Orders", { gateway: new ApimGateway(stack, "Gateway", NEW), backend: made });
    for (let i = 10; i < 23; i++) {
      registration.grantInvoke(Caller.servicePrincipal(`000000${i}-0000-0000-0000-000000000000`));
    }
    expect(findings(stack)).toEqual([
      `[app/Orders/Backend] 14 callers are granted access to the app "${app}", and App Service keeps 13 of them (500 characters). ` +
        `Let several callers share one identity, or put those that need no direct access behind the gateway.`,
    ]);
  });

  test("lets in nobody rather than everybody", () => {
    const stack = stackWithProviders();
    const gateway = new ApimGateway(stack, "Gateway", NEW);
    backend().bind(stack, { gateway, defaultName: "orders" });
    expect(findings(stack)).toEqual([
      `[app] Nobody is granted access to the app "${kind === "containerApp" ? "app/Resource" : app}", and Azure reads an empty ` +
        `allow-list as "everybody in the tenant". Write registration.grantInvoke(gateway) on "app/Registration", or pass the ` +
        `backend to a SecureApimBackend, which does it.`,
    ]);
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
    const stack = stackOf(Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }));
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
      `[app/SecureApimBackendAzapi] The azapi provider "${provider.node.path}" asks for version "${version}", and the sign-in of ` +
        'container apps and of apps of other states is written for version 2. Write "Azure/azapi@~> 2.0" in terraformProviders of ' +
        "cdktf.json, and run cdktf get.",
    ]);
  });

  test("may be of any version in a stack that does not need it", () => {
    const stack = stackWithProviders();
    new UserAzapiProvider(stack, {}, "~> 1.15");
    expect(synth(stack).terraform.required_providers.azapi.version).toBe("~> 1.15");
  });
});

describe("the ingress of a container app", () => {
  test.each<[string, (app: TerraformResource) => void]>([
    ["takes traffic that is no HTTP", (app) => app.addOverride("ingress.transport", "tcp")],
    ["takes plain HTTP", (app) => app.addOverride("ingress.allow_insecure_connections", true)],
    ["is left as it is", (app) => (app.lifecycle = { ignoreChanges: ["ingress"] })],
  ])("is an error at synth when it %s", (_, change) => {
    const stack = stackOf(containerApp());
    change(stack.node.findAll().find((node): node is ContainerApp => node instanceof ContainerApp) as ContainerApp);
    expect(findings(stack)).toEqual([
      '[app/Orders/Backend] The ingress of the container app "app/Orders/Backend/Resource" was changed, or is left to ' +
        "ignoreChanges: traffic could come in past the sign-in. Remove what changes ingress on it (putIngress, addOverride, " +
        "an aspect); the port is targetPort of Backend.containerApp.",
    ]);
  });
});
