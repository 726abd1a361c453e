import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import {
  ApimGateway,
  Audience,
  Backend,
  BackendConfig,
  BranchCondition,
  IApimBackend,
  PolicyDocument,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { stackWithProviders } from "../helpers/synth";
import { KINDS, OWN_APP } from "./kinds";

const AUDIENCE = Audience.clientId("11111111-2222-3333-4444-555555555555");
const CONFIG: BackendConfig = {
  url: "https://cluster.contoso.com",
  audience: AUDIENCE,
  policy: PolicyDocument.EMPTY,
  dependencies: [],
};

class ClusterService implements IApimBackend {
  public readonly factory = "new ClusterService";

  public bind(): BackendConfig {
    return CONFIG;
  }
}

/** What TypeScript would refuse comes from other languages, and from `any`. */
const secure = (backend: unknown, branch?: unknown): SecureApimBackend => {
  const stack = stackWithProviders();
  return new SecureApimBackend(stack, "Orders", {
    gateway: ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" }),
    backend: backend as IApimBackend,
    branches: branch
      ? [{ name: "v2", when: BranchCondition.header("X-V", "2"), backend: branch as IApimBackend }]
      : undefined,
  });
};
test("a class of the user's that has a factory and binds is a backend", () => {
  expect(secure(new ClusterService()).backendUrl).toBe("https://cluster.contoso.com");
});

test.each<[string, unknown, [id: string, ...values: string[]]]>([
  [
    "a factory that was not called",
    Backend.functionApp,
    ["factory-not-called", "function functionApp", "Backend.functionApp(...)"],
  ],
  ["the class of all factories", Backend, ["class-as-strategy", "class Backend,", "Backend.functionApp({ ... })"]],
  ["the class of a backend", ClusterService, ["class-as-strategy", "class ClusterService", "new ClusterService(...)"]],
  ["a backend without the name that messages use", { bind: () => CONFIG }, ["strategy-without-factory", "Object"]],
  ["a backend with an empty one", { factory: "", bind: () => CONFIG }, ["strategy-without-factory", "Object"]],
  [
    "an app",
    new LinuxWebApp(stackWithProviders(), "App", OWN_APP),
    ["not-a-strategy", "LinuxWebApp", "Backend.fromLinuxWebApp(app)"],
  ],
  ["an address", "https://orders.contoso.com", ["not-a-strategy", '"https://orders.contoso.com"', "Backend.url("]],
  ["an object without a prototype", Object.create(null), ["not-a-strategy", "an object"]],
  ["nothing", undefined, ["not-a-strategy", "undefined"]],
  ["null", null, ["not-a-strategy", "null"]],
])("%s is none", (_, backend, [id, ...values]) => {
  expect(() => secure(backend)).toThrow(refusal(id, "[app/Orders]", ...values));
});

test("that of a branch is checked too", () => {
  expect(() => secure(new ClusterService(), Backend.url)).toThrow(
    refusal("factory-not-called", "[app/Orders/Branch-v2]", "Backend.url(...)"),
  );
});

test.each(Object.keys(KINDS))("%s says which factory created it", (kind) => {
  const [name] = kind.split(" ");
  expect(KINDS[kind].backend(stackWithProviders()).factory).toBe(`Backend.${name}`);
});

test("the other backends say which factory created them", () => {
  const part = {
    id: "/s/it",
    name: "it",
    endpoint: "https://it",
    vaultUri: "https://it",
    primaryBlobEndpoint: "https://it",
  };
  const backends: IApimBackend[] = [
    Backend.url("https://it", AUDIENCE),
    Backend.upstreamApim(secure(new ClusterService())),
    Backend.existingApp("/s/it", "https://it"),
    Backend.azureOpenAi(part),
    Backend.blobStorage(part),
    Backend.keyVault(part),
    Backend.serviceBus(part),
    Backend.eventHubs(part),
    Backend.aiSearch(part),
  ];
  expect(backends.map(({ factory }) => factory)).toEqual(
    [
      "url",
      "upstreamApim",
      "existingApp",
      "azureOpenAi",
      "blobStorage",
      "keyVault",
      "serviceBus",
      "eventHubs",
      "aiSearch",
    ].map((name) => `Backend.${name}`),
  );
});
