import { attributeOf } from "../../policy/syntax/source-tree";
import type { Admission } from "../calls/callers";
import type { Running } from "../calls/inbound";
import { childTexts, Validation } from "../calls/validations";
import { listed, nameOf, once } from "../names";
import { apiProperty } from "../parties/apis";
import { shown } from "../shown";
import type { Access, Barrier } from "../trust-report";
import { barrier, sourceOf } from "./barriers";

/** Who gets into an API, and what stops the others. */
export function apiAccess(admission: Admission, running: readonly Running[]): Access {
  const { api, validations, partial, admits } = admission;
  return {
    party: api.party.id,
    admits,
    barriers: [
      signInBarrier(admission),
      ...validations.flatMap(ofValidation),
      ...partial.map(ofPartialValidation),
      subscriptionBarrier(admission),
      ...running.flatMap(ofOtherPolicy),
      ...networkBarriers(admission),
      ...transportBarriers(admission),
    ],
  };
}

function signInBarrier({ validations, partial, api }: Admission): Barrier {
  const [first] = validations;
  if (first)
    return {
      kind: "sign-in",
      state: "closed",
      text: `A request without a valid token of ${first.issuer} gets ${first.code}.`,
      source: sourceIn(first.running),
    };
  if (api.policies.some(({ tree }) => tree === undefined))
    return {
      kind: "sign-in",
      state: "unknown",
      text: "The policy cannot be read, so a validation of tokens is not known.",
    };
  const text = partial.length > 0 ? "Tokens are validated for some requests only." : "The gateway asks for no token.";
  return { kind: "sign-in", state: "open", text };
}

function ofValidation({ audiences, issuer, principals, claims, running }: Validation): Barrier[] {
  const source = sourceIn(running);
  return [
    barrier(
      "audience",
      audiences.length > 0,
      {
        closed: `The token must be for ${listed(audiences)}.`,
        open: "The token can be for any API.",
        unknown: "",
      },
      source,
    ),
    { kind: "issuer", state: "closed", text: `The token must be of ${issuer}.`, source },
    barrier(
      "allow-list",
      principals.length > 0,
      {
        closed: `Only ${listed(once(principals.map(({ label }) => label)))} may call.`,
        open: "No list says who may call.",
        unknown: "",
      },
      source,
    ),
    ...(claims.length > 0
      ? [{ kind: "role" as const, state: "closed" as const, text: `The token must have ${listed(claims)}.`, source }]
      : []),
  ];
}

function ofPartialValidation({ issuer, only, running }: Validation): Barrier {
  const where =
    only === "some operations"
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

function subscriptionBarrier({ api, subscription: { required, products, open } }: Admission): Barrier {
  const through = products.length > 0 ? ` of ${listed(products.map(nameOf))}` : "";
  return barrier(
    "subscription",
    required,
    {
      closed: `A request without a subscription key${through} gets 401.`,
      open:
        open.length > 0 ? `The product ${listed(open.map(nameOf))} asks for no key.` : "No subscription key is needed.",
      unknown: "Whether a subscription key is needed is not in this configuration.",
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
  if (element.name === "validate-client-certificate")
    return [{ kind: "sign-in", state, text: "A request needs a client certificate that the policy accepts.", source }];
  if (element.name === "ip-filter") {
    const allows = attributeOf(element, "action") === "allow";
    const text = allows ? "Only the listed addresses may call." : "The listed addresses may not call.";
    return [{ kind: "network", state: allows ? state : "open", text, source }];
  }
  if (element.name !== "check-header") return [];
  const name = shown(policy.valueOf(attributeOf(element, "name") ?? ""));
  const code = attributeOf(element, "failed-check-httpcode") ?? "an error";
  const count = childTexts(policy, element, "value").length;
  const text = `A request needs the header ${name} with ${count === 0 ? "any value" : "the right value"}, or it gets ${code}.`;
  return [{ kind: "network", state, text, source }];
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
        closed: "The gateway has no public address.",
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
