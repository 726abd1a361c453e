/*
 * How long it takes to construct and render backends with the library, as a ratio to the same resources written by hand in
 * the same run. Prints the median over rounds that alternate between the two.
 */
import { App, Lazy, TerraformStack } from "cdktf";
import { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";
import { Application } from "@cdktf/provider-azuread/lib/application";
import { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { ApimGateway, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { compare } from "./measure";

const BACKENDS = 50;
const ROUNDS = 7;
const GROUP = { name: "rg", location: "westeurope" };
const HERE = { resourceGroupName: GROUP.name, location: GROUP.location };

function withLibrary(stack: TerraformStack): void {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "A",
    publisherEmail: "a@b.c",
  });
  for (let i = 0; i < BACKENDS; i++) {
    const backend = Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
    new SecureApimBackend(stack, `Backend${i}`, { gateway, backend });
  }
}

function byHand(stack: TerraformStack): void {
  const apim = new ApiManagement(stack, "Gateway", {
    ...HERE,
    name: "gateway",
    publisherName: "A",
    publisherEmail: "a@b.c",
    skuName: "Consumption_0",
    identity: { type: "SystemAssigned" },
  });
  const onGateway = { apiManagementName: apim.name, resourceGroupName: apim.resourceGroupName };
  for (let i = 0; i < BACKENDS; i++) backendByHand(stack, i, apim, onGateway);
}

function backendByHand(
  stack: TerraformStack,
  i: number,
  apim: ApiManagement,
  onGateway: { apiManagementName: string; resourceGroupName: string },
): void {
  const principalId = apim.identity.principalId;
  const name = `backend-${i}`;
  const application = new Application(stack, `App${i}`, {
    displayName: name,
    api: { requestedAccessTokenVersion: 2 },
    appRole: [
      { id: `${i}`, value: "Invoke", displayName: "Invoke", description: "x", allowedMemberTypes: ["Application"] },
    ],
  });
  const principal = new ServicePrincipal(stack, `Principal${i}`, {
    clientId: application.clientId,
    appRoleAssignmentRequired: true,
  });
  const assignment = new AppRoleAssignment(stack, `Assignment${i}`, {
    appRoleId: `${i}`,
    principalObjectId: principalId,
    resourceObjectId: principal.objectId,
  });
  const plan = new ServicePlan(stack, `Plan${i}`, { ...HERE, name, osType: "Linux", skuName: "B1" });
  const app = new LinuxWebApp(stack, `Site${i}`, {
    ...HERE,
    name,
    servicePlanId: plan.id,
    httpsOnly: true,
    identity: { type: "SystemAssigned" },
    siteConfig: { alwaysOn: true, applicationStack: { nodeVersion: "22-lts" } },
    authSettingsV2: {
      authEnabled: true,
      requireAuthentication: true,
      unauthenticatedAction: "Return401",
      activeDirectoryV2: {
        clientId: application.clientId,
        tenantAuthEndpoint: "https://login.microsoftonline.com/tenant/v2.0",
        allowedAudiences: [application.clientId],
        allowedIdentities: Lazy.listValue({ produce: () => [principalId] }),
      },
      login: {},
    },
  });
  const url = `https://${app.defaultHostname}`;
  const entity = new ApiManagementBackend(stack, `Entity${i}`, { ...onGateway, name, protocol: "http", url });
  const api = new ApiManagementApi(stack, `Api${i}`, {
    ...onGateway,
    name,
    path: name,
    displayName: name,
    revision: "1",
    protocols: ["https"],
    serviceUrl: url,
  });
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
    new ApiManagementApiOperation(stack, `${method}${i}`, {
      ...onGateway,
      apiName: api.name,
      operationId: method.toLowerCase(),
      displayName: method,
      method,
      urlTemplate: "/*",
    });
  }
  new ApiManagementApiPolicy(stack, `Policy${i}`, {
    ...onGateway,
    apiName: api.name,
    xmlContent: `<policies><inbound><base /><set-backend-service backend-id="${entity.name}" /><authentication-managed-identity resource="${application.clientId}" /></inbound></policies>`,
    dependsOn: [assignment, app],
  });
}

function render(fill: (stack: TerraformStack) => void): void {
  const stack = new TerraformStack(new App(), "bench");
  fill(stack);
  stack.toTerraform();
}

[withLibrary, byHand].forEach(render);
const [ours, theirs, ratio] = compare(
  ROUNDS,
  () => render(withLibrary),
  () => render(byHand),
);
console.log(
  `${BACKENDS} backends: library ${ours.toFixed(0)} ms, by hand ${theirs.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
);
