import { ignoresErrors } from "../../policy/findings/effects";
import { attributeOf, SourceElement } from "../../policy/syntax/source-tree";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Admission, OperationApart } from "../calls/callers";
import type { Running } from "../calls/inbound";
import { childTexts, descendants, Validation } from "../calls/validations";
import { listed, nameOf, once } from "../names";
import { apiProperty } from "../../rules/model/api";
import { shown } from "../shown";
import type { Access, Barrier } from "../trust-report";
import { barrier, sourceOf } from "./barriers";

/** Who gets into an API, and what stops the others. */
export function apiAccess(admission: Admission, running: readonly Running[]): Access {
  const { api, validations, partial, hollow, apart, admits } = admission;
  return {
    party: api.party.id,
    admits,
    barriers: [
      signInBarrier(admission),
      ...validations.flatMap((each) => ofValidation(each, admission)),
      ...hollow.map(ofHollowValidation),
      ...partial.map(ofPartialValidation),
      subscriptionBarrier(admission),
      ...running.flatMap(ofOtherPolicy).map((each) => withoutApart(each, apart)),
      ...networkBarriers(admission),
      ...transportBarriers(admission),
    ],
  };
}

function signInBarrier({ validations, partial, hollow, apart, api }: Admission): Barrier {
  const [first] = validations;
  if (first) return validated(first, apart);
  if (api.policies.some(({ tree }) => tree === undefined))
    return {
      kind: "sign-in",
      state: "unknown",
      text: "The policy cannot be read, so a validation of tokens is not known.",
    };
  if (partial.some(({ only }) => only === "perhaps"))
    return {
      kind: "sign-in",
      state: "unknown",
      text: "Whether tokens are validated is not known: Terraform may not create the policy that does.",
    };
  if (partial.some(({ only }) => only === "one of several"))
    return {
      kind: "sign-in",
      state: "unknown",
      text: "Whether tokens are validated is not known: the gateway has several policies, of which Azure keeps the one that is applied last.",
    };
  if (partial.some(({ only }) => only === "if inherited"))
    return {
      kind: "sign-in",
      state: "unknown",
      text: "Whether tokens are validated is not known: a policy that does not inherit that of the gateway can be between it and the API.",
    };
  if (hollow.length > 0 && partial.length === 0)
    return { kind: "sign-in", state: "open", text: "Tokens are validated, but that stops nobody." };
  const text = partial.length > 0 ? "Tokens are validated for some requests only." : "The gateway asks for no token.";
  return { kind: "sign-in", state: "open", text };
}

function validated({ issuer, code, running }: Validation, apart: readonly OperationApart[]): Barrier {
  const source = sourceIn(running);
  const all = apart.filter(({ validation, isUnreadable }) => !validation && !isUnreadable);
  const open = all.filter(({ isCertain }) => isCertain);
  if (open.length > 0)
    return {
      kind: "sign-in",
      state: "open",
      text: `No token is validated for ${operations(open)}, whose policy does not inherit that of the API.`,
      source,
    };
  const unread = apart.filter(({ isUnreadable }) => isUnreadable);
  if (unread.length > 0)
    return {
      kind: "sign-in",
      state: "unknown",
      text: `Whether a token is validated for ${operations(unread)} is not known, because the policy there cannot be read.`,
      source,
    };
  const possible = all.map(({ policy }) => policy);
  if (possible.length > 0)
    return {
      kind: "sign-in",
      state: "unknown",
      text: `If ${listed(possible)} ${possible.length === 1 ? "is a policy" : "are policies"} of this API: No token is validated for ${operations(all)}, whose policy does not inherit that of the API.`,
      source,
    };
  return {
    kind: "sign-in",
    state: "closed",
    text: `A request without a valid token of ${issuer} gets ${code}.`,
    source,
  };
}

function operations(apart: readonly OperationApart[]): string {
  return `the ${apart.length === 1 ? "operation" : "operations"} ${listed(apart.map(({ operation }) => operation))}`;
}

