import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { TerraformStack } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { OWN_APP, OWN_FUNCTION_APP, OWN_SLOT } from "../../backends/kinds";
import { GROUP } from "../../helpers/synth";
import { newId } from "../stacks";
import { addressOf, apiWith, Entries, guidOf, MakeList, valuesOf } from "./make";

const MADE = { resourceGroup: GROUP, runtime: lib.AppRuntime.node("22") };
const WITH_SLOTS = { ...MADE, plan: lib.AppServicePlan.dedicated("S1") };
const WORKSPACE = { id: "/logs" };

function functionApp(props: (entries: Entries) => Partial<lib.FunctionAppProps>): MakeList {
  return apiWith((entries) => ({ backend: lib.Backend.functionApp({ ...WITH_SLOTS, ...props(entries) }) }));
}

function ownApp(backend: (entries: Entries, stack: TerraformStack) => lib.IApimBackend): MakeList {
  return apiWith((entries, _, stack) => ({ backend: backend(entries, stack) }));
}

function slotsOf(entries: Entries): lib.AppSlot[] {
  return entries.map((name) => ({ name: name.toLowerCase() }));
}

/** Every list of an app. */
export const LISTS_OF_APPS: Readonly<Record<string, MakeList>> = {
  "AppProps.appSettings": functionApp((entries) => ({ appSettings: valuesOf(entries) })),
  "AppSlot.appSettings": functionApp((entries) => ({
    slots: [{ name: "staging", appSettings: valuesOf(entries) }],
  })),
  "PlanAppProps.stickySettings": functionApp((entries) => ({
    appSettings: valuesOf(entries),
    stickySettings: [...entries],
  })),
  "PlanAppProps.slots": functionApp((entries) => ({ slots: slotsOf(entries) })),
  "PlanAppProps.slots with logs": apiWith((entries) => ({
    backend: lib.Backend.windowsWebApp({
      ...WITH_SLOTS,
      networkAccess: lib.NetworkAccess.fromGatewayAddresses(),
      accessLogs: WORKSPACE,
      slots: slotsOf(entries),
    }),
  })),
  "FunctionsProps.extraStorageRoles": functionApp(({ length }) => ({
    extraStorageRoles: Object.values(lib.StorageRole).slice(0, length),
  })),
  "CreatedAppProps.additionalIdentities": functionApp((entries) => ({
    additionalIdentities: entries.map((id) => ({ id, principalId: guidOf(id), clientId: guidOf(id) })),
  })),
  "CreatedAppProps.tags": functionApp((entries) => ({ tags: valuesOf(entries) })),
  "CreatedAppProps.diagnosticSettings": functionApp((entries) => ({
    diagnosticSettings: entries.map((name) => ({ name, workspace: WORKSPACE })),
  })),
  "CreatedAppProps.roleAssignments": functionApp((entries) => ({
    roleAssignments: entries.map((key) => ({ key, roleDefinitionIdOrName: "Reader", principalId: guidOf(key) })),
  })),
  "AppCors.allowedOrigins": functionApp((entries) => ({
    cors: { allowedOrigins: entries.map((id) => `https://${id}.contoso.com`) },
  })),
  "AnonymousPaths.of": functionApp((entries) => {
    const paths = entries.map((id) => `/api/${id}`);
    return { anonymousPaths: lib.AnonymousPaths.of(paths, "probes have no token, ADR 9") };
  }),
  "RestrictedAccessOptions.publishFrom": functionApp((entries) => ({
    networkAccess: lib.NetworkAccess.fromGatewayAddresses({ publishFrom: entries.map((id) => `${addressOf(id)}/32`) }),
  })),
  "ContainerAppProps.environmentVariables": apiWith((entries) => ({
    backend: lib.Backend.containerApp({
      resourceGroup: GROUP,
      image: "contoso/orders:1",
      targetPort: 8080,
      environmentVariables: valuesOf(entries),
    }),
  })),
  "DeclaredLinuxFunctionAppOptions.slots": ownApp((entries, stack) => {
    const app = new LinuxFunctionApp(stack, newId(), OWN_FUNCTION_APP);
    const slots = entries.map(
      (name) => new LinuxFunctionAppSlot(stack, name, { ...OWN_SLOT, name, functionAppId: app.id }),
    );
    return lib.Backend.fromLinuxFunctionApp(app, { slots });
  }),
  "DeclaredLinuxWebAppOptions.slots": ownApp((entries, stack) => {
    const app = new LinuxWebApp(stack, newId(), OWN_APP);
    const slots = entries.map((name) => new LinuxWebAppSlot(stack, name, { ...OWN_SLOT, name, appServiceId: app.id }));
    return lib.Backend.fromLinuxWebApp(app, { slots });
  }),
  "DeclaredWindowsFunctionAppOptions.slots": ownApp((entries, stack) => {
    const app = new WindowsFunctionApp(stack, newId(), OWN_FUNCTION_APP);
    const slots = entries.map(
      (name) => new WindowsFunctionAppSlot(stack, name, { ...OWN_SLOT, name, functionAppId: app.id }),
    );
    return lib.Backend.fromWindowsFunctionApp(app, { slots });
  }),
  "DeclaredWindowsWebAppOptions.slots": ownApp((entries, stack) => {
    const app = new WindowsWebApp(stack, newId(), OWN_APP);
    const slots = entries.map(
      (name) => new WindowsWebAppSlot(stack, name, { ...OWN_SLOT, name, appServiceId: app.id }),
    );
    return lib.Backend.fromWindowsWebApp(app, { slots });
  }),
};
