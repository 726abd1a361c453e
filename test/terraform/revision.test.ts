import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import {
  ApimGateway,
  ApimProduct,
  ApimTag,
  ApiSurface,
  Audience,
  Backend,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { all, GROUP, Json, stackWithProviders, synth } from "../helpers/synth";
import { runTerraform, withTerraform } from "../helpers/terraform";

/*
 * Terraform itself plans the change of a revision, on stand-ins that need no provider: each has the lifecycle that we write, and the
 * API is replaced when its revision changes, as azurerm does it.
 */

const STAND_IN = "terraform_data";
const TYPES = [
  "azurerm_api_management",
  "azurerm_api_management_api",
  "azurerm_api_management_api_operation",
  "azurerm_api_management_api_policy",
  "azurerm_api_management_api_tag",
  "azurerm_api_management_product_api",
];

function published(revision: string, description: string): Json {
  const stack = stackWithProviders();
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555")),
    surface: ApiSurface.wildcard({ revision, description }),
    products: [new ApimProduct(stack, "Partners", { gateway })],
    tags: [new ApimTag(stack, "Logistics", { gateway })],
  });
  return synth(stack);
}

/** The API and what hangs on its name, with nothing left of them but what decides when they are replaced. */
function standIns(json: Json): Json {
  const standIn = (attributes: Json): Json => ({
    input: attributes.description,
    triggers_replace: attributes.revision,
    lifecycle: JSON.parse(JSON.stringify(attributes.lifecycle ?? null).replace(/azurerm_[a-z_]+\./g, `${STAND_IN}.`)),
  });
  const resources = TYPES.flatMap((type) => Object.entries<Json>(all(json, type)));
  return { resource: { [STAND_IN]: Object.fromEntries(resources.map(([name, body]) => [name, standIn(body)])) } };
}

withTerraform("Terraform", () => {
  let directory: string;
  afterAll(() => rmSync(directory, { recursive: true }));
  const terraform = (...args: string[]): string => runTerraform(directory, ...args);
  const actions = (revision: string, description: string): Record<string, string> => {
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(standIns(published(revision, description))));
    terraform("plan", "-out=plan");
    const plan: Json = JSON.parse(terraform("show", "-json", "plan"));
    const changes: Json[] = plan.resource_changes;
    return Object.fromEntries(changes.map(({ name, change }) => [name, change.actions.join(" and ")]));
  };

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "revision-"));
    writeFileSync(join(directory, "main.tf.json"), JSON.stringify(standIns(published("1", "Orders"))));
    terraform("init");
    terraform("apply", "-auto-approve");
  });

  test("makes all that hangs on the API again with a new revision", () => {
    const { Gateway_43CB3636: gateway, ...others } = actions("2", "Orders");
    expect(gateway).toBe("no-op");
    expect(Object.values(others)).toHaveLength(10);
    expect(new Set(Object.values(others))).toEqual(new Set(["delete and create"]));
  });

  test("leaves them alone when something else of the API changes", () => {
    const planned = actions("1", "Orders of the shop");
    const { Orders_Api_A821092D: api, ...others } = planned;
    expect(api).toBe("update");
    expect(new Set(Object.values(others))).toEqual(new Set(["no-op"]));
  });
});
