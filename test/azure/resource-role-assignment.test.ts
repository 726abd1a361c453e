import { TerraformStack, TerraformVariable } from "cdktf";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import {
  ApimGateway,
  AppServicePlan,
  Backend,
  IApimBackend,
  LockKind,
  ManagementAccess,
  PrincipalType,
} from "cdktf-secure-apim-backend";
import { CREATED, secure } from "../backends/apps/behind-gateway";
import { NEW } from "../backends/gateways";
import { order } from "../helpers/graph";
import { refusal } from "../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

/* Roles that someone gets on what is created, with the properties of role_assignments in Azure Verified Modules. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

const KINDS: Record<string, (props: Untyped) => IApimBackend> = {
  azurerm_linux_function_app: (props) => Backend.functionApp({ ...CREATED, ...props }),
  azurerm_windows_function_app: (props) => Backend.windowsFunctionApp({ ...CREATED, ...props }),
  azurerm_function_app_flex_consumption: (props) => Backend.flexFunctionApp({ ...CREATED, ...props }),
  azurerm_linux_web_app: (props) => Backend.webApp({ ...CREATED, ...props }),
  azurerm_windows_web_app: (props) => Backend.windowsWebApp({ ...CREATED, ...props }),
  azurerm_container_app: (props) =>
    Backend.containerApp({ resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 80, ...props }),
};
const PRINCIPAL = "11111111-2222-3333-4444-555555555555";
const READER = { key: "support", roleDefinitionIdOrName: "Reader", principalId: PRINCIPAL };
const SUBSCRIPTION = "/subscriptions/22222222-2222-3333-4444-555555555555";
const roleId = (id: string) => `${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
const CONTRIBUTOR_ID = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const READER_ID = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const assign = (roleAssignments: Untyped, props: Untyped = {}): IApimBackend => {
  const backend = Backend.webApp({ ...CREATED, ...props, roleAssignments });
  secure(stack, backend);
  return backend;
};

describe.each(Object.keys(KINDS))("%s", (type) => {
  test("gives a support team a role on the app", () => {
    const backend = KINDS[type]({ roleAssignments: [{ ...READER, principalType: PrincipalType.GROUP }] }) as Untyped;
    expect(() => backend.roleAssignments).toThrow(refusal("never-bound", "roleAssignments"));
    secure(stack, backend);
    const roles = Object.entries<Json>(all(synth(stack), "azurerm_role_assignment"));
    expect(roles.filter(([name]) => name.includes("support"))).toEqual([
      [
        backend.roleAssignments[0].friendlyUniqueId,
        {
          scope: `\${${type}.Orders_Backend_0F5C7089.id}`,
          role_definition_name: "Reader",
          principal_id: PRINCIPAL,
          principal_type: "Group",
        },
      ],
    ]);
  });

  test("has none by default", () => {
    const backend = KINDS[type]({}) as Untyped;
    secure(stack, backend);
    expect(backend.roleAssignments).toEqual([]);
  });

  test("is locked after the roles, which Azure would not remove under the lock", () => {
    const backend = KINDS[type]({ roleAssignments: [READER], lock: { kind: LockKind.CAN_NOT_DELETE } }) as Untyped;
    secure(stack, backend);
    const json = synth(stack);
    const address = `azurerm_role_assignment.${backend.roleAssignments[0].friendlyUniqueId}`;
    expect(only(json, "azurerm_management_lock").depends_on).toContain(address);
    expect(() => order(json)).not.toThrow();
  });
});

test("a new gateway gives roles, with its provider", () => {
  const gateway = new ApimGateway(stack, "Gateway", { ...NEW, roleAssignments: [READER] });
  expect(only(synth(stack), "azurerm_role_assignment")).toEqual({
    scope: "${azurerm_api_management.Gateway_43CB3636.id}",
    role_definition_name: "Reader",
    principal_id: PRINCIPAL,
  });
  expect(gateway.roleAssignments.map(({ node }) => node.path)).toEqual(["app/Gateway/RoleAssignments/support"]);
  expect(new ApimGateway(stack, "Other", NEW).roleAssignments).toEqual([]);
});

test("a role covers the slots of the app, so that they get none of their own", () => {
  assign([READER], { plan: AppServicePlan.dedicated("S1"), slots: [{ name: "staging" }] });
  expect(Object.keys(all(synth(stack), "azurerm_role_assignment"))).toHaveLength(1);
});

test("everything that Azure Verified Modules take", () => {
  const condition = "!(ActionMatches{'Microsoft.Web/sites/read'}) OR @Principal[Team] StringEquals '%{a}'";
  assign([
    {
      ...READER,
      principalType: PrincipalType.SERVICE_PRINCIPAL,
      description: "Support reads metrics.",
      condition,
      conditionVersion: "2.0",
      skipServicePrincipalAadCheck: true,
      delegatedManagedIdentityResourceId: "/identity",
    },
  ]);
  expect(only(synth(stack), "azurerm_role_assignment")).toMatchObject({
    description: "Support reads metrics.",
    condition: condition.replace("%{", "%%{"),
    condition_version: "2.0",
    skip_service_principal_aad_check: true,
    delegated_managed_identity_resource_id: "/identity",
  });
});

test("what Terraform would take for a directive is text: no other role comes of it", () => {
  assign([{ ...READER, roleDefinitionIdOrName: "%{ if true }Own%{ endif }er" }]);
  expect(only(synth(stack), "azurerm_role_assignment").role_definition_name).toBe("%%{ if true }Own%%{ endif }er");
});

test("the ID that Terraform gives a role of the stack is no ID of Azure", () => {
  const role = new RoleDefinition(stack, "Support", { name: "Support", scope: SUBSCRIPTION });
  expect(() => assign([{ ...READER, roleDefinitionIdOrName: role.id }])).toThrow(
    refusal("terraform-id-of-role", "azurerm_role_definition.Support.id", "roleDefinitionResourceId"),
  );
});

test("a role by its ID", () => {
  assign([{ ...READER, roleDefinitionIdOrName: roleId(READER_ID) }]);
  const { role_definition_id: id, role_definition_name: name } = only(synth(stack), "azurerm_role_assignment");
  expect([id, name]).toEqual([roleId(READER_ID), undefined]);
});

test("assignments of other keys keep their addresses when one is removed", () => {
  const second = { ...READER, key: "audit", principalId: PRINCIPAL.replace(/1/g, "3") };
  const addresses = [[READER, second], [second]].map((roleAssignments) => {
    stack = stackWithProviders();
    assign(roleAssignments);
    return Object.keys(all(synth(stack), "azurerm_role_assignment"));
  });
  expect(addresses[0]).toEqual(expect.arrayContaining(addresses[1]));
});

describe("a role that could open what is closed", () => {
  test.each([
    "Contributor",
    "owner",
    "Website Contributor",
    "User Access Administrator",
    "API Management Service Contributor",
    "Our Site Operator",
    "API Management Workspace API Developer",
    "Logic Apps Standard Developer (Preview)",
    roleId(CONTRIBUTOR_ID),
    `/providers/Microsoft.Authorization/roleDefinitions/${CONTRIBUTOR_ID}`,
  ])("is an error without a reason: %s", (roleDefinitionIdOrName) => {
    const role = roleDefinitionIdOrName.startsWith("/") ? "Contributor" : roleDefinitionIdOrName;
    const roleAssignments = [{ ...READER, roleDefinitionIdOrName }];
    expect(() => assign(roleAssignments)).toThrow(
      refusal("management-role-without-reason", '"support"', `"${role}"`, "ManagementAccess.acknowledged"),
    );
    expect(() => new ApimGateway(stack, "Other", { ...NEW, roleAssignments })).toThrow(
      refusal("management-role-without-reason", `"${role}"`),
    );
  });

  test("is assigned with a reason, which is shown", () => {
    const managementAccess = ManagementAccess.acknowledged("the on-call group, see ADR 12");
    assign([{ ...READER, roleDefinitionIdOrName: "Website Contributor", managementAccess }]);
    expect(only(synth(stack), "azurerm_role_assignment").role_definition_name).toBe("Website Contributor");
    expect(annotations(stack)).toContainEqual(
      'info: The principal of the role assignment "support" may manage the resource: the on-call group, see ADR 12',
    );
  });

  test.each([[""], [" "], [undefined], [7]])("is not assigned for the reason %p", (reason: Untyped) => {
    const managementAccess = ManagementAccess.acknowledged(reason);
    expect(() => assign([{ ...READER, roleDefinitionIdOrName: "Owner", managementAccess }])).toThrow(
      refusal("missing-reason", "ManagementAccess.acknowledged"),
    );
  });

  test("is checked by Terraform if only Terraform knows it", () => {
    const { stringValue } = new TerraformVariable(stack, "role", { type: "string" });
    assign([{ ...READER, roleDefinitionIdOrName: stringValue }]);
    const {
      role_definition_id: id,
      role_definition_name: name,
      lifecycle,
    } = only(synth(stack), "azurerm_role_assignment");
    expect([id, name]).toEqual([
      '${can(regex("(?i)[/]providers[/]Microsoft[.]Authorization[/]roleDefinitions[/]", var.role)) ? var.role : null}',
      '${can(regex("(?i)[/]providers[/]Microsoft[.]Authorization[/]roleDefinitions[/]", var.role)) ? null : var.role}',
    ]);
    expect(lifecycle.precondition).toHaveLength(1);
    expect(lifecycle.precondition[0].error_message).toEqual(refusal("management-role-at-plan"));
  });

  test("needs no condition if the reason is given, as for a role of the stack that may manage the app", () => {
    const role = new RoleDefinition(stack, "Deployer", { name: "Deployer", scope: SUBSCRIPTION });
    const managementAccess = ManagementAccess.acknowledged("the pipeline");
    assign([{ ...READER, roleDefinitionIdOrName: role.roleDefinitionResourceId, managementAccess }]);
    expect(only(synth(stack), "azurerm_role_assignment").lifecycle).toBeUndefined();
  });

  test.each([
    ["role_definition_name", "Owner"],
    ["role_definition_id", roleId(CONTRIBUTOR_ID)],
    ["scope", SUBSCRIPTION],
    ["principal_id", "other"],
  ])("cannot come in by an override of %s", (attribute, value) => {
    const backend = assign([READER]) as Untyped;
    backend.roleAssignments[0].addOverride(attribute, value);
    expect(findings(stack)).toContainEqual(refusal("role-assignment-changed", attribute));
  });
});

test("of one role for one identity are an error with two references to it", () => {
  const identity = new UserAssignedIdentity(stack, "Ops", {
    name: "ops",
    resourceGroupName: "orders",
    location: "westeurope",
  });
  const toIdentity = (key: string) => ({ ...READER, key, principalId: identity.principalId });
  expect(() => assign([toIdentity("support"), toIdentity("audit")])).toThrow(
    refusal("role-assigned-twice", '"audit" and "support"'),
  );
});

test.each<[string, Untyped, string, string]>([
  ["that are no list", READER, "not-a-list", "roleAssignments"],
  ["without a key", [{ roleDefinitionIdOrName: "Reader", principalId: PRINCIPAL }], "wrong-value", "key"],
  ["with a map as in HCL", { support: READER }, "not-a-list", "roleAssignments: [{ key:"],
  ["with a property that does not exist", [{ ...READER, scope: "/a" }], "unknown-property", '"scope"'],
  ["with the key of a path", [{ ...READER, key: "a/b" }], "invalid-role-assignment-key", '"a/b"'],
  ["with a key that only Terraform knows", [{ ...READER, key: "${var.a}" }], "literal-required", "key"],
  [
    "of one key",
    [READER, { ...READER, roleDefinitionIdOrName: "Monitoring Reader" }],
    "role-assignment-key-taken",
    '"support"',
  ],
  [
    "of one role and principal",
    [READER, { ...READER, key: "audit", roleDefinitionIdOrName: "reader" }],
    "role-assigned-twice",
    '"audit" and "support"',
  ],
  ["with the GUID of a role", [{ ...READER, roleDefinitionIdOrName: READER_ID }], "invalid-role-definition", READER_ID],
  ["with half an ID", [{ ...READER, roleDefinitionIdOrName: "/roleDefinitions/a" }], "invalid-role-definition", "/a"],
  ["with an empty role", [{ ...READER, roleDefinitionIdOrName: "" }], "invalid-role-definition", '""'],
  [
    "with the name of a user",
    [{ ...READER, principalId: "ann@contoso.com" }],
    "invalid-principal-id",
    "ann@contoso.com",
  ],
  ["with another type of principal", [{ ...READER, principalType: "Robot" }], "unknown-member", "Robot"],
  [
    "that skip the check of a group",
    [{ ...READER, principalType: "Group", skipServicePrincipalAadCheck: true }],
    "aad-check-of-no-service-principal",
    "Group",
  ],
  [
    "with the version of no condition",
    [{ ...READER, conditionVersion: "2.0" }],
    "invalid-condition-version",
    "no condition",
  ],
  [
    "with a version that does not exist",
    [{ ...READER, condition: "true", conditionVersion: "3.0" }],
    "invalid-condition-version",
    '"3.0"',
  ],
  ["with a condition that is no text", [{ ...READER, condition: {} }], "not-a-string", "condition"],
  ["with a reason that is no object", [{ ...READER, managementAccess: "agreed" }], "wrong-value", "managementAccess"],
  [
    "with an object of the user's own that shows no reason",
    [{ ...READER, roleDefinitionIdOrName: "Owner", managementAccess: { _announce: () => undefined } }],
    "wrong-value",
    "managementAccess",
  ],
  [
    "of an identity in another tenant that is no text",
    [{ ...READER, delegatedManagedIdentityResourceId: 7 }],
    "not-a-string",
    "delegatedManagedIdentityResourceId",
  ],
])("role assignments %s", (_, roleAssignments, id, value) => {
  expect(() => assign(roleAssignments)).toThrow(refusal(id, value));
});
