import { TerraformStack, TerraformVariable } from "cdktf";
import {
  ApimGateway,
  ApiSurface,
  Audience,
  Backend,
  IApimGateway,
  IApiSurface,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { Refusal, refusal } from "../helpers/refusal";
import { GROUP, stackWithProviders } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
});

function publish(surface: IApiSurface, id = "Orders"): void {
  new SecureApimBackend(stack, id, {
    gateway,
    backend: Backend.url("https://a.contoso.com", Audience.clientId(GUID)),
    surface,
  });
}

const variable = (): string => new TerraformVariable(stack, "v", { type: "string" }).stringValue;
const AT = "[app/Orders/Api]";

describe("names and paths that API Management refuses", () => {
  test.each<[string, () => unknown, Refusal]>([
    [
      "path",
      () => publish(ApiSurface.wildcard({ path: "/orders" })),
      refusal("invalid-name", AT, "API path", '"/orders"', '"orders"'),
    ],
    [
      "path without a near one",
      () => publish(ApiSurface.wildcard({ path: "-" })),
      refusal("invalid-name", AT, "API path", '"-"'),
    ],
    [
      "API name",
      () => publish(ApiSurface.wildcard({ apiName: "orders#1" })),
      refusal("invalid-name", AT, "API name", '"orders#1"', '"orders-1"'),
    ],
    [
      "key header",
      () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: "X Key", query: "key" } })),
      refusal("invalid-name", AT, "header", '"X Key"'),
    ],
    [
      "key parameter",
      () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: "X-Key", query: "k&y" } })),
      refusal("invalid-name", AT, "query parameter", '"k&y"'),
    ],
    ...["Authorization", "host", "X-Caller-Object-Id"].map((header): [string, () => unknown, unknown] => [
      `a key in ${header}`,
      () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header, query: "key" } })),
      refusal("key-header-reserved", AT, header),
    ]),
    [
      "an id to make no name of",
      () => publish(ApiSurface.wildcard(), "!"),
      refusal("id-without-name", "[app/!]", '"!"', '"Orders"'),
    ],
  ])("%s", (_, action, expected) => expect(action).toThrow(expected));
});

describe("a literal is needed", () => {
  test.each<[string, () => unknown, Refusal]>([
    [
      "for a reason",
      () => publish(ApiSurface.wildcard().withoutSubscriptionKey(variable())),
      refusal("literal-required", AT, "reason", "withoutSubscriptionKey"),
    ],
    [
      "for a key header",
      () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: variable(), query: "key" } })),
      refusal("literal-required", AT, "subscriptionKeyNames.header"),
    ],
    [
      "for a key parameter",
      () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: "X-Key", query: variable() } })),
      refusal("literal-required", AT, "subscriptionKeyNames.query"),
    ],
  ])("%s", (_, action, expected) => expect(action).toThrow(expected));
});

describe("opting out without a reason", () => {
  test.each<[string, () => unknown, Refusal]>([
    [
      "no subscription key",
      () => publish(ApiSurface.wildcard().withoutSubscriptionKey(" ")),
      refusal("missing-reason", AT, "withoutSubscriptionKey("),
    ],
    [
      "OPTIONS",
      () => publish(ApiSurface.wildcard().passThroughOptions("")),
      refusal("missing-reason", AT, "passThroughOptions("),
    ],
  ])("%s", (_, action, expected) => expect(action).toThrow(expected));
});
