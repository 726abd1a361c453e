import { TerraformStack } from "cdktf";
import { ApimGateway, AppRuntime, Audience, Backend, IApimBackend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { BackendKind, CLIENT_ID, GROUP } from "./stack";

/** The same as `byHand`, with the library. */
export function withLibrary(stack: TerraformStack, kind: BackendKind, count: number): void {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  for (let i = 0; i < count; i++) new SecureApimBackend(stack, `Backend${i}`, { gateway, backend: backendOf(kind, i) });
}

function backendOf(kind: BackendKind, i: number): IApimBackend {
  if (kind === "url") return Backend.url(`https://b${i}.contoso.com`, Audience.clientId(CLIENT_ID));
  const props = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };
  return kind === "webApp" ? Backend.webApp(props) : Backend.functionApp(props);
}
