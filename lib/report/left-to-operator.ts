import type { Model } from "../rules/model/model";
import type { PolicyText } from "../rules/model/policy-text";
import type { Resource } from "../rules/model/resource";
import { appRolesOf, Roles } from "./calls/entra-roles";
import type { Admission } from "./calls/callers";
import type { GatewayCall } from "./calls/calls";
import { listed, nameOf } from "./names";
import { elsewhereOnPurpose } from "./open-on-purpose";
import { compared } from "./parties/parties";
import type { OperatorTask, SecretInState } from "./trust-report";

/** What the tasks are drawn from. */
export interface Operated {
  readonly model: Model;
  readonly calls: readonly GatewayCall[];
  readonly admissions: readonly Admission[];
  readonly roles: Roles;
  readonly secrets: readonly SecretInState[];
  /** Policies that can be of several APIs. */
  readonly undecided: readonly PolicyText[];
}

/** What somebody has to do or to know, because no code of the configuration does it or says it. */
export function leftToOperator(operated: Operated): OperatorTask[] {
  const tasks = [
    ...elsewhereOnPurpose(operated.model).map(({ stack, place, what, reason }) => ({
      stack,
      place,
      what,
      why: reason,
    })),
    ...grants(operated),
    ...foreignTargets(operated),
    ...foreignGateways(operated),
    ...keys(operated),
    ...undecidedPolicies(operated),
    ...consents(operated.model),
    ...appRoles(operated),
    ...names(operated.model),
    ...state(operated),
  ];
  const byText = new Map(tasks.map((task) => [`${task.stack} ${task.place} ${task.what}`, task]));
  return [...byText.values()].sort(
    (one, other) =>
      compared(one.stack ?? "", other.stack ?? "") ||
      compared(one.place ?? "", other.place ?? "") ||
      compared(one.what, other.what),
  );
}

function at({ stack, path }: Resource): Pick<OperatorTask, "stack" | "place"> {
  return { stack: stack.name, place: path };
}

/** Roles that no assignment of the configuration gives. */
function grants({ calls, roles }: Operated): OperatorTask[] {
  return calls.flatMap(({ call, target, registration, owner }): OperatorTask[] => {
    if (call.how !== "managed identity" || call.roles.length > 0) return [];
    const identity = call.identity ?? "the identity";
    if (registration) {
      if (roles.requiresAssignment(registration) !== true) return [];
      const what = `Assign ${identity} to the registration ${nameOf(registration)}.`;
      return [
        {
          ...at(registration),
          what,
          why: "Entra ID gives it no token otherwise, and no assignment is in this configuration.",
        },
      ];
    }
    if (target.party.kind === "service") {
      const what = `Assign ${identity} a role on ${target.party.name}.`;
      return [{ ...at(target.resource ?? owner), what, why: "No role assignment for it is in this configuration." }];
    }
    if (target.party.kind === "gateway" || target.party.kind === "api") return [];
    const what = `Check who gets tokens for ${call.audience ?? "the audience"}, and that ${identity} gets one.`;
    return [{ ...at(owner), what, why: "The registration that the token is for is not in this configuration." }];
  });
}

/** What is called, but not declared. */
function foreignTargets({ calls }: Operated): OperatorTask[] {
  return calls.flatMap(({ target, owner }): OperatorTask[] => {
    const { party, resource } = target;
    if (party.kind === "outside")
      return [
        {
          ...at(owner),
          what: `Check that ${party.name} accepts only tokens that it is meant to accept.`,
          why: "What answers there is not in this configuration.",
        },
      ];
    if (resource?.mode !== "data") return [];
    return [
      {
        ...at(resource),
        what: `Check the sign-in, the network and the keys of ${party.name}.`,
        why: "The configuration only looks it up.",
      },
    ];
  });
}

function foreignGateways({ admissions }: Operated): OperatorTask[] {
  return admissions.flatMap(({ api }): OperatorTask[] => {
    const { party, resource } = api.gateway;
    if (resource?.mode === "resource") return [];
    return [
      {
        ...(party.stack !== undefined && { stack: party.stack }),
        ...(party.place !== "" && { place: party.place }),
        what: `Check the network, the TLS settings and the global policy of the gateway ${party.name}, and that it has the identity that the apps let in.`,
        why: resource ? "The configuration only looks the gateway up." : "The configuration only names the gateway.",
      },
    ];
  });
}

/** Keys that people hand out. */
function keys({ admissions, model }: Operated): OperatorTask[] {
  const subscriptions = model.ofType("azurerm_api_management_subscription").length;
  const gateways = new Map(
    admissions
      .filter(({ subscription }) => subscription.required === true)
      .map(({ api }) => [api.gateway.party.id, api.gateway.party]),
  );
  return [...gateways.values()].map(({ name, place, stack }) => ({
    ...(stack !== undefined && { stack }),
    ...(place !== "" && { place }),
    what: `Give subscription keys of ${name} to consumers, renew them, and withdraw them.`,
    why:
      subscriptions > 0
        ? "Keys have no end, and the configuration does not say who has them."
        : "No subscription is in this configuration.",
  }));
}

function undecidedPolicies({ undecided }: Operated): OperatorTask[] {
  return undecided.map(({ resource }) => ({
    ...at(resource),
    what: "Name the API of this policy, and its gateway, by references, so that it is known which API the policy is of.",
    why: "Only Terraform knows it, so the policy can open other APIs, too.",
  }));
}

/** Permissions that an administrator has to accept. */
function consents(model: Model): OperatorTask[] {
  return model
    .ofType("azuread_application")
    .filter((each) => each.at("required_resource_access").isEmpty !== true)
    .map((each) => ({
      ...at(each),
      what: `Let an administrator consent to the permissions that ${nameOf(each)} asks for.`,
      why: "The registration asks for permissions of other APIs.",
    }));
}

/** Sign-in checks who calls, not what the roles of the token allow. */
function appRoles({ calls }: Operated): OperatorTask[] {
  return calls.flatMap(({ registration, target }): OperatorTask[] => {
    const roles = registration && target.resource && target.party.kind !== "api" ? appRolesOf(registration) : [];
    if (!target.resource || roles.length < 2) return [];
    return [
      {
        ...at(target.resource),
        what: `Check in the code of ${target.party.name} which of the roles ${listed(roles)} a token has.`,
        why: "The sign-in of the platform lets in everyone on the list, whichever role the token has.",
      },
    ];
  });
}

/** Host names that no record of the configuration leads to. */
function names(model: Model): OperatorTask[] {
  const records = model.resources.some(({ type }) => /^azurerm_(?:private_)?dns_(?:a|cname)_record$/.test(type));
  const domains = records ? [] : model.ofType("azurerm_api_management_custom_domain");
  const endpoints = model
    .ofType("azurerm_private_endpoint")
    .filter((each) => each.at("private_dns_zone_group").isEmpty === true);
  return [
    ...domains.map((each) => ({
      ...at(each),
      what: "Create the DNS records of the gateway's host names, and keep them.",
      why: "No DNS record is in this configuration.",
    })),
    ...endpoints.map((each) => ({
      ...at(each),
      what: `Make the host name lead to the private endpoint ${nameOf(each)}.`,
      why: "The private endpoint has no DNS zone group.",
    })),
  ];
}

function state({ secrets }: Operated): OperatorTask[] {
  const used = secrets.filter(({ disabled }) => !disabled).length;
  if (used === 0) return [];
  return [
    {
      what: "Keep the Terraform state where only those can read it who may have the secrets in it, and encrypt it.",
      why: "Secrets of use will be in the state.",
    },
  ];
}
