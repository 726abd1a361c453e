import { TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { renderedAttributes } from "../../../core/rendered";
import { expressionOf } from "../../../core/tokens";
import { IAppRegistration } from "../../../entra/registration";
import { lockSignIn, SignInApp } from "./easy-auth";
import { finding } from "../../../core/fail";

/** The kinds of slot that azurerm knows, with the attribute that says of which app one is. */
const APP_ID_OF_SLOT = new Map([
  ["azurerm_linux_function_app_slot", "function_app_id"],
  ["azurerm_windows_function_app_slot", "function_app_id"],
  ["azurerm_linux_web_app_slot", "app_service_id"],
  ["azurerm_windows_web_app_slot", "app_service_id"],
]);

/** The kinds of app that have slots, with the factory that locks them together. */
const FACTORY_OF_APP = new Map([
  ["azurerm_linux_function_app", "fromLinuxFunctionApp"],
  ["azurerm_windows_function_app", "fromWindowsFunctionApp"],
  ["azurerm_linux_web_app", "fromLinuxWebApp"],
  ["azurerm_windows_web_app", "fromWindowsWebApp"],
]);

/** Reference to an app in a Terraform expression; what a data source looks up may be any app. */
const APP_REFERENCE = /(?<![\w.])azurerm_(?:linux|windows)_(?:function|web)_app\.[\w-]+/g;

/**
 * Sets the sign-in of an app's slots, for the same registration, callers and anonymous paths, so that it does not matter which of
 * them is swapped into production. Every slot of the app in its stack must be among them: each has an address of its own.
 *
 * @see https://learn.microsoft.com/azure/app-service/deploy-staging-slots
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
  const factory = FACTORY_OF_APP.get(app.terraformResourceType);
  if (factory === undefined) return;

  const reference = `${app.terraformResourceType}.${app.friendlyUniqueId}`;
  scope.node.addValidation({
    validate: () => [
      ...slots.flatMap((slot) => {
        const references = appReferences(slot);
        // The id of an app that is given by a variable, or literally, is taken for the right one.
        return references.length === 0 || references.includes(reference)
          ? []
          : [
              finding(
                "slot-of-another-app",
                `The slot "${slot.node.path}" is locked with the app "${app.node.path}", but it is one of ${references[0]}. ` +
                  `Write it in the slots of that app, which has a registration of its own.`,
              ),
            ];
      }),
      ...slotsWithin(TerraformStack.of(app))
        .filter((slot) => !locked.has(slot) && appReferences(slot).includes(reference))
        .map((slot) =>
          finding(
            "slot-not-locked",
            `The slot "${slot.node.path}" of the app "${app.node.path}" has an address of its own, and no sign-in that this library set: somebody other than ` +
              `the granted callers could get in. Write Backend.${factory}(app, { slots: [slot] }), where both are objects of your own.`,
          ),
        ),
    ],
  });
}

function slotsWithin(stack: TerraformStack): TerraformResource[] {
  return stack.node
    .findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
    .filter(({ terraformResourceType }) => APP_ID_OF_SLOT.has(terraformResourceType));
}

/** The apps that a slot refers to in saying whose it is, overrides included: one, or none where they are not known here. */
function appReferences(slot: TerraformResource): string[] {
  const attribute = APP_ID_OF_SLOT.get(slot.terraformResourceType) ?? "";
  const appId: unknown = renderedAttributes(slot)[attribute];
  if (typeof appId !== "string") return [];
  return expressionOf(slot, appId)?.match(APP_REFERENCE) ?? [];
}
