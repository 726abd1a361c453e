import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  ApimGateway,
  AppRegistration,
  AppRegistrationRequestProps,
  AppRuntime,
  Backend,
  Caller,
  IAppRegistration,
  InvokeAssignment,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { isEntraRequest } from "../../../lib/entra/request/entra-request";
import { GATEWAYS, NEW } from "../../backends/gateways";
import { refusal } from "../../helpers/refusal";
import { all, annotations, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { reportOf } from "../../report/reported";
import { CLIENT, JOB, OWNER, TENANT } from "./requests";

const REASON = "ticket 4711";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function variable(name: string): string {
  return new TerraformVariable(stack, name, { type: "string" }).stringValue;
}

function requested(props: Partial<AppRegistrationRequestProps> = {}): IAppRegistration {
  return AppRegistration.fromRequest(stack, "Registration", { reason: REASON, clientId: CLIENT, ...props });
}

/** What the commands read in the output. */
const notes = (): Json => (stack.toTerraform() as Json)["//"].secureApimBackend;

function requestInOutput(): Json {
  const [request, ...others] = notes().entraRequests;
  expect(others).toEqual([]);
  expect(isEntraRequest(request)).toBe(true);
  return request;
}

function webApp(registration: IAppRegistration): void {
  new SecureApimBackend(stack, "Orders", {
    gateway: new ApimGateway(stack, "Gateway", NEW),
    backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration }),
  });
}

