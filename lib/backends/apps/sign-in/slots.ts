import { TerraformResource } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { finding } from "../../../core/fail";
import { writtenAs } from "../../../core/rendered";
import { IAppRegistration } from "../../../entra/registration";
import { lockSignIn, SignInApp, SignInSettings } from "./easy-auth";
import { addressInTree, noteLocked, slotFactory, validateSlots } from "./slot-survey";

/**
 * Sets the sign-in of an app's slots, with the registration, callers and anonymous paths of the app, so that any of them can be
 * swapped into production. All slots of the app must be listed, in whatever stack, since each has an address that answers.
 *
 * @see https://learn.microsoft.com/azure/app-service/deploy-staging-slots
 * @see docs/design/decisions.md#slots-with-their-app
 */
export function lockSlots(
  scope: Construct,
  app: TerraformResource,
  slots: readonly SignInApp[],
  registration: IAppRegistration,
  settings: SignInSettings = {},
): void {
  for (const slot of new Set(slots)) lockSignIn(scope, slot, registration, settings);
  const factory = slotFactory(app.terraformResourceType);
  if (factory === undefined) return;

  noteLocked(scope, app.terraformResourceType, slots);
  validateSlots(scope, (slotsOf) => {
    // What a slot was moved to is checked like the slot.
    const locked = new Set<IConstruct>(slots.flatMap((slot) => [slot, writtenAs(slot) ?? slot]));
    const address = addressInTree(app, app.terraformResourceType);
    return [...slotsOf(address, locked)].flatMap(({ slot, apps }) => {
      const isOfApp = apps.includes(address);
      // A literal ID, or one from a variable, counts as the right one.
      if (locked.has(slot)) return isOfApp || apps.length === 0 ? [] : [ofAnotherApp(slot, app, apps[0])];
      return isOfApp ? [notLocked(slot, app, factory)] : [];
    });
  });
}

function ofAnotherApp(slot: TerraformResource, app: TerraformResource, address: string): string {
  return finding(
    "slot-of-another-app",
    `The slot "${slot.node.path}" is listed with the app "${app.node.path}", but it belongs to ${address.replace(/^\w+\./, "")}.`,
    "List the slot in slots of the backend for that app, which has another registration.",
  );
}

function notLocked(slot: TerraformResource, app: TerraformResource, factory: string): string {
  return finding(
    "slot-not-locked",
    `The slot "${slot.node.path}" of the app "${app.node.path}" is not locked. Slots answer at their own address, so callers ` +
      `without access could reach this one.`,
    `Write Backend.${factory}(app, { slots: [slot] }) with your app and slot objects, which are in one stack.`,
  );
}
