/*
 * What must not compile. `npm run typecheck` fails where one of these lines does: then @ts-expect-error expects an error
 * that is not there. Nothing here is run.
 */
import { TerraformStack } from "cdktf";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import {
  AnonymousPaths,
  ApimGateway,
  ApimNamedValue,
  ApimProduct,
  ApimSku,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  AppServicePlan,
  Audience,
  Backend,
  ExistingApi,
  GatewayIdentity,
  GatewayNetwork,
  InvokeAssignment,
  NamedValueContent,
  NetworkAccess,
  OpenApiLinkFormat,
  PolicyDocument,
  ProductAccess,
  PublishedApi,
  SecureApimBackend,
  SecureApimBackendProps,
  SignIn,
} from "cdktf-secure-apim-backend";

export function mustNotCompile(stack: TerraformStack, gateway: ApimGateway): void {
  const resourceGroup = { name: "rg", location: "westeurope" };

  // @ts-expect-error -- a URL backend without an audience
  Backend.url("https://orders.contoso.com");
  // @ts-expect-error -- a string where an audience is due
  Backend.url("https://orders.contoso.com", "api://orders");
  // @ts-expect-error -- an audience made by hand
  Backend.url("https://orders.contoso.com", {});
  // @ts-expect-error -- a user-assigned identity without the identity
  GatewayIdentity.userAssigned();
  // @ts-expect-error -- an identity that is none
  new ApimGateway(stack, "A", { resourceGroup, publisherName: "a", publisherEmail: "a@b", identity: 42 });
  // @ts-expect-error -- a SKU as text
  new ApimGateway(stack, "B", { resourceGroup, publisherName: "a", publisherEmail: "a@b", sku: "Developer_1" });
  // @ts-expect-error -- a network as text
  new ApimGateway(stack, "F", { resourceGroup, publisherName: "a", publisherEmail: "a@b", network: "Internal" });
  // @ts-expect-error -- a custom domain as text
  new ApimGateway(stack, "T", { resourceGroup, publisherName: "a", publisherEmail: "a@b", customDomains: ["a.b"] });
  // @ts-expect-error -- a CA certificate as text
  new ApimGateway(stack, "U", { resourceGroup, publisherName: "a", publisherEmail: "a@b", caCertificates: ["ca.cer"] });
  // @ts-expect-error -- an identity where the options are due
  ApimGateway.fromApiManagement(stack, "V", gateway.apiManagement, GatewayIdentity.SYSTEM_ASSIGNED);
  // @ts-expect-error -- a network without the subnet
  GatewayNetwork.outbound();
  // @ts-expect-error -- a gateway known by its name, and nothing of its identity
  ApimGateway.fromAttributes(stack, "G", { apimName: "a", resourceGroupName: "b", sku: ApimSku.BASIC });
  // @ts-expect-error -- a runtime as text
  Backend.functionApp({ resourceGroup, runtime: "node|22" });
  // @ts-expect-error -- a factory that is not called
  new SecureApimBackend(stack, "J", { gateway, backend: Backend.functionApp });
  // @ts-expect-error -- the class of all factories
  new SecureApimBackend(stack, "K", { gateway, backend: Backend });
  // @ts-expect-error -- a backend without a gateway
  new SecureApimBackend(stack, "C", {
    backend: Backend.functionApp({ resourceGroup, runtime: AppRuntime.node("22") }),
  });
  const show = (surface: SecureApimBackendProps["surface"]): unknown => surface;
  // @ts-expect-error -- the class of the factories
  show(ApiSurface);
  // @ts-expect-error -- a factory that was not called
  show(ApiSurface.wildcard);
  // @ts-expect-error -- created by its factories only
  new PublishedApi("ApiSurface.operations", () => {});
  // @ts-expect-error -- created by its factory only
  new ExistingApi("orders", PolicyDocument.EMPTY, {});
  // @ts-expect-error -- no subscription key, and no reason
  ApiSurface.wildcard().withoutSubscriptionKey();
  // @ts-expect-error -- a product without keys, and no reason
  ProductAccess.open();
  // @ts-expect-error -- an approval that azurerm does not take without a limit
  ProductAccess.approvedSubscription();
  // @ts-expect-error -- access as text
  new ApimProduct(stack, "H", { gateway, access: "open" });
  // @ts-expect-error -- the content of a named value as text
  new ApimNamedValue(stack, "I", { gateway, value: "text" });
  // @ts-expect-error -- what looks like a secret, and no reason
  NamedValueContent.plainAcknowledged("text");
  const publish = (products: SecureApimBackendProps["products"]): unknown => products;
  // @ts-expect-error -- a product by its name
  publish(["partners"]);
  // @ts-expect-error -- a document that nobody reads here tells neither path nor title
  ApiSurface.openApiUrl("https://docs.contoso.com/orders.yaml", { format: OpenApiLinkFormat.OPENAPI_YAML });
  // @ts-expect-error -- API Management does not look what stands at an address
  ApiSurface.openApiUrl("https://docs.contoso.com/orders.yaml", { path: "orders", displayName: "Orders" });
  // @ts-expect-error -- an existing registration without saying who assigns the role
  AppRegistration.fromAttributes(stack, "D", { clientId: "id" });
  // @ts-expect-error -- a new registration has a service principal of its own
  new AppRegistration(stack, "E", { assignment: InvokeAssignment.onServicePrincipal("id") });
  // @ts-expect-error -- an Azure service without a role
  Backend.azureResource({ url: "https://a", tokenResource: "https://storage.azure.com/", scope: "/subscriptions/s" });
  // @ts-expect-error -- a role as text
  Backend.blobStorage({ id: "id", primaryBlobEndpoint: "https://a" }, { role: "Storage Blob Data Reader" });
  // @ts-expect-error -- an account without its address
  Backend.azureOpenAi({ id: "id" });
  // @ts-expect-error -- an upstream API by its address: nobody could say whom it lets in
  Backend.upstreamApim("https://other.azure-api.net/orders");
  // @ts-expect-error -- made by its factories alone
  new ApimSku("Premium", 1);
  // @ts-expect-error -- made by its factories alone
  new Audience("id", "clientId");

  // @ts-expect-error -- a plan for an app that has a plan of its own
  Backend.flexFunctionApp({ resourceGroup, runtime: AppRuntime.node("22"), plan: AppServicePlan.dedicated("B1") });

  // @ts-expect-error -- paths without sign-in, and no reason
  AnonymousPaths.of(["/health"]);
  // @ts-expect-error -- an app that answers to keys, and no reason
  SignIn.acceptBoth();
  // @ts-expect-error -- a created app, which nobody has called with a key
  Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22"), signIn: SignIn.REQUIRED });
  // @ts-expect-error -- a service tag as a network
  Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22"), networkAccess: "ApiManagement" });
  // @ts-expect-error -- a private endpoint that nobody finds
  NetworkAccess.privateEndpoint({ subnet: { id: "id" } });

  void gateway;
}

export function mustNotCompileEither(site: LinuxWebApp, app: LinuxFunctionApp, slot: LinuxFunctionAppSlot): void {
  // @ts-expect-error -- a web app as a function app
  Backend.fromLinuxFunctionApp(site);
  // @ts-expect-error -- a function app's slot with a web app
  Backend.fromLinuxWebApp(site, { slots: [slot] });
  // @ts-expect-error -- a Linux app as a Windows app
  Backend.fromWindowsFunctionApp(app);
}
