import { grouped } from "../../core/grouped";
import { inOrderOf } from "../../core/in-order";
import { azapiTypeOf } from "./azapi";
import type { Configuration } from "./configuration";
import type { Resource } from "./resource";
import { azapiSignIn, azurermSignIn, SignIn } from "./sign-in";
import { isSlotType } from "./app-type";

/** What belongs to apps, but can be a resource of its own: slots and sign-ins. */
export class AppParts {
  /** All slots of sites. */
  public readonly slots: readonly Resource[];
  /** The sign-ins that azapi writes. */
  public readonly signIns: readonly Resource[];
  private readonly inOrder: (slots: Iterable<Resource>) => Resource[];
  private readonly slotsByApp: ReadonlyMap<Resource, readonly Resource[]>;
  private readonly slotsByAppName: ReadonlyMap<string, readonly Resource[]>;
  private readonly signInsByApp: ReadonlyMap<Resource, readonly Resource[]>;

  constructor(configuration: Configuration) {
    this.slots = configuration.resources.filter(({ mode, type }) => mode === "resource" && isSlotType(type));
    this.inOrder = inOrderOf(this.slots);
    this.slotsByApp = grouped(this.slots, (slot) => SLOT_PARENTS.flatMap((id) => slot.referenced(id)));
    this.slotsByAppName = grouped(this.slots, (slot) => SLOT_PARENTS.flatMap((id) => siteIn(slot, id)));
    this.signIns = configuration.azapiResources.filter(isSignIn);
    this.signInsByApp = grouped(this.signIns, (signIn) => this.appsOf(signIn));
  }

  /** The slots of an app, which name it by a reference or by an ID. */
  public slotsOf(app: Resource): Resource[] {
    const named = this.slotsByAppName.get(app.at("name").resolved.toLowerCase()) ?? [];
    return this.inOrder([...(this.slotsByApp.get(app) ?? []), ...named]);
  }

  /** The sign-in of an app or a slot, in it or beside it. */
  public signInOf(app: Resource): SignIn | undefined {
    const [beside] = this.signInsByApp.get(app) ?? [];
    return beside ? azapiSignIn(beside) : azurermSignIn(app);
  }

  /** The apps or the slots that a sign-in is of. */
  private appsOf(signIn: Resource): Resource[] {
    const id = parentAttributeOf(signIn);
    const parents = signIn.referenced(id);
    const [, slot] = /\/slots\/([^/]+)(?:\/config\/[^/]+)?$/i.exec(signIn.at(id).resolved) ?? [];
    if (slot !== undefined)
      return parents.flatMap((app) => this.slotsOf(app)).filter((each) => each.at("name").resolved === slot);
    const isOfSlot = azapiTypeOf(signIn) === "microsoft.web/sites/slots/config";
    return parents.filter(({ type }) => isSlotType(type) === isOfSlot);
  }
}

const SLOT_PARENTS = ["app_service_id", "function_app_id"];
const SIGN_INS = new Set([
  "microsoft.web/sites/config",
  "microsoft.web/sites/slots/config",
  "microsoft.app/containerapps/authconfigs",
]);

/** The attribute of a sign-in with the ID of its parent, or of what azapi updates, which begins with that ID. */
export function parentAttributeOf(signIn: Resource): string {
  return signIn.at("parent_id").isAbsent ? "resource_id" : "parent_id";
}

/** The name of the site at the end of an ID, in lower case. */
function siteIn(slot: Resource, attribute: string): string[] {
  const [, ...names] = slot.at(attribute).resolved.toLowerCase().split("/sites/");
  return names.slice(-1);
}

function isSignIn(resource: Resource): boolean {
  const type = azapiTypeOf(resource) ?? "";
  if (!SIGN_INS.has(type)) return false;
  // The settings of a site are resources of one type.
  const name = resource.at("name").text ?? resource.at("resource_id").resolved.split("/").pop();
  return !type.startsWith("microsoft.web") || name?.toLowerCase() === "authsettingsv2";
}
