import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApimProduct,
  ApimSku,
  ApiSurface,
  Audience,
  Backend,
  HttpMethod,
  LockKind,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { order } from "../helpers/graph";
import { refusal } from "../helpers/refusal";
import { Json, only, stackWithProviders, synth } from "../helpers/synth";

/* A lock on a gateway also locks what is on it, so Terraform has to remove it first. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

const kind = LockKind.CAN_NOT_DELETE;

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const locked = (lock: Untyped = { kind }, props: Untyped = {}): ApimGateway =>
  new ApimGateway(stack, "Gateway", { ...NEW, sku: ApimSku.BASIC_V2, lock, ...props });

/** The addresses of a type, such as `azurerm_api_management_api.Orders`. */
const addresses = (json: Json): string[] =>
  Object.entries<Json>(json.resource).flatMap(([type, resources]) =>
    Object.keys(resources).map((name) => `${type}.${name}`),
  );

test("the gateway cannot be deleted", () => {
  const { managementLock } = locked({ kind, name: "frozen" });
  const lock = only(synth(stack), "azurerm_management_lock");
  expect(lock).toMatchObject({
    name: "frozen",
    lock_level: "CanNotDelete",
    scope: "${azurerm_api_management.Gateway_43CB3636.id}",
  });
  expect(managementLock?.nameInput).toBe("frozen");
});

test("there is none by default", () => {
  expect(new ApimGateway(stack, "Gateway", NEW).managementLock).toBeUndefined();
});

test("a destruction of the stack removes the lock before everything on the gateway", () => {
  const gateway = locked(undefined, {
    diagnosticSettings: [{ name: "platform", workspace: { id: "/logs" } }],
    roleAssignments: [
      { key: "support", roleDefinitionIdOrName: "Reader", principalId: "11111111-2222-3333-4444-555555555555" },
    ],
  });
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
    surface: ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders" }], { path: "orders" }),
    products: [new ApimProduct(stack, "Product", { gateway })],
  });
  new SecureApimBackend(stack, "Regions", {
    gateway,
    backend: Backend.pool([
      { name: "west", backend: Backend.url("https://west.contoso.com", Audience.uri("api://regions")) },
      { name: "east", backend: Backend.url("https://east.contoso.com", Audience.uri("api://regions")) },
    ]),
  });
  const json = synth(stack);
  const before: string[] = only(json, "azurerm_management_lock").depends_on;
  const onGateway = addresses(json).filter((each) =>
    /api_management|azapi|diagnostic_setting|role_assignment/.test(each),
  );
  expect(before.slice().sort()).toEqual(onGateway.filter((each) => !each.startsWith("azuread_")).sort());
  expect(before.some((each) => each.startsWith("azapi_resource."))).toBe(true);
  expect(() => order(json)).not.toThrow();
});

test("apps behind the gateway can be removed: the lock does not wait for them", () => {
  const gateway = locked();
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.containerApp({ resourceGroup: NEW.resourceGroup, image: "contoso/orders:1", targetPort: 80 }),
  });
  const json = synth(stack);
  const before: string[] = only(json, "azurerm_management_lock").depends_on;
  expect(before.filter((each) => !/^azurerm_api_management/.test(each))).toEqual([]);
  expect(() => order(json)).not.toThrow();
});

test.each([
  ["its name", "CanNotDelete", "wrong-value", '"CanNotDelete"'],
  ["of the kind under which no API could change", { kind: "ReadOnly" }, "read-only-lock", "change of an API"],
  ["with notes", { kind, notes: "ours" }, "unknown-property", '"notes"'],
])("a lock that is %s", (_, lock, id, value) => {
  expect(() => locked(lock)).toThrow(refusal(id, value));
});
