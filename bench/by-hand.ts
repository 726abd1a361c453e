import { Fn, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";
import { Application } from "@cdktf/provider-azuread/lib/application";
import { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { BackendKind, CLIENT_ID, GROUP, roleIdOf } from "./stack";

const HERE = { resourceGroupName: GROUP.name, location: GROUP.location };

/** The hand-written side: what an engineer writes with cdktf alone to get the same JSON. */
export function byHand(stack: TerraformStack, kind: BackendKind, count: number): void {
  const client = new DataAzurermClientConfig(stack, "SecureApimBackendClientConfig", {});
  const apim = new ApiManagement(new Construct(stack, "Gateway"), "Resource", {
    ...HERE,
    name: `gateway-${hashOf(client, "bench/Gateway")}`,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    skuName: "Consumption_0",
    identity: { type: "SystemAssigned" },
    security: {
      backendSsl30Enabled: false,
      backendTls10Enabled: false,
      backendTls11Enabled: false,
      frontendTls10Enabled: false,
      frontendTls11Enabled: false,
    },
  });
  for (let i = 0; i < count; i++) {
    const scope = new Construct(stack, `Backend${i}`);
    const backend =
      kind === "url"
        ? { url: `https://b${i}.contoso.com`, audience: CLIENT_ID, dependencies: [] }
        : appByHand(scope, kind, i, { apim, client });
    apiByHand(scope, i, apim, backend);
  }
}

interface Around {
  readonly apim: ApiManagement;
  readonly client: DataAzurermClientConfig;
}

interface BackendByHand {
  readonly url: string;
  readonly audience: string;
  readonly dependencies: TerraformResource[];
}

function appByHand(parent: Construct, kind: BackendKind, i: number, { apim, client }: Around): BackendByHand {
  const scope = new Construct(parent, "Backend");
  const path = `bench/Backend${i}/Backend`;
  const name = `backend${i}-${hashOf(client, path)}`;
  const plan = new ServicePlan(scope, "Plan", { ...HERE, name, osType: "Linux", skuName: "B1" });
  const registration = registrationByHand(scope, i, apim);
  const { application } = registration;
  const app = {
    ...HERE,
    name,
    servicePlanId: plan.id,
    httpsOnly: true,
    appSettings: {},
    identity: { type: "SystemAssigned" },
    ftpPublishBasicAuthenticationEnabled: false,
    webdeployPublishBasicAuthenticationEnabled: false,
    authSettingsV2: {
      authEnabled: true,
      requireAuthentication: true,
      requireHttps: true,
      unauthenticatedAction: "Return401",
      activeDirectoryV2: {
        clientId: application.clientId,
        tenantAuthEndpoint: `https://login.microsoftonline.com/${client.tenantId}/v2.0`,
        allowedAudiences: [application.clientId],
        allowedIdentities: [apim.identity.principalId],
      },
      login: { tokenStoreEnabled: false },
    },
  };
  const siteConfig = {
    alwaysOn: true,
    ftpsState: "Disabled",
    http2Enabled: true,
    minimumTlsVersion: "1.2",
    scmMinimumTlsVersion: "1.2",
  };
  const audience = application.clientId;
  if (kind === "webApp") {
    const site = new LinuxWebApp(scope, "Resource", {
      ...app,
      siteConfig: { ...siteConfig, applicationStack: { nodeVersion: "22-lts" } },
    });
    return {
      url: `https://${site.defaultHostname}`,
      audience,
      dependencies: [site, registration.assignment],
    };
  }
  const storage = storageByHand(scope, `backend${i}${hashOf(client, path)}`);
  const site = new LinuxFunctionApp(scope, "Resource", {
    ...app,
    siteConfig: { ...siteConfig, applicationStack: { nodeVersion: "22" } },
    builtinLoggingEnabled: false,
    storageAccountName: storage.name,
    storageUsesManagedIdentity: true,
  });
  const role = new RoleAssignment(new Construct(scope, "StorageRoles"), "storage-blob-data-owner", {
    principalId: site.identity.principalId,
    principalType: "ServicePrincipal",
    roleDefinitionName: "Storage Blob Data Owner",
    scope: storage.id,
  });
  const url = `https://${site.defaultHostname}/api`;
  return { url, audience, dependencies: [site, role, registration.assignment] };
}

function storageByHand(scope: Construct, name: string): StorageAccount {
  return new StorageAccount(scope, "Storage", {
    ...HERE,
    name,
    accountTier: "Standard",
    accountReplicationType: "LRS",
    allowNestedItemsToBePublic: false,
    crossTenantReplicationEnabled: false,
    defaultToOauthAuthentication: true,
    httpsTrafficOnlyEnabled: true,
    localUserEnabled: false,
    minTlsVersion: "TLS1_2",
    sharedAccessKeyEnabled: false,
  });
}

function registrationByHand(parent: Construct, i: number, apim: ApiManagement) {
  const scope = new Construct(parent, "Registration");
  const id = roleIdOf(i);
  const application = new Application(scope, "Resource", {
    displayName: `bench/backend${i}`,
    signInAudience: "AzureADMyOrg",
    api: { requestedAccessTokenVersion: 2 },
    appRole: [
      {
        id,
        value: "Invoke",
        displayName: "Invoke",
        description: "May call the API.",
        allowedMemberTypes: ["Application"],
        enabled: true,
      },
    ],
  });
  const principal = new ServicePrincipal(scope, "ServicePrincipal", {
    clientId: application.clientId,
    appRoleAssignmentRequired: true,
  });
  const assignment = new AppRoleAssignment(scope, "Invoke-Gateway", {
    appRoleId: id,
    principalObjectId: apim.identity.principalId,
    resourceObjectId: principal.objectId,
  });
  return { application, assignment };
}

function apiByHand(parent: Construct, i: number, apim: ApiManagement, backend: BackendByHand): void {
  const { url, audience, dependencies } = backend;
  const name = `backend${i}`;
  const onGateway = { apiManagementName: apim.name, resourceGroupName: apim.resourceGroupName };
  const scope = new Construct(parent, "Api");
  const api = new ApiManagementApi(scope, "Resource", {
    ...onGateway,
    name,
    path: name,
    displayName: `Backend${i}`,
    revision: "1",
    protocols: ["https"],
    serviceUrl: url,
    subscriptionRequired: true,
    subscriptionKeyParameterNames: { header: "Ocp-Apim-Subscription-Key", query: "subscription-key" },
    lifecycle: replacedWith(apim),
  });
  for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]) {
    new ApiManagementApiOperation(scope, method, {
      ...onGateway,
      apiName: api.name,
      operationId: method.toLowerCase(),
      displayName: `${method} on any path`,
      method,
      urlTemplate: "/*",
      lifecycle: replacedWith(api),
    });
  }
  const entity = new ApiManagementBackend(parent, "BackendEntity", {
    ...onGateway,
    name,
    protocol: "http",
    url,
    tls: { validateCertificateChain: true, validateCertificateName: true },
    lifecycle: replacedWith(apim),
  });
  new ApiManagementApiPolicy(parent, "Policy", {
    ...onGateway,
    apiName: name,
    xmlContent: policyByHand(entity.name, audience),
    dependsOn: [api, ...dependencies],
    lifecycle: replacedWith(api),
  });
}

