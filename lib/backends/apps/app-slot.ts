import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { Construct } from "constructs";
import { AZURE_NAMES } from "../../azure/names";
import { fail } from "../../core/fail";
import { requireGiven, requireList } from "../../core/given";
import { requireLiteral } from "../../core/literal";
import { checkName, kebabCase } from "../../core/names";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { repeated } from "../../core/repeated";
import { NetworkAccess } from "./network/network-access";

/** A deployment slot that is created with its app, and closed like it. */
export interface AppSlot {
  /** Name of the slot, such as `staging`; a plain string. It is part of the slot's address: `<app>-staging.azurewebsites.net`. */
  readonly name: string;

  /**
   * App settings of the slot, in addition to those of the app, which they override. List what must not be swapped in `stickySettings`.
   *
   * @default - those of the app
   */
  readonly appSettings?: { [name: string]: string };

  /**
   * From where the slot and its publishing site can be reached. The sign-in applies in addition.
   *
   * @default - from where the app can be reached
   */
  readonly networkAccess?: NetworkAccess;
}

/** What is created for a deployment slot, besides the slot. */
export interface AppSlotResources {
  /** The role assignments of the slot's identity on the storage account of a function app; empty for a web app. */
  readonly storageRoles: RoleAssignment[];

  /**
   * The role assignment with which the slot sends telemetry.
   *
   * @default - none without `applicationInsights`
   */
  readonly telemetryRole?: RoleAssignment;

  /**
   * Where the access logs of the slot go.
   *
   * @default - none without `accessLogs`
   */
  readonly accessLog?: MonitorDiagnosticSetting;

  /**
   * The private endpoint of the slot.
   *
   * @default - none without `NetworkAccess.privateEndpoint`
   */
  readonly privateEndpoint?: PrivateEndpoint;

  /** The diagnostic settings of the slot, in the order of `diagnosticSettings`. */
  readonly diagnosticSettings: MonitorDiagnosticSetting[];
}

const NAMES: PropertyNames<AppSlot> = { name: true, appSettings: true, networkAccess: true };

/** The slots, each with a name that no other has. */
export function checkedSlots(scope: Construct, slots: readonly AppSlot[] = []): readonly AppSlot[] {
  const example = 'slots: [{ name: "staging" }]';
  requireList(scope, "slots", slots, example);
  const names = slots.map((slot) => {
    const { name } = requireGiven(scope, slot, { name: "an entry of slots", texts: ["name"], example });
    requireOnly(scope, "an entry of slots", slot, { names: NAMES, example });
    requireLiteral(scope, "The name of a deployment slot", name);
    return checkName(scope, AZURE_NAMES.slot, name, kebabCase(name)).toLowerCase();
  });
  const [slot] = repeated(names, (name) => name);
  if (slot) fail(scope, "slot-name-taken", `Two deployment slots are named "${slot[0]}".`, "Rename one of them.");
  return slots;
}
