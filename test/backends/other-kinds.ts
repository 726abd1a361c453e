import { Construct } from "constructs";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { LogicAppStandard } from "@cdktf/provider-azurerm/lib/logic-app-standard";
import {
  ApimGateway,
  ApimSku,
  Audience,
  AzureRole,
  Backend,
  IApimBackend,
  IApimGateway,
  OpenAiAccountRef,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { GROUP } from "../helpers/synth";
import { OWN_CONTAINER_APP, OWN_LOGIC_APP } from "./kinds";
import { SERVICES, serviceAt } from "./services/every-service";

const CLIENT_ID = "11111111-1111-1111-1111-111111111111";
const SITES = `/subscriptions/${CLIENT_ID}/resourceGroups/rg/providers/Microsoft.Web/sites`;
const ACCOUNT = OpenAiAccountRef.fromAttributes({ id: "/accounts/a", endpoint: "https://a.openai.azure.com/" });

/** A service that is elsewhere. */
const url = (): IApimBackend => Backend.url("https://orders.contoso.com", Audience.clientId(CLIENT_ID));

/** Every kind of backend that is not in kinds.ts: what has no app, and what has a sign-in that azapi writes. */
export const OTHER_KINDS: Readonly<Record<string, (scope: Construct, gateway: IApimGateway) => IApimBackend>> = {
  url,
  upstreamApim: (scope, outer) => {
    const gateway = ApimGateway.fromAttributes(scope, "Inner", {
      apimName: `inner-${scope.node.id.toLowerCase()}`,
      resourceGroupName: "platform",
      principalId: CLIENT_ID,
      sku: ApimSku.BASIC_V2,
    });
    const callers = { allowed: [outer] };
    return Backend.upstreamApim(new SecureApimBackend(scope, "Upstream", { gateway, backend: url(), callers }));
  },
  existingApp: ({ node }) => Backend.existingApp(`${SITES}/invoices-${node.id}`, "https://invoices.azurewebsites.net"),
  containerApp: () => Backend.containerApp({ resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 8080 }),
  fromContainerApp: (scope) => Backend.fromContainerApp(new ContainerApp(scope, "App", OWN_CONTAINER_APP)),
  fromLogicAppStandard: (scope) => Backend.fromLogicAppStandard(new LogicAppStandard(scope, "App", OWN_LOGIC_APP)),
  ...Object.fromEntries(
    Object.entries(SERVICES).map(([factory, { served }]) => [factory, () => serviceAt(factory, served.public![0])]),
  ),
  azureOpenAiV1: () => Backend.azureOpenAiV1(ACCOUNT),
  foundryProject: () => Backend.foundryProject(ACCOUNT, "orders", { role: AzureRole.of("Agents") }),
  azureResource: () =>
    Backend.azureResource({
      url: "https://a.azconfig.io",
      tokenResource: "https://azconfig.io",
      scope: "/configuration",
      role: AzureRole.of("App Configuration Data Reader"),
    }),
};