describe("a requested registration", () => {
  test("writes nothing to Entra ID and reads nothing there", () => {
    webApp(requested({ clientId: variable("client_id") }));
    const { resource, data } = synth(stack);
    expect(Object.keys(resource).filter((type) => type.startsWith("azuread_"))).toEqual([]);
    expect(Object.keys(data)).toEqual(["azurerm_client_config"]);
    expect(annotations(stack)).toEqual([
      "info: The app registration is created elsewhere, and Terraform does not read it: ticket 4711",
    ]);
  });

  test("is in the output with all that someone else has to create", () => {
    const registration = requested({
      clientId: variable("client_id"),
      displayName: "Orders",
      owners: [OWNER],
      appRoleId: JOB,
      tenantId: TENANT,
    });
    webApp(registration);
    const identity = new UserAssignedIdentity(stack, "Job", {
      name: "job",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    registration.grantInvoke(Caller.managedIdentity(identity));
    registration.grantInvoke(Caller.servicePrincipal(JOB, "batch"));
    const json = synth(stack);
    const output = "Registration_Callers_44D96683";
    expect(requestInOutput()).toEqual({
      format: 1,
      stack: "app",
      path: "app/Registration",
      reason: REASON,
      displayName: "Orders",
      appRole: { id: JOB, value: "Invoke", displayName: "Invoke", description: "May call the API." },
      owners: [OWNER],
      tenantId: TENANT,
      clientIdVariable: "client_id",
      output,
      assignments: [
        { label: "Gateway", kind: "gateway" },
        { label: "Job", kind: "user-assigned" },
        { label: "batch", kind: "other", objectId: JOB },
      ],
      otherAssignments: [],
    });
    expect(json.output[output].value).toEqual({
      Gateway: "${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id}",
      Job: "${azurerm_user_assigned_identity.Job.principal_id}",
      batch: JOB,
    });
    expect(notes().unreadRegistrations).toEqual([{ path: "app/Registration", clientId: "${var.client_id}" }]);
  });

  test("says the client ID once the stack has it", () => {
    requested();
    expect(requestInOutput()).toMatchObject({ clientId: CLIENT, displayName: "app/Registration" });
  });

  test("keeps its app role when only its name changes", () => {
    const roles = ["Orders", "Invoices"].map((displayName) => {
      stack = stackWithProviders();
      requested({ displayName });
      return requestInOutput().appRole.id;
    });
    expect(new Set(roles).size).toBe(1);
    new AppRegistration(stackWithProviders(), "Registration");
    stack = stackWithProviders();
    new AppRegistration(stack, "Registration");
    expect(only(synth(stack), "azuread_application").app_role[0].id).toBe(roles[0]);
  });

  test("has its roles assigned by the stack if the stack knows the service principal", () => {
    const registration = requested({ servicePrincipalObjectId: variable("sp"), appRoleId: OWNER });
    registration.grantInvoke(Caller.servicePrincipal(JOB, "batch"));
    const json = synth(stack);
    expect(only(json, "azuread_app_role_assignment")).toEqual({
      app_role_id: OWNER,
      principal_object_id: JOB,
      resource_object_id: "${var.sp}",
    });
    const request = requestInOutput();
    expect(request).toMatchObject({
      servicePrincipalVariable: "sp",
      assignments: [],
      otherAssignments: [{ label: "batch" }],
    });
    expect(request).not.toHaveProperty("output");
    expect(json.output).toBeUndefined();
  });

  test("lists callers by label, whatever the order of grants", () => {
    const registration = requested();
    const callers = [Caller.servicePrincipal(JOB, "b"), Caller.servicePrincipal(OWNER, "a")];
    callers.forEach((caller) => registration.grantInvoke(caller));
    const json = synth(stack);
    expect(requestInOutput().assignments.map(({ label }: Json) => label)).toEqual(["a", "b"]);
    expect(Object.keys(Object.values<Json>(json.output)[0].value)).toEqual(["a", "b"]);
  });

  test("takes a caller of your own kind for no gateway", () => {
    const job = Object.assign(new Construct(stack, "Job"), { bindCaller: () => ({ principalId: JOB, label: "job" }) });
    requested().grantInvoke(job);
    expect(requestInOutput().assignments).toEqual([{ label: "job", kind: "other", objectId: JOB }]);
  });

  test("does not ask for an assignment that is made elsewhere", () => {
    const registration = requested();
    registration.grantInvoke(
      Caller.servicePrincipal(JOB, "batch"),
      InvokeAssignment.managedElsewhere("by the batch team"),
    );
    registration.grantInvoke(Caller.servicePrincipal(OWNER, "job"));
    const json = synth(stack);
    expect(requestInOutput()).toMatchObject({
      assignments: [{ label: "job" }],
      otherAssignments: [{ label: "batch", reason: "by the batch team" }],
    });
    expect(Object.values<Json>(json.output)[0].value).toEqual({ job: OWNER });
  });

  test.each(Object.keys(GATEWAYS))("names the identity of %s as one of a gateway", (gateway) => {
    requested().grantInvoke(GATEWAYS[gateway].make(stack));
    const [{ kind }] = requestInOutput().assignments;
    expect(kind).toBe(GATEWAYS[gateway].caller.includes("azurerm_api_management") ? "gateway" : "gateway-identity");
  });

  test.each(Object.keys(GATEWAYS))("lets in nobody but %s", (gateway) => {
    new SecureApimBackend(stack, "Orders", {
      gateway: GATEWAYS[gateway].make(stack),
      backend: Backend.webApp({
        resourceGroup: GROUP,
        runtime: AppRuntime.node("22"),
        registration: requested({ clientId: variable("client_id") }),
      }),
    });
    const json = synth(stack);
    expect(only(json, "azurerm_linux_web_app").auth_settings_v2).toMatchObject({
      require_authentication: true,
      unauthenticated_action: "Return401",
      active_directory_v2: {
        client_id: "${var.client_id}",
        allowed_audiences: ["${var.client_id}"],
        allowed_identities: [GATEWAYS[gateway].caller],
      },
    });
    const conditions = JSON.stringify(only(json, "azurerm_linux_web_app").lifecycle.precondition);
    expect(conditions).toContain("(registration-at-plan)");
    expect(Object.values<Json>(json.output)[0].value).toEqual({
      [requestInOutput().assignments[0].label]: GATEWAYS[gateway].caller,
    });
  });

  test("is among what the trust report leaves to the operator, because nothing checks it", () => {
    webApp(requested({ clientId: variable("client_id") }));
    const { leftToOperator, openOnPurpose } = reportOf({ app: stack.toTerraform() as Json });
    expect(leftToOperator).toContainEqual({
      stack: "app",
      place: "app/Registration",
      what: "The app registration is created elsewhere, and Terraform does not read it.",
      why: REASON,
    });
    expect(openOnPurpose).toEqual([]);
  });

  test("is for a gateway of another stack as well", () => {
    const platform = new TerraformStack(stack.node.root, "platform");
    new AzurermProvider(platform, "azurerm", { features: [{}] });
    const registration = requested();
    registration.grantInvoke(new ApimGateway(platform, "Gateway", NEW));
    const json = synth(stack);
    const [assignment] = requestInOutput().assignments;
    expect(assignment).toEqual({ label: "platform/Gateway", kind: "gateway" });
    expect(Object.values<Json>(json.output)[0].value["platform/Gateway"]).toContain("data.terraform_remote_state.");
  });

  test("can be for the callers of an API", () => {
    const gateway = new ApimGateway(stack, "Gateway", NEW);
    new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") }),
      callers: { allowed: [Caller.servicePrincipal(JOB, "batch")], registration: requested() },
    });
    const json = synth(stack);
    expect(requestInOutput().assignments).toEqual([{ label: "batch", kind: "other", objectId: JOB }]);
    expect(Object.keys(all(json, "azuread_application"))).toHaveLength(1);
  });
});

