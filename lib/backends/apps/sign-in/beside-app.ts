import { TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { ElementsOfApp, elementsOfApp } from "../../../core/elements-of-app";
import { finding } from "../../../core/fail";
import { grouped } from "../../../core/grouped";
import { addressOf, renderedAttributes, stackOverrideAt, targetOfMove } from "../../../core/rendered";
import { surveyOf } from "../../../core/survey";
import { addressesIn, addressInTree, appIdOfSlot } from "./slot-survey";

/** What opens an app but has no class that could be locked: it is written with azapi, or only by an override of a stack. */
interface Beside {
  readonly name: string;
  readonly apps: readonly string[];
}

/** A slot, or the sign-in of an app or a slot, as azapi names their types. */
const SLOT = /^Microsoft\.Web\/sites\/slots@/i;
const SIGN_IN = /^Microsoft\.Web\/sites\/(?:slots\/)?config@/i;
const CONTAINER_SIGN_IN = /^Microsoft\.App\/containerApps\/authConfigs@/i;

/**
 * Makes it an error at synth to open an app by what cannot be locked.
 *
 * @param own the sign-in of the app, if it is written with azapi
 */
export function forbidBeside(scope: IConstruct, app: TerraformResource, own?: TerraformResource): void {
  const stack = TerraformStack.of(scope);
  const found = surveyOf(stack, "beside-each-app", () => grouped(besideApps(elementsOfApp(scope)), ({ apps }) => apps));
  scope.node.addValidation({
    validate: () => {
      const address = addressInTree(app, app.terraformResourceType);
      const others = (found().get(address) ?? []).filter(({ name }) => name !== own?.node.path);
      // What the sign-in moves to is the sign-in.
      const target = others.length > 0 && own ? targetOfMove(own)?.node.path : undefined;
      return others.filter(({ name }) => name !== target).map(({ name }) => besideFinding(name, app));
    },
  });
}

function besideFinding(name: string, app: TerraformResource): string {
  return finding(
    "app-opened-beside",
    `"${name}" declares a slot or a sign-in of the app "${app.node.path}" in a way that cannot be locked, so it could answer to everyone.`,
    "Remove it. Declare a slot with its class, such as new LinuxWebAppSlot(...), and list it in slots of the backend. The library sets " +
      "the sign-in.",
  );
}

function besideApps({ resources, overridingStacks }: ElementsOfApp): Beside[] {
  const ofAzapi = ["azapi_update_resource", "azapi_resource", "azapi_resource_action"].flatMap(
    (type) => resources.get(type) ?? [],
  );
  return [
    ...ofAzapi.flatMap(besideByAzapi),
    ...overridingStacks.flatMap((stack) => besideByOverride(stack, (type) => resources.get(type) ?? [])),
  ];
}

function besideByAzapi(resource: TerraformResource): Beside[] {
  const { type, name, parent_id: parent, resource_id: id, action } = renderedAttributes(resource);
  const isSignIn = SIGN_IN.test(type) && /authsettings/i.test(`${name} ${id}`);
  const isAction = /authsettings|authConfigs/i.test(action ?? "");
  if (!SLOT.test(type) && !isSignIn && !isAction && !CONTAINER_SIGN_IN.test(type)) return [];
  return [{ name: resource.node.path, apps: [parent, id].flatMap((value) => addressesIn(resource, value)) }];
}

/** The slots that the overrides of a stack declare, and no element of the stack. */
function besideByOverride(stack: TerraformStack, ofType: (type: string) => readonly TerraformResource[]): Beside[] {
  const overrides: Record<string, object> = Object(stackOverrideAt(stack, ["resource"]));
  return Object.entries(overrides).flatMap(([type, blocks]) => {
    const appId = appIdOfSlot(type);
    if (appId === undefined) return [];
    const own = ofType(type).filter((slot) => TerraformStack.of(slot) === stack);
    const declared = new Set(own.map(addressOf));
    return Object.entries(blocks)
      .filter(([name]) => !declared.has(`resource.${type}.${name}`))
      .map(([name, block]) => ({
        name: `${type}.${name}`,
        apps: addressesIn(stack, Object(block)[appId]),
      }));
  });
}
