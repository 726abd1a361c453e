import type { App } from "../model/app";
import type { BackendCall } from "../model/calls";
import type { SignIn } from "../model/sign-in";
import { judged, Judgement, SecurityRule } from "../rule";

/** Without sign-in, everyone who knows the address of the app can call it. */
export const SIGN_IN_NOT_REQUIRED: SecurityRule = {
  id: "sign-in-not-required",
  title: "Every app behind a gateway requires Entra sign-in for every request.",
  severity: "error",
  control: "IM-1",
  cwe: 306,
  judges: ({ apps, unknownCalls }) => [...apps.map(judgeApp), ...unknownCalls.map(judgeUnknown)],
};

/** Where an app could be that the configuration does not have. */
function judgeUnknown({ resource, attribute }: BackendCall): Judgement {
  const text = `Whether ${attribute} is the address of an app, and how this app is closed, is not in this configuration.`;
  return { resource, attribute, verdict: "unknown", text, remedy: "" };
}

function judgeApp({ resource, kind, signIn }: App): Judgement {
  if (signIn === undefined)
    return judged(
      resource,
      resource.type.startsWith("azapi") ? "body" : kind === "container app" ? "ingress" : "auth_settings_v2",
      false,
      `The ${kind} has no Entra sign-in, so everyone who knows its address can call it.`,
      kind === "container app"
        ? "Write a Microsoft.App/containerApps/authConfigs resource with azapi, or use Backend.containerApp."
        : resource.type.startsWith("azapi")
          ? 'Write a Microsoft.Web/sites/config resource named "authsettingsV2" with azapi.'
          : 'Write auth_settings_v2 with auth_enabled = true, require_authentication = true and unauthenticated_action = "Return401".',
    );
  const { setting, holds, text, remedy } = worstRequirement(signIn);
  return judged(signIn.resource, setting.attribute, holds, text, remedy);
}

/** The requirement to report: what is wrong counts more than what is not known. */
export function worstRequirement(signIn: SignIn) {
  return requirements(signIn).sort((one, other) => rank(one.holds) - rank(other.holds))[0];
}

function rank(holds: boolean | undefined): number {
  return holds === undefined ? 1 : holds ? 2 : 0;
}

/** What a sign-in must be set to. */
export function requirements({ enabled, required, action }: SignIn) {
  const open = "so requests without a token reach the app";
  const all = [
    { setting: enabled, holds: enabled.value.is([true]), text: `${enabled.attribute} is not true, ${open}.` },
    ...(required
      ? [{ setting: required, holds: required.value.is([true]), text: `${required.attribute} is not true, ${open}.` }]
      : []),
  ].map((each) => ({ ...each, remedy: `Write ${nameOf(each.setting.attribute)} = true.` }));
  const anonymous = action.value.is(["AllowAnonymous"], "RedirectToLoginPage");
  return [
    ...all,
    {
      setting: action,
      holds: anonymous === undefined ? undefined : !anonymous,
      text: `${action.attribute} is AllowAnonymous, ${open}.`,
      remedy: `Write ${nameOf(action.attribute)} = "Return401".`,
    },
  ];
}

function nameOf(attribute: string): string {
  return attribute.slice(attribute.lastIndexOf(".") + 1);
}
