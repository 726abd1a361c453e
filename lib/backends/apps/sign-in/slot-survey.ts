import { TerraformElement, TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import type { ElementsOfApp } from "../../../core/elements-of-app";
import { finding } from "../../../core/fail";
import { grouped } from "../../../core/grouped";
import { once } from "../../../core/once";
import { Rendered, renderedAttributes } from "../../../core/rendered";
import { stateOf } from "../../../core/state";
import { surveyOfApp, validateBySurvey } from "../../../core/survey";
import { identityOf } from "../../../core/tokens";
import { warnOnce } from "../../../core/warn-once";

/** The app types that have slots: the factory that locks both, and the attribute of a slot that holds the ID of the app. */
const SLOTTED_APPS: Readonly<Record<string, { readonly factory: string; readonly appId: string } | undefined>> = {
  azurerm_linux_function_app: { factory: "fromLinuxFunctionApp", appId: "function_app_id" },
  azurerm_windows_function_app: { factory: "fromWindowsFunctionApp", appId: "function_app_id" },
  azurerm_linux_web_app: { factory: "fromLinuxWebApp", appId: "app_service_id" },
  azurerm_windows_web_app: { factory: "fromWindowsWebApp", appId: "app_service_id" },
};

/** A slot of the construct tree, and the addresses of the apps that its app ID refers to: none if only Terraform knows the app. */
export interface FoundSlot {
  readonly slot: TerraformResource;
  readonly apps: readonly string[];
}

/** The factory that locks an app of a type with its slots; `undefined` for a type without slots. */
export function slotFactory(appType: string): string | undefined {
  return SLOTTED_APPS[appType]?.factory;
}

/** An app or a local value as no other in the construct tree: by its stack and its Terraform address. */
export function addressInTree(element: TerraformElement, type: string): string {
  return `${TerraformStack.of(element).node.path}.${type}.${element.friendlyUniqueId}`;
}

/** What is locked in a construct tree. */
interface Locked {
  /** The types of the locked apps; `*` for an app of another state, which may have any. */
  readonly types: Set<string>;
  readonly slots: Set<IConstruct>;
}

function lockedIn(scope: IConstruct): Locked {
  return stateOf(scope.node.root, "locked-apps", () => ({ types: new Set<string>(), slots: new Set<IConstruct>() }));
}

/**
 * Notes that an app of a type is locked with these slots. A slot whose app cannot be known becomes a warning: it may belong to a
 * locked app, and answer to everyone.
 */
export function noteLocked(scope: IConstruct, type: string, slots: readonly TerraformResource[] = []): void {
  const { types, slots: allSlots } = lockedIn(scope);
  types.add(type);
  slots.forEach((slot) => allSlots.add(slot));
  surveyOfApp(scope, SLOTS_BY_APP, slotSearch(scope));
}

/** The slots of every stack. */
interface FoundSlots {
  readonly byApp: ReadonlyMap<string, readonly FoundSlot[]>;
  readonly bySlot: ReadonlyMap<IConstruct, FoundSlot>;
}

const SLOTS_BY_APP = "slots-by-app";

/** The slots in every stack that belong to an app, by its address in the tree, or that are one of the given. */
type SlotsOf = (app: string, given: Iterable<IConstruct>) => ReadonlySet<FoundSlot>;

/** Adds a validation of slots, which runs again when the stack is written. */
export function validateSlots(scope: IConstruct, judge: (slotsOf: SlotsOf) => string[]): void {
  validateBySurvey(scope, SLOTS_BY_APP, slotSearch(scope), ({ byApp, bySlot }) =>
    judge(
      (app, given) => new Set([...(byApp.get(app) ?? []), ...[...given].flatMap((slot) => bySlot.get(slot) ?? [])]),
    ),
  );
}

function slotSearch(scope: IConstruct): (elements: ElementsOfApp) => FoundSlots {
  return (elements) => {
    const found = findSlots(scope, elements);
    return {
      byApp: grouped(found, ({ apps }) => apps),
      bySlot: new Map(found.map((each) => [each.slot, each])),
    };
  };
}

function findSlots(scope: IConstruct, elements: ElementsOfApp): readonly FoundSlot[] {
  const locked = lockedIn(scope);
  const { resources, locals } = elements;
  const localsByAddress = once(() => new Map(locals.map((local) => [addressInTree(local, "local"), local])));
  const found = [...resources]
    .flatMap(([type, ofType]) => (appIdOfSlot(type) === undefined ? [] : ofType))
    .map((slot) => ({ slot, apps: appsOf(slot, localsByAddress()) }));
  found
    .filter(({ slot, apps }) => apps.length === 0 && !locked.slots.has(slot))
    .filter(({ slot }) => locked.types.has("*") || locked.types.has(appType(slot)))
    .forEach(({ slot }) => warnOfUnknownApp(slot));
  return found;
}

const SUFFIX = "_slot";

function appType({ terraformResourceType: type }: TerraformResource): string {
  return type.slice(0, -SUFFIX.length);
}

/** The attribute of a slot of a type that holds the ID of its app; `undefined` for another type. */
export function appIdOfSlot(slotType: string): string | undefined {
  return slotType.endsWith(SUFFIX) ? SLOTTED_APPS[slotType.slice(0, -SUFFIX.length)]?.appId : undefined;
}

/** The apps that the app ID of a slot refers to, overrides included. */
function appsOf(slot: TerraformResource, locals: ReadonlyMap<string, TerraformLocal>): string[] {
  const seen = new Set<string>();
  const follow = (element: TerraformElement, value: unknown): string[] =>
    addressesIn(element, value).flatMap((address) => {
      const local = seen.has(address) ? undefined : locals.get(address);
      seen.add(address);
      const rendered: Rendered = local?.toTerraform() ?? {};
      return local ? follow(local, rendered.locals[local.friendlyUniqueId]) : [address];
    });
  const all = follow(slot, renderedAttributes(slot)[appIdOfSlot(slot.terraformResourceType) ?? ""]);
  return all.filter((address) => SLOTTED_APPS[address.split(".").slice(-2)[0]] !== undefined);
}

/** A reference to a resource or a local value, with its stack if that is marked. A data source does not match: it can be any app. */
const REFERENCE =
  /(?<![\w.])(?:<([^<>]+)>)?((?:azurerm_(?:(?:linux|windows)_(?:function|web)_app|function_app_flex_consumption|container_app|logic_app_standard)|local)\.[\w-]+)/g;

/** The apps and local values that a value refers to, each as `addressInTree` names it. */
export function addressesIn(element: IConstruct, value: unknown): string[] {
  const text = identityOf(element, value) ?? "";
  const own = TerraformStack.of(element).node.path;
  return [...text.matchAll(REFERENCE)].map(([, stack = own, name]) => `${stack}.${name}`);
}

function warnOfUnknownApp(slot: TerraformResource): void {
  const factory = slotFactory(appType(slot));
  warnOnce(
    slot,
    finding(
      "slot-of-unknown-app",
      `Not checked: whether this slot belongs to an app that is the backend of an API. Only Terraform knows its app, and a slot ` +
        `that is not locked answers to everyone at its own address.`,
      `If it does, write Backend.${factory}(app, { slots: [slot] }). If not, set its app ID from the object of the app, such as app.id, which the library can read.`,
    ),
  );
}
