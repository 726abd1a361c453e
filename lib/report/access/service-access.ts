import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import { KEY_SWITCHES } from "../../rules/rules/local-keys-enabled";
import { networkOf } from "../calls/network";
import { listed, nameOf, once } from "../names";
import { principalOf } from "../parties/principals";
import { isService } from "../parties/targets";
import { shown } from "../shown";
import type { Access, Barrier } from "../trust-report";
import { barrier, sourceOf } from "./barriers";
import type { RoleAssignments } from "./role-assignments";

/** Who gets into an Azure service, and what stops the others. */
export function serviceAccess(party: string, service: Resource, model: Model, assignments: RoleAssignments): Access {
  const assigned = assignments.on(service);
  if (service.mode === "data") {
    const text = "Its settings are not in this configuration.";
    return {
      party,
      admits: admitsOf(service, model, assigned),
      barriers: [{ kind: "keys", state: "elsewhere", text }],
    };
  }
  if (!isService(service.type)) return notJudged(party, service, model);
  const keys = keysBarrier(service);
  const open = openContainers(service, model);
  return {
    party,
    admits: [
      ...admitsOf(service, model, assigned),
      ...(keys?.state === "open" ? ["everyone who has a key of it"] : []),
      ...(keys?.state === "unknown" ? ["perhaps everyone who has a key of it"] : []),
      ...(open.length > 0 ? [`everyone, to read ${listed(open)}`] : []),
    ],
    barriers: [
      open.length > 0
        ? { kind: "sign-in", state: "open", text: `Everyone can read without a token: ${listed(open)}.` }
        : {
            kind: "sign-in",
            state: "closed",
            text:
              "A request without a token of Entra ID" + (keys?.state === "closed" ? "" : " or a key") + " is refused.",
          },
      roleBarrier(service, assigned),
      ...(keys ? [keys] : []),
      networkBarrier(service, model),
    ],
  };
}

/** What is no service with a sign-in of its own that is known, such as a virtual machine. */
function notJudged(party: string, resource: Resource, model: Model): Access {
  return {
    party,
    admits: ["not judged: the report does not know how it lets callers in"],
    barriers: [
      {
        kind: "sign-in",
        state: "unknown",
        text: `Not judged: the report does not know how ${resource.type} lets callers in.`,
        source: resource.address,
      },
      ...(networkOf(model, resource) === undefined ? [] : [networkBarrier(resource, model)]),
    ],
  };
}

/** The containers of a storage account that everyone can read. */
function openContainers(service: Resource, model: Model): string[] {
  if (service.type !== "azurerm_storage_account") return [];
  const allows = service.at("allow_nested_items_to_be_public").is([true], true) !== false;
  const website =
    service.at("static_website").isEmpty !== true ||
    model.referringTo(service, "azurerm_storage_account_static_website", "storage_account_id").length > 0;
  const containers = model
    .referringTo(service, "azurerm_storage_container", "storage_account_id", "storage_account_name")
    .filter((each) => each.at("container_access_type").is(["private"], "private") !== true);
  return [
    ...(allows ? containers.map((each) => `the container ${nameOf(each)}`) : []),
    ...(website ? ["the static website"] : []),
  ];
}

function admitsOf(service: Resource, model: Model, assigned: readonly Resource[]): string[] {
  const byRole = assigned.map((each) => {
    const { label } = principalOf(each.stack, each.at("principal_id"));
    const name = each.at("role_definition_name");
    const [scope] = each.referenced("scope");
    const on = scope === service ? "" : ` on ${scope ? nameOf(scope) : "the subscription"}`;
    return name.isAbsent ? `${label}${on}` : `${label}, as ${shown(name)}${on}`;
  });
  return once([...byRole, ...byAccessPolicy(service, model), "those whom role assignments elsewhere name"]);
}

/** Those whom the access policies of a key vault name, unless it asks for roles. */
function byAccessPolicy(service: Resource, model: Model): string[] {
  if (service.type !== "azurerm_key_vault" || asksForRoles(service)) return [];
  const beside = model
    .referringTo(service, "azurerm_key_vault_access_policy", "key_vault_id")
    .map((each) => each.at("object_id"));
  const within = service.all("access_policy").flatMap(({ elements }) => elements.map((each) => each.at("object_id")));
  return [...within, ...beside].map((each) => `${principalOf(service.stack, each).label}, by an access policy`);
}

function asksForRoles(vault: Resource): boolean {
  return ["rbac_authorization_enabled", "enable_rbac_authorization"].some((name) => vault.at(name).is([true]) === true);
}

function roleBarrier(service: Resource, assignments: readonly Resource[]): Barrier {
  if (service.type === "azurerm_key_vault" && !asksForRoles(service))
    return { kind: "role", state: "closed", text: "A token needs an access policy of the key vault." };
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
