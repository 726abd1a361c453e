import { TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { finding } from "../../../core/fail";
import { renderedAttributes } from "../../../core/rendered";
import { expressionOf } from "../../../core/tokens";
import { IAppRegistration } from "../../../entra/registration";
import { lockSignIn, SignInApp } from "./easy-auth";

/** The app types that have slots: the factory that locks both, and the attribute of a slot that holds the ID of the app. */
const SLOTTED_APPS: Readonly<Record<string, { readonly factory: string; readonly appId: string } | undefined>> = {
  azurerm_linux_function_app: { factory: "fromLinuxFunctionApp", appId: "function_app_id" },
  azurerm_windows_function_app: { factory: "fromWindowsFunctionApp", appId: "function_app_id" },
  azurerm_linux_web_app: { factory: "fromLinuxWebApp", appId: "app_service_id" },
  azurerm_windows_web_app: { factory: "fromWindowsWebApp", appId: "app_service_id" },
};

/** Reference to an app in a Terraform expression. A data source does not match: it can look up any app. */
const APP_REFERENCE = /(?<![\w.])azurerm_(?:linux|windows)_(?:function|web)_app\.[\w-]+/g;

/**
 * Sets the sign-in of an app's slots, with the registration, callers and anonymous paths of the app, so that any of them can be
 * swapped into production. All slots of the app in its stack must be listed, since each has an address that answers.
 *
 * @see https://learn.microsoft.com/azure/app-service/deploy-staging-slots
 * @see docs/design/decisions.md#slots-with-their-app
 */
export function lockSlots(
  scope: Construct,
  app: TerraformResource,
  slots: readonly SignInApp[],
  registration: IAppRegistration,
  excludedPaths?: string[],
): void {
  const locked = new Set<IConstruct>(slots);
  for (const slot of new Set(slots)) lockSignIn(scope, slot, registration, excludedPaths);
  const factory = SLOTTED_APPS[app.terraformResourceType]?.factory;
  if (factory === undefined) return;

  const reference = `${app.terraformResourceType}.${app.friendlyUniqueId}`;
  scope.node.addValidation({
    validate: () => [
      ...slots.flatMap((slot) => {
        const references = appReferences(slot);
        // A literal ID, or one from a variable, counts as the right one.
        return references.length === 0 || references.includes(reference)
          ? []
          : [
              finding(
                "slot-of-another-app",
                `The slot "${slot.node.path}" is listed with the app "${app.node.path}", but it belongs to ${references[0]}.`,
                "List the slot in slots of the backend for that app, which has another registration.",
              ),
            ];
      }),
      ...slotsWithin(TerraformStack.of(app))
        .filter((slot) => !locked.has(slot) && appReferences(slot).includes(reference))
        .map((slot) =>
          finding(
            "slot-not-locked",
            `The slot "${slot.node.path}" of the app "${app.node.path}" is not locked. Slots answer at their own address, so callers ` +
              `without access could reach this one.`,
            `Write Backend.${factory}(app, { slots: [slot] }) with your app and slot objects.`,
          ),
        ),
    ],
  });
}

function slotsWithin(stack: TerraformStack): TerraformResource[] {
  return stack.node
    .findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
    .filter(({ terraformResourceType }) => appIdOf(terraformResourceType) !== undefined);
}

/** The app that a slot refers to, overrides included; empty if only Terraform knows the app. */
function appReferences(slot: TerraformResource): string[] {
  const appId: unknown = renderedAttributes(slot)[appIdOf(slot.terraformResourceType) ?? ""];
  if (typeof appId !== "string") return [];
  return expressionOf(slot, appId)?.match(APP_REFERENCE) ?? [];
}

function appIdOf(slotType: string): string | undefined {
  return slotType.endsWith("_slot") ? SLOTTED_APPS[slotType.slice(0, -"_slot".length)]?.appId : undefined;
}