function replacedWith(resource: TerraformResource) {
  return { replaceTriggeredBy: [`${resource.terraformResourceType}.${resource.friendlyUniqueId}.id`] };
}

function hashOf(client: DataAzurermClientConfig, path: string): string {
  return Fn.substr(Fn.sha256(Fn.join("/", [client.subscriptionId, GROUP.name, path])), 0, 10);
}

function policyByHand(entity: string, audience: string): string {
  const hash = audience === CLIENT_ID ? "423d0566" : "a2841661";
  return `<policies>
  <inbound>
    <base />
    <set-header id="secure-apim-backend-x-caller-object-id-628f6f92" name="X-Caller-Object-Id" exists-action="delete" />
    <set-header id="secure-apim-backend-x-caller-tenant-id-d907b700" name="X-Caller-Tenant-Id" exists-action="delete" />
    <set-header id="secure-apim-backend-x-caller-client-id-3d3a577b" name="X-Caller-Client-Id" exists-action="delete" />
    <set-header id="secure-apim-backend-x-caller-subject-27b98826" name="X-Caller-Subject" exists-action="delete" />
    <set-header id="secure-apim-backend-subscription-key-header-8def38d2" name="Ocp-Apim-Subscription-Key" exists-action="delete" />
    <set-query-parameter id="secure-apim-backend-subscription-key-query-0aa4ca97" name="subscription-key" exists-action="delete" />
    <set-backend-service id="secure-apim-backend-route-2a222e7e" backend-id="${entity}" />
    <authentication-managed-identity id="secure-apim-backend-token-${hash}" resource="${audience}" />
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>`;
}
