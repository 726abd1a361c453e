import { TerraformResource, TerraformStack } from "cdktf";
import {
  ApiDiagnostics,
  ApimLogger,
  ApimNamedValue,
  ApimProduct,
  ApimTag,
  ApiSurface,
  ApiVersionSet,
  Audience,
  Backend,
  BranchCondition,
  HttpMethod,
  IApimGateway,
  NamedValueContent,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";

const CLIENT_ID = "11111111-2222-3333-4444-555555555555";

/** Backends that this app does not create. */
export function elsewhere(host: string) {
  return Backend.url(`https://${host}.contoso.com`, Audience.clientId(CLIENT_ID));
}

/** Makes every kind of resource that the library makes on a gateway. Backends are elsewhere. */
export function everythingOn(stack: TerraformStack, gateway: IApimGateway): void {
  const applicationInsights = { id: "/subscriptions/1/insights", connectionString: "InstrumentationKey=1" };
  const logger = new ApimLogger(stack, "Logger", { gateway, applicationInsights });
  const region = new ApimNamedValue(stack, "Region", { gateway, value: NamedValueContent.plain("west") });
  new SecurePolicyFragment(stack, "Fragment", {
    gateway,
    backend: elsewhere("stock"),
    policy: PolicyDocument.of(PolicyStatement.setHeader("X-Region", region.policyValue)),
  });
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: elsewhere("orders"),
    branches: [
      {
        name: "beta",
        when: BranchCondition.header("X-Ring", "beta"),
        backend: elsewhere("beta"),
      },
    ],
    surface: ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders" }], {
      version: { versionSet: new ApiVersionSet(stack, "Versions", { gateway }), name: "v1" },
    }),
    operationPolicies: [
      {
        operationId: "get-orders",
        policy: PolicyDocument.of(PolicyStatement.setHeader("X-A", PolicyValue.literal("a"))),
      },
    ],
    products: [new ApimProduct(stack, "Product", { gateway })],
    tags: [new ApimTag(stack, "Tag", { gateway })],
    diagnostics: [ApiDiagnostics.applicationInsights(logger), ApiDiagnostics.azureMonitor()],
  });
}

/** The resources of a stack. */
export function resourcesOf(stack: TerraformStack): TerraformResource[] {
  return stack.node.findAll().filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node));
}
