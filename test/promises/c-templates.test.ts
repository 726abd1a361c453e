import { TerraformStack } from "cdktf";
import { GROUP, Json, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* `%{` begins a directive of Terraform. In a text of the user's it arrives as written. */

const { ApimGateway, ApimNamedValue, ApimProduct, ApimTag, ApiSurface, ApiVersionSet } = packed();
const { AppRegistration, AppRuntime, Backend, HttpMethod, NamedValueContent, PolicyDocument } = packed();
const { PolicyStatement, PolicyValue, SecureApimBackend } = packed();

const TEXT = "50 %{off}";
const TAGS = { offer: TEXT };

/** Every text of a configuration. */
function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}

function publish(stack: TerraformStack, name: string, backend: Json): Json {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: TEXT,
    publisherEmail: "api@contoso.com",
    tags: TAGS,
  });
  const operation = { method: HttpMethod.GET, urlTemplate: "/orders", displayName: TEXT, description: TEXT };
  const versionSet = new ApiVersionSet(stack, "Versions", { gateway, displayName: TEXT, description: TEXT });
  new ApimNamedValue(stack, "Offer", { gateway, value: NamedValueContent.plain(TEXT) });
  return new SecureApimBackend(stack, name, {
    gateway,
    backend,
    surface: ApiSurface.operations([operation], {
      displayName: TEXT,
      description: TEXT,
      revision: "2",
      revisionDescription: TEXT,
      version: { versionSet, name: "v1", description: TEXT },
    }),
    policy: PolicyDocument.of(PolicyStatement.setHeader("X-Offer", PolicyValue.literal(TEXT))),
    products: [new ApimProduct(stack, "Partners", { gateway, displayName: TEXT, description: TEXT, terms: TEXT })],
    tags: [new ApimTag(stack, "Sales", { gateway, displayName: TEXT })],
  });
}

test.each<[string, () => Json]>([
  [
    "a web app",
    () => Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), tags: TAGS, appSettings: TAGS }),
  ],
  [
    "a function app",
    () => Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), tags: TAGS, appSettings: TAGS }),
  ],
  [
    "a function app on Flex Consumption",
    () => Backend.flexFunctionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), tags: TAGS }),
  ],
  [
    "a container app",
    () =>
      Backend.containerApp({
        resourceGroup: GROUP,
        image: "contoso.azurecr.io/orders:1",
        targetPort: 8080,
        tags: TAGS,
        environmentVariables: TAGS,
      }),
  ],
])("no text of an API on %s is a directive", (_, backend) => {
  const stack = stackWithProviders();
  publish(stack, "Orders", backend());
  const written = textsIn(synth(stack)).filter((text) => text.includes("{off}"));
  expect(written.length).toBeGreaterThan(12);
  expect(written.filter((text) => /(?<!%)%\{/.test(text))).toEqual([]);
});

test("the name of a registration is no directive", () => {
  const stack = stackWithProviders();
  new AppRegistration(stack, "Registration", { displayName: TEXT });
  expect(textsIn(synth(stack)).filter((text) => text.includes("{off}"))).toEqual(["50 %%{off}"]);
});