/** Operations whose policies do not inherit are not stopped. */
function exceptFor(apart: readonly OperationApart[]): string {
  return `except ${apart.some(({ isCertain }) => isCertain) ? "" : "perhaps "}for ${operations(apart)}`;
}

function withoutApart(barrier: Barrier, apart: readonly OperationApart[]): Barrier {
  if (barrier.state !== "closed" || apart.length === 0) return barrier;
  return { ...barrier, state: "unknown", text: `${barrier.text.replace(/\.$/, "")}, ${exceptFor(apart)}.` };
}

function ofHollowValidation({ hollow = "", running }: Validation): Barrier {
  return { kind: "sign-in", state: "open", text: hollow, source: sourceIn(running) };
}

function ofValidation(validation: Validation, { apart }: Admission): Barrier[] {
  const { audiences, issuer, principals, claims, running, computes, ofAnyTenant, endless } = validation;
  const source = sourceIn(running);
  const whom = listed(once(principals.map(({ label }) => label)));
  const isListed = principals.length > 0;
  return [
    barrier(
      "audience",
      audiences.length > 0,
      {
        closed: `The token must be for ${audiences.join(" or ")}.`,
        open: "The token can be for any API.",
        unknown: "",
      },
      source,
    ),
    barrier(
      "issuer",
      ofAnyTenant ? false : !/ that the policy computes$/.test(issuer) || undefined,
      {
        closed: `The token must be of ${issuer}.`,
        open: `The token can be of ${issuer}.`,
        unknown: "The tenant that the token must be of is not known: the policy computes it.",
      },
      source,
    ),
    barrier(
      "allow-list",
      isListed && (computes || apart.length > 0) ? undefined : isListed,
      {
        closed: `Only ${whom} may call.`,
        open: "No list says who may call.",
        unknown:
          apart.length > 0
            ? `Only ${whom} may call, ${exceptFor(apart)}.`
            : "Who may call is not known: the policy computes it.",
      },
      source,
    ),
    ...(claims.length > 0
      ? [{ kind: "role" as const, state: "closed" as const, text: `The token must have ${listed(claims)}.`, source }]
      : []),
    ...(endless
      ? [{ kind: "sign-in" as const, state: "open" as const, text: "Tokens that never expire are accepted.", source }]
      : []),
  ];
}

function ofPartialValidation({ issuer, only, running }: Validation): Barrier {
  if (only === "perhaps")
    return {
      kind: "sign-in",
      state: "unknown",
      text: `If Terraform creates the policy, requests need a valid token of ${issuer}.`,
      source: sourceIn(running),
    };
  if (only === "one of several")
    return {
      kind: "sign-in",
      state: "unknown",
      text: `If this policy of the gateway is applied last, requests need a valid token of ${issuer}.`,
      source: sourceIn(running),
    };
  if (only === "if inherited")
    return {
      kind: "sign-in",
      state: "unknown",
      text: `If the policy of the gateway is inherited, requests need a valid token of ${issuer}.`,
      source: sourceIn(running),
    };
  const where =
    only === "other products"
      ? "that do not come through a product whose policy inherits nothing"
      : only === "some operations"
        ? "of some operations"
        : only === "a product"
          ? "through a product"
          : "under a condition";
  return {
    kind: "sign-in",
    state: "unknown",
    text: `Requests ${where} need a valid token of ${issuer}.`,
    source: sourceIn(running),
  };
}

function subscriptionBarrier({ api, subscription: { required, open } }: Admission): Barrier {
  return barrier(
    "subscription",
    required,
    {
      closed: `A request without a subscription key gets 401.`,
      open:
        open.length > 0 ? `The product ${listed(open.map(nameOf))} asks for no key.` : "No subscription key is needed.",
      unknown: "Whether a subscription key is needed is not known.",
    },
    api.resource && api.resource.mode === "resource" ? sourceOf(api.resource, "subscription_required") : undefined,
  );
}

