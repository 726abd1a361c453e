import { isPowerfulRole, powerfulRoleOf } from "../../azure/powerful-roles";
import type { Model } from "../model/model";
import type { Resource } from "../model/resource";
import { judged, Judgement, SecurityRule } from "../rule";

export const ROLE_TOO_WIDE: SecurityRule = {
  id: "role-too-wide",
  title: "The identities of gateways and of their apps have roles for data only, each on one resource.",
  severity: "error",
  control: "PA-7",
  cwe: 250,
  judges: (model) => {
    const principals = principalsOf(model);
    return model
      .ofType("azurerm_role_assignment")
      .filter((assignment) => assignment.referenced("principal_id").some((each) => principals.has(each)))
      .flatMap((assignment) => [judgeRole(assignment), judgeScope(assignment)]);
  },
};

/** The gateways and the apps, and the identities that are assigned to them. */
function principalsOf(model: Model): ReadonlySet<Resource> {
  const gateways = model.resources.filter(({ type }) => type === "azurerm_api_management");
  const holders = [...gateways, ...model.apps.map(({ resource }) => resource)];
  return new Set(holders.flatMap((holder) => [holder, ...holder.referenced("identity")]));
}

function judgeRole(assignment: Resource): Judgement {
  const name = assignment.at("role_definition_name");
  const id = assignment.at("role_definition_id");
  const attribute = name.isAbsent ? "role_definition_id" : "role_definition_name";
  const role = name.isAbsent ? powerfulRoleOf(id.text?.split("/").pop() ?? "") : name.text;
  const isKnown = name.isAbsent ? id.text !== undefined : name.text !== undefined;
  const isPowerful = role !== undefined && (name.isAbsent || isPowerfulRole(role));
  return judged(
    assignment,
    attribute,
    isKnown ? !isPowerful : undefined,
    `The role ${role} manages resources, gives access to others or reads keys, which no call to a backend needs.`,
    "Assign a role for the data of the service, such as Storage Blob Data Reader.",
  );
}

const WIDE_ID =
  /^\/(?:subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?|providers\/microsoft\.management\/managementgroups\/[^/]+)?\/?$/i;
const WIDE_TYPES = ["azurerm_resource_group", "azurerm_subscription", "azurerm_management_group"];

function judgeScope(assignment: Resource): Judgement {
  const scope = assignment.at("scope");
  const template = scope.template.replace(/\$\{[^}]*\}/g, "known-to-terraform");
  const referenced = assignment.referenced("scope");
  const isGroup = /^\$\{[^}]*\.id\}$/.test(scope.template) && referenced.some(({ type }) => WIDE_TYPES.includes(type));
  const isWide = isGroup || WIDE_ID.test(template);
  const isKnown = scope.text !== undefined || referenced.length > 0 || template.startsWith("/");
  return judged(
    assignment,
    "scope",
    isWide ? false : isKnown ? true : undefined,
    `The role applies to ${scope.text ?? `all of ${referenced[0]?.address ?? "a subscription or a group"}`}, not to one resource.`,
    "Write the ID of the resource that is called.",
  );
}
