import { App, TerraformStack } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ApimGateway, Audience, Backend, SecureApimBackend, SecureApimBackendProps } from "cdktf-secure-apim-backend";
import { writtenIn } from "./stack";
import { dirname } from "path";

/** Synthesizes an API in front of a backend that exists, and returns the folder of its stack. */
export function synthesizeApi(outdir: string, props: Partial<SecureApimBackendProps>): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "bench");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
  const backend = Backend.url("https://things.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  new SecureApimBackend(stack, "Things", { gateway, backend, ...props });
  app.synth();
  return dirname(writtenIn(outdir));
}
