import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Lazy, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { ApimGateway, ApimSku, AppRegistration, Caller, ICaller, InvokeAssignment } from "cdktf-secure-apim-backend";
import { callerKey } from "../../lib/entra/caller";
import { callersGranted } from "../../lib/entra/grants";
import { refusal } from "../helpers/refusal";
import { all, annotations, GROUP, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const OTHER = "99999999-2222-3333-4444-555555555555";

let stack: TerraformStack;
let registration: AppRegistration;

beforeEach(() => {
  stack = stackWithProviders();
  registration = new AppRegistration(stack, "R");
});

const job = (objectId: string, label?: string): Caller => Caller.servicePrincipal(objectId, label);
const granting = (caller: ICaller) => (): unknown => registration.grantInvoke(caller);

describe("callers that are granted access", () => {
  test("are listed by label, whatever the order of grants, also after the list was read", () => {
    const lists = [
      [job(GUID, "b"), job(OTHER, "a")],
      [job(OTHER, "a"), job(GUID, "b")],
    ].map((callers) => {
      stack = stackWithProviders();
      registration = new AppRegistration(stack, "R");
      const value = registration.allowedPrincipalIds;
      callers.forEach((caller) => registration.grantInvoke(caller));
      new TerraformOutput(stack, "ids", { value, staticId: true });
      return synth(stack).output.ids.value;
    });
    expect(lists).toEqual([
      [OTHER, GUID],
      [OTHER, GUID],
    ]);
  });

  test.each<[string, ICaller, ICaller]>([
    ["the same object ID", job(GUID), job(GUID)],
    ["in another case", job(GUID.replace("1", "a"), "x"), job(GUID.replace("1", "A"), "y")],
    ["the same expression and label", job("${var.a}", "job"), job("${var.a}", "job")],
  ])("twice have one grant: %s", (_, first, second) => {
    expect(registration.grantInvoke(second)).toBe(registration.grantInvoke(first));
    expect(callersGranted(registration)).toHaveLength(1);
    expect(Object.keys(all(synth(stack), "azuread_app_role_assignment"))).toHaveLength(1);
  });

  test("are known to the registration only", () => {
    const other = new AppRegistration(stack, "Other");
    registration.grantInvoke(job(GUID, "job"));
    expect(callersGranted(registration)).toEqual([{ principalId: GUID, clientId: undefined, label: "job" }]);
    expect(callersGranted(other)).toEqual([]);
  });

  test("a managed identity has the label of its construct, or the given one", () => {
    const identity = new UserAssignedIdentity(stack, "Identity", {
      name: "job",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    const ids = { id: "id", principalId: GUID, clientId: OTHER };
    expect(Caller.managedIdentity(identity, "ignored").bindCaller(stack).label).toBe("Identity");
    expect(Caller.managedIdentity(ids, "job").bindCaller(stack)).toEqual({
      principalId: GUID,
      clientId: OTHER,
      label: "job",
    });
  });

  test("are compared by object ID, or by label if only Terraform knows the object ID", () => {
    expect(callerKey({ principalId: GUID.replace("1", "A"), label: "x" })).toBe(`id:${GUID.replace("1", "a")}`);
    expect(callerKey({ principalId: "${var.a}", label: "x" })).toBe("label:x");
  });
});

test("a grant has the role assignment that it creates", () => {
  const grant = registration.grantInvoke(job(GUID, "job"));
  expect(grant.assignment?.node.path).toBe("app/R/Invoke-job");
  expect(grant.dependencies).toEqual([grant.assignment]);
});

test("a grant on a service principal without a role is default access", () => {
  const assignment = InvokeAssignment.onServicePrincipal(OTHER);
  AppRegistration.fromAttributes(stack, "Other", { clientId: GUID, assignment }).grantInvoke(job(GUID, "job"));
  expect(Object.values(all(synth(stack), "azuread_app_role_assignment"))).toEqual([
    { app_role_id: "00000000-0000-0000-0000-000000000000", principal_object_id: GUID, resource_object_id: OTHER },
  ]);
});

test("a grant waits for nothing where the role is assigned elsewhere, which is said with the reason", () => {
  const assignment = InvokeAssignment.managedElsewhere("ticket 12");
  registration = AppRegistration.fromAttributes(stack, "Other", { clientId: GUID, assignment }) as AppRegistration;
  const grant = registration.grantInvoke(job(GUID, "job"));
  expect([grant.assignment, grant.dependencies]).toEqual([undefined, []]);
  expect(all(synth(stack), "azuread_app_role_assignment")).toEqual({});
  expect(annotations(stack)).toEqual([expect.stringMatching(/The app role is assigned elsewhere.*ticket 12/)]);
});

test.each([[{}], [{ _bind: () => undefined }], [GUID]])("an assignment is not %j", (assignment) => {
  expect(() =>
    AppRegistration.fromAttributes(stack, "Other", {
      clientId: GUID,
      assignment: assignment as unknown as InvokeAssignment,
    }),
  ).toThrow(refusal("wrong-value", "[app/Other]", "The value of assignment is"));
});

test("an assignment on a service principal needs its object ID", () => {
  const assignment = InvokeAssignment.onServicePrincipal(undefined as unknown as string);
  expect(() => AppRegistration.fromAttributes(stack, "Other", { clientId: GUID, assignment })).toThrow(
    refusal("not-a-string", "[app/Other]", "The object ID in InvokeAssignment.onServicePrincipal is undefined"),
  );
});

describe("callers that cannot be told apart", () => {
  test("two of one label", () => {
    registration.grantInvoke(job(GUID, "job"));
    expect(granting(job(OTHER, "job"))).toThrow(refusal("caller-label-taken", "[app/R]", '"job"'));
  });

  test("two of one label, by ids that only Terraform knows", () => {
    registration.grantInvoke(job("${var.a}", "job"));
    registration.grantInvoke(job("${var.a}", "job"));
    expect(granting(job("${var.b}", "job"))).toThrow(refusal("caller-label-taken", "[app/R]", '"job"'));
  });

  test("two of one label may be one, while an object ID is not known", () => {
    const assignment = InvokeAssignment.managedElsewhere("ticket 12");
    const unknown = Lazy.stringValue({
      produce: () => {
        throw new Error("Not known yet.");
      },
    });
    for (const [id, first, second] of [
      ["Later", unknown, GUID],
      ["Sooner", GUID, unknown],
    ]) {
      registration = new AppRegistration(stack, id, { assignment });
      registration.grantInvoke(job(first, "job"));
      expect(granting(job(second, "job"))).not.toThrow();
    }
  });

  test.each([
    ["team/job", "team--job"],
    ["team--job", "team/job"],
  ])("two labels that give one construct id: %s and %s", (first, second) => {
    registration.grantInvoke(job(GUID, first));
    expect(granting(job(OTHER, second))).toThrow(refusal("caller-label-taken", "[app/R]", `"${second}"`));
  });

  test("two gateways of one name with different identities", () => {
    const gateway = (id: string, principalId: string): ICaller =>
      ApimGateway.fromAttributes(stack, id, {
        apimName: "contoso",
        resourceGroupName: "platform",
        sku: ApimSku.BASIC,
        principalId,
      });
    registration.grantInvoke(gateway("A", GUID));
    expect(granting(gateway("Same", GUID))).not.toThrow();
    expect(granting(gateway("B", OTHER))).toThrow(
      refusal("gateway-label-taken", "[app/R]", '"app/A"', '"app/B"', "contoso"),
    );
    const { label } = gateway("C", GUID).bindCaller(stack);
    expect(granting(job(OTHER, label))).toThrow(refusal("caller-label-taken", "[app/R]", label));
  });

  test("two services that are looked up, one of them at the path of the other's name", () => {
    const lookup = (scope: Construct, id: string, apimName: string): ICaller =>
      ApimGateway.fromLookup(scope, id, { apimName, resourceGroupName: "platform" });
    const { stringValue } = new TerraformVariable(stack, "name", { type: "string" });
    registration.grantInvoke(lookup(stack, "First", "contoso"));
    expect(granting(lookup(stack, "Again", "contoso"))).not.toThrow();
    expect(granting(lookup(new Construct(stack, "platform"), "contoso", stringValue))).toThrow(
      refusal("gateway-label-taken", "[app/R]", '"app/First"', '"app/platform/contoso"', '"platform/contoso"'),
    );
  });

  test("one service that is looked up twice in another stack is one caller", () => {
    const other = new TerraformStack(stack.node.root, "other");
    const service = { apimName: "contoso", resourceGroupName: "platform" };
    registration.grantInvoke(ApimGateway.fromLookup(other, "First", service));
    expect(granting(ApimGateway.fromLookup(other, "Again", service))).not.toThrow();
    expect(callersGranted(registration).map(({ label }) => label)).toEqual(["other/platform/contoso"]);
  });

  test.each([[0], [1]])("one service that is looked up, and given with an identity: number %i first", (first) => {
    const service = { apimName: "contoso", resourceGroupName: "platform" };
    const both = [
      ApimGateway.fromLookup(stack, "Read", service),
      ApimGateway.fromAttributes(stack, "Given", { ...service, sku: ApimSku.BASIC, principalId: GUID }),
    ];
    registration.grantInvoke(both[first]);
    expect(granting(both[1 - first])).toThrow(refusal("gateway-label-taken", '"app/Read"', '"app/Given"'));
  });

  test("a name in place of an object ID", () => {
    expect(granting(job("my job"))).toThrow(
      refusal("invalid-object-id", "[app/R]", '"my job"', '"Object ID" of the enterprise application'),
    );
  });

  test.each<[string, (value: string) => ICaller]>([
    ["a service principal", (value) => job(value)],
    ["a label that only Terraform knows", (value) => job(GUID, value)],
    ["an identity by its ids", () => Caller.managedIdentity({ id: "id", principalId: GUID, clientId: OTHER })],
  ])("no label: %s", (_, caller) => {
    const { stringValue } = new TerraformVariable(stack, "v", { type: "string" });
    expect(granting(caller(stringValue))).toThrow(
      refusal("caller-without-label", "[app/R]", 'Caller.servicePrincipal(objectId, "nightly-job")'),
    );
  });
});

describe("an assignment of one caller that is managed elsewhere", () => {
  const elsewhere = InvokeAssignment.managedElsewhere("by the batch team");

  test("is not made by this stack, and the caller is still admitted", () => {
    const grant = registration.grantInvoke(job(GUID, "batch"), elsewhere);
    registration.grantInvoke(job(OTHER, "job"));
    new TerraformOutput(stack, "ids", { value: registration.allowedPrincipalIds, staticId: true });
    expect([grant.assignment, grant.dependencies]).toEqual([undefined, []]);
    const json = synth(stack);
    expect(Object.values(all(json, "azuread_app_role_assignment"))).toMatchObject([{ principal_object_id: OTHER }]);
    expect(json.output.ids.value).toEqual([GUID, OTHER]);
    expect(annotations(stack)).toEqual([
      'info: The app role of caller "batch" is assigned elsewhere: by the batch team',
    ]);
  });

  test("stays there when the caller is granted access again", () => {
    const grant = registration.grantInvoke(job(GUID, "batch"), elsewhere);
    expect(registration.grantInvoke(job(GUID, "batch"))).toBe(grant);
    expect(registration.grantInvoke(job(GUID, "batch"), elsewhere)).toBe(grant);
    expect(all(synth(stack), "azuread_app_role_assignment")).toEqual({});
  });

  test("is refused once this stack assigns the role", () => {
    registration.grantInvoke(job(GUID, "batch"));
    expect(() => registration.grantInvoke(job(GUID, "batch"), elsewhere)).toThrow(
      refusal("assignment-after-grant", "[app/R]", '"batch"'),
    );
  });

  test.each([[{}], [{ _reason: "by the batch team" }], [GUID]])("is not %j", (assignment) => {
    const given = assignment as never;
    expect(() => registration.grantInvoke(job(GUID, "batch"), given)).toThrow(
      refusal("wrong-value", "[app/R]", "The value of assignment is"),
    );
  });

  test("needs a reason", () => {
    expect(() => registration.grantInvoke(job(GUID, "batch"), InvokeAssignment.managedElsewhere(" "))).toThrow(
      refusal("missing-reason", "[app/R]"),
    );
  });
});
