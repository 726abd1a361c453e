import type { App } from "../model/app";
import { namesCallers, SignIn } from "../model/sign-in";
import { judged, Judgement, SecurityRule } from "../rule";
import { requirements } from "./sign-in-not-required";

export const SLOT_MORE_OPEN: SecurityRule = {
  id: "slot-more-open",
  title: "The slots of an app are closed as the app is.",
  severity: "error",
  control: "IM-1",
  cwe: 306,
  judges: ({ apps }) => apps.flatMap((app) => app.slots.map((slot) => judgeSlot(app, slot))),
};

interface Comparison {
  readonly what: string;
  readonly attribute: string;
  readonly holds: boolean | undefined;
}

function judgeSlot(app: App, { resource, signIn }: App): Judgement {
  const remedy = `Write the sign-in of ${app.resource.path} for the slot, too.`;
  const ofApp = comparisons(app.signIn);
  if (!signIn)
    return judged(
      resource,
      "auth_settings_v2",
      app.signIn === undefined,
      "The slot has no Entra sign-in, although its app has one, so everyone who knows its address can call the slot.",
      remedy,
    );
  const ofSlot = comparisons(signIn);
  const worse = ofSlot.find(({ holds }, at) => holds === false && ofApp[at]?.holds !== false);
  const unknown = ofSlot.find(({ holds }) => holds === undefined);
  const { attribute, what } = worse ?? unknown ?? { attribute: signIn.enabled.attribute, what: "" };
  const holds = worse ? false : unknown ? undefined : true;
  return judged(signIn.resource, attribute, holds, `The slot ${what}, but its app does not: ${attribute}.`, remedy);
}

/** What closes an app, in the same order for each. */
function comparisons(signIn: SignIn | undefined): Comparison[] {
  if (!signIn) return [];
  const { action, allowed, excludedPaths } = signIn;
  const opens = "lets requests in without a token";
  return [
    ...requirements(signIn).map(({ setting: { attribute }, holds }) => ({ what: opens, attribute, holds })),
    {
      what: "redirects requests without a token",
      attribute: action.attribute,
      holds: action.value.is(["Return401", "Return403", "Return404", "AllowAnonymous"], "RedirectToLoginPage"),
    },
    {
      what: "lets every app and user of the tenant in",
      attribute: allowed[0].attribute,
      holds: namesCallers(signIn),
    },
    { what: "has paths without sign-in", attribute: excludedPaths.attribute, holds: excludedPaths.value.isEmpty },
  ];
}