/** Policies that let in by address, by header or by certificate. */
function ofOtherPolicy(running: Running): Barrier[] {
  const { policy, located, only } = running;
  const { element } = located;
  if (located.nested && only === undefined) return [];
  const state = only === undefined ? "closed" : "unknown";
  const source = sourceIn(running);
  if (element.name === "validate-client-certificate" && ignoresErrors(located))
    return [
      {
        kind: "sign-in",
        state: "open",
        text: "The policy looks at the client certificate, but can let requests in without one.",
        source,
      },
    ];
  if (element.name === "validate-client-certificate")
    return [{ kind: "sign-in", state, text: "A request needs a client certificate that the policy accepts.", source }];
  if (element.name === "ip-filter") {
    const allows = attributeOf(element, "action") === "allow" && !namesEveryAddress(policy, element);
    const text = allows
      ? "Only the listed addresses may call."
      : attributeOf(element, "action") === "allow"
        ? "All addresses may call."
        : "The listed addresses may not call.";
    return [{ kind: "network", state: allows ? state : "open", text, source }];
  }
  if (element.name !== "check-header") return [];
  const name = shown(policy.valueOf(attributeOf(element, "name") ?? ""));
  const code = attributeOf(element, "failed-check-httpcode") ?? "an error";
  const count = childTexts(policy, element, "value").length;
  const text = `A request needs the header ${name} with ${count === 0 ? "any value" : "the right value"}, or it gets ${code}.`;
  // Everyone can send a header of any value.
  return [{ kind: "network", state: count === 0 ? "open" : state, text, source }];
}

/** Whether a range begins at the first address, as one of all addresses does. */
function namesEveryAddress(policy: PolicyText, element: SourceElement): boolean {
  const ranges = descendants(element, "address-range").map((each) => attributeOf(each, "from"));
  const addresses = childTexts(policy, element, "address").map(({ text }) => text);
  return [...ranges, ...addresses].some((each) => each !== undefined && /^0\.0\.0\.0(?:\/0)?$/.test(each.trim()));
}

function networkBarriers({ api: { gateway } }: Admission): Barrier[] {
  const { resource } = gateway;
  if (!resource || resource.mode === "data")
    return [{ kind: "network", state: "elsewhere", text: "The network of the gateway is not in this configuration." }];
  const internal = resource.at("virtual_network_type").is(["Internal"], "None");
  const isPrivate = resource.at("public_network_access_enabled").is([false], true);
  const closed = internal === true || isPrivate === true;
  const known = internal !== undefined && isPrivate !== undefined;
  const attribute = internal === true ? "virtual_network_type" : "public_network_access_enabled";
  return [
    barrier(
      "network",
      closed ? true : known ? false : undefined,
      {
        closed: "The gateway does not answer on the internet.",
        open: "The gateway answers on the internet.",
        unknown: "Whether the gateway answers on the internet is known only when Terraform runs.",
      },
      sourceOf(resource, attribute),
    ),
  ];
}

function transportBarriers({ api: { resource } }: Admission): Barrier[] {
  if (!resource || resource.mode === "data") return [];
  const protocols = apiProperty(resource, "protocols");
  if (protocols.isAbsent) return [];
  const texts = protocols.elements.map((each) => each.text?.toLowerCase());
  const isUnknown = protocols.isUnknown || texts.includes(undefined);
  const isOpen = texts.some((text) => text === "http" || text === "ws");
  return [
    barrier(
      "transport",
      isUnknown ? undefined : !isOpen,
      {
        closed: "The API answers with TLS only.",
        open: "The API also answers without TLS.",
        unknown: "Whether the API answers without TLS is known only when Terraform runs.",
      },
      sourceOf(resource, "protocols"),
    ),
  ];
}

function sourceIn({ policy, located }: Running): string {
  const { line, column } = policy.tree!.position(located.element.start);
  return `${sourceOf(policy.resource, policy.attribute)} ${line}:${column}`;
}
