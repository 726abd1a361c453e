import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { Aspects, TerraformStack } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { pemOf } from "../../gateway/certificates";
import { elsewhere } from "../../gateway/everything";
import { GROUP } from "../../helpers/synth";
import { newId } from "../stacks";
import { addressOf, Entries, gatewayWith, guidOf, MakeList, valuesOf } from "./make";

const GUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
const WORKSPACE = { id: "/logs" };
const VAULT = lib.KeyVaultRef.fromAttributes({ id: "/vaults/contoso", vaultUri: "https://contoso.vault.azure.net/" });
const ZONE = { id: "/privateDnsZones/privatelink.azure-api.net" };
const NAMED = { apimName: "contoso", resourceGroupName: "platform" };
const ATTRIBUTES = { ...NAMED, sku: lib.ApimSku.PREMIUM, principalId: GUID };

function gateway(props: (entries: Entries) => Partial<lib.ApimGatewayProps>): MakeList {
  return (stack, entries) => gatewayWith(stack, props(entries));
}

function setting(props: (entries: Entries) => Partial<lib.DiagnosticSetting>): MakeList {
  return gateway((entries) => ({
    diagnosticSettings: [{ name: "platform", workspace: WORKSPACE, ...props(entries) }],
  }));
}

function identitiesOf(entries: Entries): lib.GatewayIdentity[] {
  return entries.map((id) =>
    lib.GatewayIdentity.userAssigned({ id: `/identities/${id}`, principalId: guidOf(id), clientId: guidOf(id) }),
  );
}

/** A gateway with APIs that grant its identities access. */
function calling(make: (stack: TerraformStack, entries: Entries) => lib.IApimGateway): MakeList {
  return (stack, entries) => {
    const gateway = make(stack, entries);
    const runtime = lib.AppRuntime.node("22");
    new lib.SecureApimBackend(stack, newId(), {
      gateway,
      backend: lib.Backend.webApp({ resourceGroup: GROUP, runtime }),
    });
    const callers = { allowed: [gateway] };
    new lib.SecureApimBackend(stack, newId(), { gateway, backend: elsewhere(newId()), callers });
  };
}

function judged(options: (entries: Entries) => lib.ApimSecurityRulesOptions): MakeList {
  return (stack, entries) => {
    gatewayWith(stack);
    Aspects.of(stack).add(new lib.ApimSecurityRules(options(entries)));
  };
}

/** Every list of a gateway, and of what is about whole stacks. */
export const LISTS_OF_GATEWAYS: Readonly<Record<string, MakeList>> = {
  "ApimGatewayProps.additionalLocations": gateway((entries) => ({
    additionalLocations: entries.map((location) => ({ location: location.toLowerCase() })),
  })),
  "ApimGatewayProps.customDomains": gateway((entries) => ({
    customDomains: entries.map((id) => ({ hostName: `${id}.contoso.com`, keyVault: VAULT, certificateName: id })),
  })),
  "ApimGatewayProps.caCertificates": gateway((entries) => ({
    caCertificates: entries.map(() => lib.CaCertificate.fromPem(pemOf("root"))),
  })),
  "ApimGatewayProps.grantedIdentities": calling((stack, entries) =>
    gatewayWith(stack, { grantedIdentities: identitiesOf(entries) }),
  ),
  "ApimGatewayProps.additionalIdentities": gateway((entries) => ({ additionalIdentities: identitiesOf(entries) })),
  "ApimGatewayProps.tags": gateway((entries) => ({ tags: valuesOf(entries) })),
  "ApimGatewayProps.diagnosticSettings": gateway((entries) => ({
    diagnosticSettings: entries.map((name) => ({ name, workspace: WORKSPACE })),
  })),
  "ApimGatewayProps.privateEndpoints": gateway((entries) => ({
    privateEndpoints: entries.map((id) => ({
      subnet: { id: `/subnets/${id}` },
      privateDnsZone: ZONE,
      endpointName: id,
    })),
  })),
  "ApimGatewayProps.roleAssignments": gateway((entries) => ({
    roleAssignments: entries.map((key) => ({ key, roleDefinitionIdOrName: "Reader", principalId: guidOf(key) })),
  })),
  "DeclaredGatewayOptions.grantedIdentities": calling((stack, entries) => {
    const service = new ApiManagement(stack, newId(), {
      name: newId(),
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      skuName: "Premium_1",
      identity: { type: "SystemAssigned, UserAssigned", identityIds: entries.map((id) => `/identities/${id}`) },
    });
    return lib.ApimGateway.fromApiManagement(stack, newId(), service, { grantedIdentities: identitiesOf(entries) });
  }),
  "ApimGatewayLookupProps.grantedIdentities": calling((stack, entries) =>
    lib.ApimGateway.fromLookup(stack, newId(), { ...NAMED, grantedIdentities: identitiesOf(entries) }),
  ),
  "ApimGatewayAttributes.grantedIdentities": calling((stack, entries) =>
    lib.ApimGateway.fromAttributes(stack, newId(), { ...ATTRIBUTES, grantedIdentities: identitiesOf(entries) }),
  ),
  "ApimGatewayAttributes.publicIpAddresses": calling((stack, entries) =>
    lib.ApimGateway.fromAttributes(stack, newId(), { ...ATTRIBUTES, publicIpAddresses: entries.map(addressOf) }),
  ),
  "DiagnosticSetting.logGroups": setting((entries) => ({ logGroups: [...entries] })),
  "DiagnosticSetting.logCategories": setting((entries) => ({ logCategories: [...entries] })),
  "DiagnosticSetting.metricCategories": setting((entries) => ({ metricCategories: [...entries] })),
  "ApimSecurityRulesOptions.rules": judged((entries) => ({
    rules: entries.map((id) => ({
      id: `own-${id.toLowerCase()}`,
      title: "The gateway has tags.",
      severity: lib.ApimRuleSeverity.WARNING,
      control: "AM-1",
      findings: () => [],
    })),
  })),
  "ApimSecurityRulesOptions.acknowledged": judged((entries) => ({
    acknowledged: entries.map((id) => ({ rule: "excluded-paths", path: `app/${id}`, reason: "ADR 12" })),
  })),
  "AzureTags.addTo": (stack, entries) => {
    gatewayWith(stack);
    lib.AzureTags.addTo(stack, valuesOf(entries));
  },
};
