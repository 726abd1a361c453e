import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import { KEY_SWITCHES } from "../../rules/rules/local-keys-enabled";
import { networkOf } from "../calls/network";
import { listed, nameOf, once } from "../names";
import { principalOf } from "../parties/principals";
import { shown } from "../shown";
import type { Access, Barrier } from "../trust-report";
import { barrier, sourceOf } from "./barriers";

/** Who gets into an Azure service, and what stops the others. */
export function serviceAccess(party: string, service: Resource, model: Model): Access {
  if (service.mode === "data") {
    const text = "Its settings are not in this configuration.";
    return { party, admits: admitsOf(service, model), barriers: [{ kind: "keys", state: "elsewhere", text }] };
  }
  const keys = keysBarrier(service);
  return {
    party,
    admits: [...admitsOf(service, model), ...(keys?.state === "open" ? ["everyone who has a key of it"] : [])],
    barriers: [
      {
        kind: "sign-in",
        state: "closed",
        text: "A request without a token of Entra ID" + (keys?.state === "closed" ? "" : " or a key") + " is refused.",
      },
      roleBarrier(service, model),
      ...(keys ? [keys] : []),
      networkBarrier(service, model),
    ],
  };
}

/** The role assignments on a service, on a part of it or on what is around it. */
function assignmentsOn(service: Resource, model: Model): Resource[] {
  return model
    .ofType("azurerm_role_assignment")
    .filter((each) =>
      each
        .referenced("scope")
        .some((scope) => scope === service || scope.stack.referencedBy(scope.everything).includes(service)),
    );
}

function admitsOf(service: Resource, model: Model): string[] {
  const assigned = assignmentsOn(service, model).map((each) => {
    const { label } = principalOf(each.stack, each.at("principal_id"));
    const name = each.at("role_definition_name");
    const [scope] = each.referenced("scope");
    const on = scope === service ? "" : ` on ${nameOf(scope)}`;
    return name.isAbsent ? `${label}${on}` : `${label}, as ${shown(name)}${on}`;
  });
  return once([...assigned, "those whom role assignments elsewhere name"]);
}

function roleBarrier(service: Resource, model: Model): Barrier {
  const assignments = assignmentsOn(service, model);
  const text =
    assignments.length === 0
      ? "No role on it is assigned in this configuration."
      : `A token needs a role. ${assignments.length === 1 ? "This configuration assigns one" : `This configuration assigns ${assignments.length}`}: ${listed(once(assignments.map((each) => shown(each.at("role_definition_name")) || "a role by its ID")))}.`;
  return { kind: "role", state: assignments.length === 0 ? "elsewhere" : "closed", text };
}

function keysBarrier(service: Resource): Barrier | undefined {
  const known = KEY_SWITCHES.get(service.type);
  if (!known) return undefined;
  const [attribute, off, absent] = known;
  return barrier(
    "keys",
    service.at(attribute).is([off], absent),
    {
      closed: "It accepts no keys.",
      open: "It accepts keys: everyone who has one gets in without an identity.",
      unknown: "Whether it accepts keys is known only when Terraform runs.",
    },
    sourceOf(service, attribute),
  );
}

function networkBarrier(service: Resource, model: Model): Barrier {
  const network = networkOf(model, service);
  const isOpen = network === undefined || network.includes("public one");
  const isUnknown = service.at("public_network_access_enabled").isUnknown;
  return barrier(
    "network",
    !isOpen ? true : isUnknown ? undefined : false,
    {
      closed: `Network: ${network}.`,
      open: "It answers on the internet.",
      unknown: "Whether it answers on the internet is known only when Terraform runs.",
    },
    service.address,
  );
}