describe("the files of a request", () => {
  let outdir: string;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "request-"));
  });

  afterEach(() => rmSync(outdir, { recursive: true }));

  function synthesized(displayName = "Orders"): string {
    const app = new App({ outdir });
    stack = new TerraformStack(app, "production");
    AppRegistration.fromRequest(stack, "Registration", {
      reason: REASON,
      clientId: "${var.client_id}",
      tenantId: TENANT,
      displayName,
    }).grantInvoke(Caller.servicePrincipal(JOB, "batch"));
    expect(existsSync(join(outdir, "stacks", "production"))).toBe(displayName !== "Orders");
    app.synth();
    return join(outdir, "stacks", "production", "entra-requests", "Registration");
  }

  test("are written at synth: a page, a script and JSON", () => {
    const folder = synthesized();
    const [page, script, graph] = ["request.md", "request.sh", "graph.json"].map((name) =>
      readFileSync(join(folder, name), "utf8"),
    );
    expect(page).toMatch(/^# Request: app registration Orders\n/);
    expect(script).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(statSync(join(folder, "request.sh")).mode & 0o111).toBe(0o111);
    expect(JSON.parse(graph).requests.map(({ title }: Json) => title)).toEqual([
      "Application",
      "Service principal",
      "Assignment of the app role to batch",
    ]);
  });

  test("are replaced at the next synth", () => {
    synthesized();
    expect(readFileSync(join(synthesized("Invoices"), "request.md"), "utf8")).toContain("app registration Invoices");
  });
});

describe("is refused:", () => {
  test.each<[string, Partial<AppRegistrationRequestProps>, string, string]>([
    ["no reason", { reason: " " }, "missing-reason", "AppRegistration.fromRequest"],
    ["a name as client ID", { clientId: "orders" }, "invalid-client-id", '"orders"'],
    ["a name that only Terraform knows", { displayName: "${var.name}" }, "literal-required", "displayName"],
    ["a name of two lines", { displayName: "a\nb" }, "invalid-name", "120"],
    ["an empty name", { displayName: "" }, "invalid-name", "120"],
    ["an owner by mail", { owners: ["ops@contoso.com"] }, "invalid-owner", '"ops@contoso.com"'],
    ["an owner that only Terraform knows", { owners: ["${var.owner}"] }, "literal-required", "owner"],
    ["a role by name", { appRoleId: "Invoke" }, "invalid-app-role-id", '"Invoke"'],
    ["a role that only Terraform knows", { appRoleId: "${var.role}" }, "literal-required", "appRoleId"],
    ["a service principal by name", { servicePrincipalObjectId: "orders" }, "invalid-object-id", '"orders"'],
    ["every tenant", { tenantId: "common" }, "invalid-tenant-id", '"common"'],
  ])("%s", (_, props, id, value) => {
    expect(() => requested(props)).toThrow(refusal(id, "[app/Registration]", value));
  });
});
