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
  const [definition] = assignment.referenced("role_definition_id").filter(({ mode }) => mode === "data");
  const guid = /[0-9a-f-]{36}$/i.exec(id.resolved)?.[0];
  const role = name.isAbsent ? (definition?.at("name").text ?? powerfulRoleOf(guid ?? "")) : name.text;
  const isKnown = role !== undefined || (name.isAbsent && guid !== undefined);
  const isPowerful = role !== undefined && isPowerfulRole(role);
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
const WHOLE_ID = /^\$\{[\w.-]+(?:\[[^\]]*\])?\.id\}/;

function judgeScope(assignment: Resource): Judgement {
  const scope = assignment.at("scope");
  const referenced = assignment.referenced("scope");
  const isId = WHOLE_ID.test(scope.resolved) && referenced.length > 0;
  const below = scope.resolved.replace(WHOLE_ID, "").replace(/\$\{[^}]*\}/g, "known-to-terraform");
  const isGroup = isId && WIDE_TYPES.includes(referenced[0].type) && /^(?:\/resourceGroups\/[^/]+)?\/?$/i.test(below);
  const isWide = isGroup || (!isId && WIDE_ID.test(below));
  const isKnown = scope.text !== undefined || isId || below.startsWith("/");
  return judged(
    assignment,
    "scope",
    isWide ? false : isKnown ? true : undefined,
    `The role applies to ${scope.text ?? `all of ${referenced[0]?.address ?? "a subscription or a group"}`}, not to one resource.`,
    "Write the ID of the resource that is called.",
  );
}
