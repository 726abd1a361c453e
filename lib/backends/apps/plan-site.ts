import { Construct } from "constructs";
import { fail } from "../../core/fail";
import { BackendBindOptions } from "../backend";
import { PlanAppProps } from "./app-props";
import { checkedRuntime, RuntimeKind } from "./app-runtime";
import { BoundPlan, checkedPlan, OsType } from "./app-service-plan";
import { AppSlot, checkedSlots } from "./app-slot";
import { healthCheckConfig } from "./health-check";
import { siteNetwork } from "./network/network-access";
import { checkedStickyNames } from "./sticky-settings";
import { appName, appNameLength, HOST_ID_LENGTH, onNetwork, siteSettings } from "./site";

/** An app on a plan: what it runs. */
export interface PlanSite<Kind extends RuntimeKind> {
  readonly kind: Kind;
  readonly osType: OsType;
  readonly functions: boolean;
}

/**
 * Creates the plan of an app, and returns the part of its configuration that is the same for all apps on a plan: FTP is off.
 * azurerm defaults to a 32-bit process on Windows, in which no current Java runs.
 */
export function createPlanSite<Kind extends RuntimeKind>(
  scope: Construct,
  { defaultName, gateway }: BackendBindOptions,
  props: PlanAppProps,
  site: PlanSite<Kind>,
) {
  const network = siteNetwork(scope, props, gateway);
  const group = props.resourceGroup;
  const slots = checkedSlots(scope, props.slots);
  const plan = checkedPlan(scope, props.plan)._bind(
    scope,
    { ...props, defaultName },
    { ...site, slots: slots.length > 0 },
  );
  const { siteConfig, ...settings } = siteSettings(scope, props, "Microsoft.Web/serverFarms");
  const ofSlots = {
    ...settings,
    ftpPublishBasicAuthenticationEnabled: false,
    siteConfig: {
      ...siteConfig,
      ...(props.healthCheck && healthCheckConfig(scope, props.healthCheck)),
      applicationStack: checkedRuntime(scope, props.runtime)._stack(scope, site.kind),
      ftpsState: "Disabled",
      alwaysOn: alwaysOn(scope, props.alwaysOn, plan),
      ...(site.osType === "Windows" && { use32BitWorker: false }),
    },
  };
  const sticky = checkedStickyNames(scope, props.stickySettings);
  const maxLength = site.functions ? HOST_ID_LENGTH : 60;
  if (site.functions) checkHostIds(scope, appNameLength(props, defaultName, maxLength), slots);
  return {
    network,
    plan,
    slots,
    sticky,
    /** What slots have as well. */
    ofSlots,
    config: {
      ...onNetwork(ofSlots, network),
      name: appName(scope, props, defaultName, maxLength),
      resourceGroupName: group.name,
      location: group.location,
      servicePlanId: plan.id,
      stickySettings: sticky.length > 0 ? { appSettingNames: sticky } : undefined,
    },
  };
}

function alwaysOn(scope: Construct, given: boolean | undefined, plan: BoundPlan): boolean | undefined {
  if (given !== undefined && plan.alwaysOn === undefined)
    fail(
      scope,
      "always-on-not-in-tier",
      `alwaysOn is ${given}, but Azure decides on an elastic premium plan how long an app stays loaded.`,
      "Omit alwaysOn, or use a dedicated plan.",
    );
  return given ?? plan.alwaysOn;
}

/** The length of the shortest name of an app. */
const MIN_NAME_LENGTH = 2;

/** Two function apps on one storage account, and so an app and its slots, must differ in what their host IDs consist of. */
function checkHostIds(scope: Construct, nameLength: number, slots: readonly AppSlot[]): void {
  const name = "x".repeat(nameLength);
  const ids = [name, ...slots.map((slot) => `${name}-${slot.name}`.slice(0, HOST_ID_LENGTH).toLowerCase())];
  const maxLength = HOST_ID_LENGTH - 1 - Math.max(0, ...slots.map((slot) => slot.name.length));
  if (new Set(ids).size < ids.length)
    fail(
      scope,
      "slot-shares-host-id",
      `The name of the app has ${nameLength} characters, so the app and its slots share the first ${HOST_ID_LENGTH} characters of their names. ` +
        `The functions host uses these as its ID, and two hosts with one ID disturb each other.`,
      maxLength < MIN_NAME_LENGTH
        ? `Use shorter names: appName and the name of each slot may have ${HOST_ID_LENGTH - 1} characters together.`
        : `Set an appName of at most ${maxLength} characters, or shorter names of slots.`,
    );
}
