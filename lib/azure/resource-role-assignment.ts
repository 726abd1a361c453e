import { Fn, Op, Precondition, TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { matchesAtPlan } from "../core/at-plan";
import { conditionMessage, fail, finding } from "../core/fail";
import { described, requireGiven, requireList, requireMember, requireText } from "../core/given";
import { guard, ONCE, requireAtPlan } from "../core/guard";
import { GUID } from "../core/ids";
import { requireLiteral } from "../core/literal";
import { PropertyNames, requireOnly } from "../core/property-names";
import { repeated } from "../core/repeated";
import { asWritten } from "../core/terraform-template";
import { expressionOf, identityOf, isToken } from "../core/tokens";
import { ManagementAccess } from "./management-access";
import { isPowerfulRole, POWERFUL_AT_PLAN, powerfulRoleOf } from "./powerful-roles";
import { azurerm } from "../providers/azurerm";

/** What gets a role. */
export enum PrincipalType {
  /** A user. */
  USER = "User",
  /** A group of Entra ID. */
  GROUP = "Group",
  /** A managed identity, or the service principal (enterprise application) of an app registration. */
  SERVICE_PRINCIPAL = "ServicePrincipal",
}

/**
 * A role that someone gets on a resource. It has the properties of `role_assignments` in Azure Verified Modules. The role also applies
 * to what belongs to the resource, such as the slots of an app or the APIs of a gateway. It does not let anyone call an app: callers
 * need an app role of the registration.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/role-assignments
 */
export interface ResourceRoleAssignment {
  /**
   * Distinguishes the assignment from others on the resource, as the keys of the map in Azure Verified Modules do; a plain string. It is
   * part of the Terraform address, and Azure does not show it.
   */
  readonly key: string;

  /**
   * Name or ID of the role: `Reader`, or `/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<id>`; for a role of
   * yours `roleDefinition.roleDefinitionResourceId`. A role that manages Azure, gives access to others or reads keys needs
   * `managementAccess`.
   */
  readonly roleDefinitionIdOrName: string;

  /** Object ID of the user, the group, the managed identity or the service principal. It is not the client ID of an app. */
  readonly principalId: string;

  /**
   * What has the object ID. Set it for an identity that the same deployment creates: Azure then does not look it up first.
   *
   * @default - Azure looks it up
   */
  readonly principalType?: PrincipalType;

  /**
   * Why a role that manages the resource is assigned.
   *
   * @default - such a role is an error
   */
  readonly managementAccess?: ManagementAccess;

  /**
   * What Azure shows beside the assignment.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * A condition that limits the role.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/role-based-access-control/conditions-format
   */
  readonly condition?: string;

  /**
   * Version of the syntax of `condition`: "2.0" or "1.0".
   *
   * @default "2.0" with a `condition`
   */
  readonly conditionVersion?: string;

  /**
   * Whether azurerm does not wait until Entra ID knows the service principal.
   *
   * @default false
   */
  readonly skipServicePrincipalAadCheck?: boolean;

  /**
   * Resource ID of the managed identity in the other tenant, if another tenant manages the subscription through Azure Lighthouse.
   *
   * @default - none
   */
  readonly delegatedManagedIdentityResourceId?: string;
}

const NAMES: PropertyNames<ResourceRoleAssignment> = {
  key: true,
  roleDefinitionIdOrName: true,
  principalId: true,
  principalType: true,
  managementAccess: true,
  description: true,
  condition: true,
  conditionVersion: true,
  skipServicePrincipalAadCheck: true,
  delegatedManagedIdentityResourceId: true,
};
const ENTRY = "an entry of roleAssignments";
const EXAMPLE = 'roleAssignments: [{ key: "support", roleDefinitionIdOrName: "Reader", principalId: "..." }]';

/** Assigns roles on a resource that the library creates. */
export function createRoleAssignments(
  scope: Construct,
  assignments: readonly ResourceRoleAssignment[],
  resourceId: string,
  provider?: TerraformProvider,
): RoleAssignment[] {
  const given = requireList(scope, "roleAssignments", assignments, EXAMPLE);
  if (given.length === 0) return [];
  const home = new Construct(scope, "RoleAssignments");
  given.forEach((assignment) => checkShape(home, assignment));
  requireDistinct(home, given);
  return given.map((assignment) => createRoleAssignment(home, assignment, { resourceId, provider }));
}

function checkShape(scope: Construct, assignment: ResourceRoleAssignment): void {
  const texts = ["key", "roleDefinitionIdOrName", "principalId"];
  const { key } = requireGiven(scope, assignment, { name: ENTRY, texts, example: EXAMPLE });
  requireOnly(scope, ENTRY, assignment, { names: NAMES, example: EXAMPLE });
  requireLiteral(scope, "The key of a role assignment", key);
  if (!/^[\w .-]{1,100}$/.test(key) || key.trim() !== key)
    fail(
      scope,
      "invalid-role-assignment-key",
      `The key ${described(key)} of a role assignment is not valid.`,
      'Use 1 to 100 letters, digits, spaces, _ . and hyphens, such as "support".',
    );
}

/** Azure refuses the same role of the same principal on the same resource. */
function requireDistinct(scope: Construct, given: readonly ResourceRoleAssignment[]): void {
  const [assignment] = repeated(given, ({ key }) => key);
  if (assignment)
    fail(
      scope,
      "role-assignment-key-taken",
      `Two role assignments have the key "${assignment[0].key}".`,
      "Give one of them another key.",
    );
  const [twice] = repeated(given, ({ roleDefinitionIdOrName: role, principalId }) =>
    // Two references to one attribute are two different texts.
    [role, principalId].map((text) => (identityOf(scope, text) ?? text).trim().toLowerCase()).join("\n"),
  );
  if (twice)
    fail(
      scope,
      "role-assigned-twice",
      `The role assignments ${twice.map(({ key }) => `"${key}"`).join(" and ")} give the same role to the same principal.`,
      "Remove one of them.",
    );
}

function createRoleAssignment(
  scope: Construct,
  assignment: ResourceRoleAssignment,
  { resourceId, provider }: { readonly resourceId: string; readonly provider?: TerraformProvider },
): RoleAssignment {
  const { key, principalType, condition, conditionVersion, description } = assignment;
  const { skipServicePrincipalAadCheck, delegatedManagedIdentityResourceId } = assignment;
  const role = checkedRole(scope, assignment);
  checkPrincipal(scope, assignment);
  checkCondition(scope, assignment);
  if (description !== undefined)
    requireText(scope, `description of the role assignment "${key}"`, description, '"..."');
  if (delegatedManagedIdentityResourceId !== undefined)
    requireText(scope, `delegatedManagedIdentityResourceId of "${key}"`, delegatedManagedIdentityResourceId, '"..."');
  const created = new azurerm.RoleAssignment(scope, key, {
    scope: resourceId,
    ...role.attributes,
    principalId: assignment.principalId,
    principalType,
    ...asWritten({ description, condition }),
    conditionVersion,
    skipServicePrincipalAadCheck,
    delegatedManagedIdentityResourceId,
    provider,
  });
  requireAtPlan(created, role.conditions);
  guard(created, {
    attributes: {
      ...ONCE,
      scope: created.scopeInput,
      role_definition_name: created.roleDefinitionNameInput,
      role_definition_id: created.roleDefinitionIdInput,
      principal_id: created.principalIdInput,
      condition: created.conditionInput,
    },
    changed: (attributes) =>
      finding(
        "role-assignment-changed",
        `The role assignment "${created.node.path}" was changed after it was created, so it could give access that nobody has checked.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). Change it in roleAssignments.`,
      ),
  });
  return created;
}

interface CheckedRole {
  readonly attributes: { readonly roleDefinitionName?: string; readonly roleDefinitionId?: string };
  /** What only Terraform can check. */
  readonly conditions: readonly Precondition[];
}

const ROLE_ID = /^\/.*\/roleDefinitions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const HAS_ID = /[/]providers[/]Microsoft[.]Authorization[/]roleDefinitions[/]/i;

const REMEDY =
  'Write a role that only reads, such as "Reader". If the principal has to manage the resource, add ' +
  'managementAccess: ManagementAccess.acknowledged("...") with the reason.';

/** The role as azurerm takes it. Without a reason, it is none that could open what the library closes. */
function checkedRole(
  scope: Construct,
  { key, roleDefinitionIdOrName, managementAccess }: ResourceRoleAssignment,
): CheckedRole {
  const role = roleDefinitionIdOrName;
  if (managementAccess !== undefined) ManagementAccess._announce(scope, managementAccess, key);
  if (isToken(role)) {
    checkTerraformId(scope, key, role);
    return roleAtPlan(role, managementAccess !== undefined);
  }
  const id = ROLE_ID.exec(role)?.[1];
  if (role.trim() !== role || role === "" || (id === undefined && (role.includes("/") || GUID.test(role))))
    fail(
      scope,
      "invalid-role-definition",
      `roleDefinitionIdOrName of the role assignment "${key}" is ${described(role)}, which is neither the name of a role nor a whole role ID.`,
      'Write the name that Azure shows, such as "Reader", or "/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<id>".',
    );
  const powerful = id === undefined ? isPowerfulRole(role) && role : powerfulRoleOf(id);
  if (powerful && managementAccess === undefined)
    fail(
      scope,
      "management-role-without-reason",
      `The role assignment "${key}" gives the role "${powerful}". This role manages Azure, gives access to others or reads keys, or is ` +
        `named like one that does, so the principal could open what the library closes.`,
      REMEDY,
    );
  const attributes = id === undefined ? { roleDefinitionName: role } : { roleDefinitionId: role };
  return { attributes: asWritten(attributes), conditions: [] };
}

const TERRAFORM_ID = /^\$\{azurerm_role_definition\.[^.]+\.id\}$/;

/** The `id` of azurerm's role definition is the ID of the role with its scope after it, which Azure does not take. */
function checkTerraformId(scope: Construct, key: string, role: string): void {
  const expression = expressionOf(scope, role);
  if (expression !== undefined && TERRAFORM_ID.test(expression))
    fail(
      scope,
      "terraform-id-of-role",
      `roleDefinitionIdOrName of the role assignment "${key}" is ${expression}, which is an ID of Terraform: it also contains the scope of ` +
        "the role.",
      "Write roleDefinitionResourceId of the same object instead of id.",
    );
}

/** Only Terraform knows whether the value is a name or an ID, and of which role. */
function roleAtPlan(role: string, mayManage: boolean): CheckedRole {
  const isId = matchesAtPlan(role, HAS_ID);
  const { known, named, data } = POWERFUL_AT_PLAN;
  return {
    attributes: {
      roleDefinitionName: Token.asString(Fn.conditional(isId, Token.nullValue(), role)),
      roleDefinitionId: Token.asString(Fn.conditional(isId, role, Token.nullValue())),
    },
    conditions: mayManage
      ? []
      : [
          {
            condition: Op.and(
              Op.not(matchesAtPlan(role, known)),
              Op.or(Op.not(matchesAtPlan(role, named)), matchesAtPlan(role, data)),
            ),
            errorMessage: conditionMessage(
              "management-role-at-plan",
              "The role manages Azure, gives access to others or reads keys, or is named like one that does, so the principal could open " +
                "what the library closes.",
              REMEDY,
            ),
          },
        ],
  };
}

function checkPrincipal(
  scope: Construct,
  { key, principalId, principalType, skipServicePrincipalAadCheck: skip }: ResourceRoleAssignment,
): void {
  if (!isToken(principalId) && !GUID.test(principalId))
    fail(
      scope,
      "invalid-principal-id",
      `principalId of the role assignment "${key}" is ${described(principalId)}, which is no object ID.`,
      'Write the object ID (a GUID) of the user, group or identity, such as identity.principalId or "11111111-2222-3333-4444-555555555555".',
    );
  if (principalType !== undefined)
    requireMember(
      scope,
      `principalType of the role assignment "${key}"`,
      principalType,
      PrincipalType,
      "PrincipalType.GROUP",
    );
  if (skip && principalType !== undefined && principalType !== PrincipalType.SERVICE_PRINCIPAL)
    fail(
      scope,
      "aad-check-of-no-service-principal",
      `The role assignment "${key}" has skipServicePrincipalAadCheck, but its principal is a ${principalType}.`,
      "Remove skipServicePrincipalAadCheck, or write principalType: PrincipalType.SERVICE_PRINCIPAL.",
    );
}

function checkCondition(scope: Construct, { key, condition, conditionVersion }: ResourceRoleAssignment): void {
  if (condition !== undefined)
    requireText(scope, `condition of the role assignment "${key}"`, condition, 'condition: "..."');
  if (conditionVersion === undefined) return;
  if (condition === undefined || !["1.0", "2.0"].includes(conditionVersion))
    fail(
      scope,
      "invalid-condition-version",
      condition === undefined
        ? `The role assignment "${key}" has a conditionVersion, but no condition.`
        : `conditionVersion of the role assignment "${key}" is ${described(conditionVersion)}.`,
      'Write conditionVersion: "2.0" beside a condition, or omit it.',
    );
}
