import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApimSku,
  Audience,
  Backend,
  BranchCondition,
  CircuitBreaker,
  IApimGateway,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { all, findings, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const backend = () => Backend.url("https://orders.contoso.com", Audience.clientId(GUID));

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const gatewayOf = (sku: ApimSku): IApimGateway =>
  new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "a@contoso.com",
    sku,
  });
const publish = (circuitBreaker: CircuitBreaker, gateway = gatewayOf(ApimSku.BASIC_V2)): SecureApimBackend =>
  new SecureApimBackend(stack, "Orders", { gateway, backend: backend(), circuitBreaker });
const rule = (): Json => only(synth(stack), "azurerm_api_management_backend").circuit_breaker_rule;

describe("a circuit breaker", () => {
  test("leaves a failing backend alone for a minute, or for as long as the backend says", () => {
    publish(CircuitBreaker.onFailures(5));
    expect(rule()).toEqual({
      name: "failures",
      trip_duration: "PT1M",
      accept_retry_after_enabled: true,
      failure_condition: {
        count: 5,
        interval_duration: "PT1M",
        status_code_range: [{ min: 500, max: 599 }],
      },
    });
  });

  test("counts what it is told to count, and has durations as the service writes them back", () => {
    publish(
      CircuitBreaker.onFailurePercentage(20, {
        intervalSeconds: 86_400,
        tripSeconds: 3_690,
        acceptRetryAfter: false,
        statusCodes: [{ min: 429, max: 429 }],
        errorReasons: ["BackendConnectionFailure"],
      }),
    );
    expect(rule()).toEqual({
      name: "failures",
      trip_duration: "PT1H1M30S",
      accept_retry_after_enabled: false,
      failure_condition: {
        percentage: 20,
        interval_duration: "P1D",
        status_code_range: [{ min: 429, max: 429 }],
        error_reasons: ["BackendConnectionFailure"],
      },
    });
  });

  test("of a branch is that of its backend alone, and a fragment has one too", () => {
    const gateway = gatewayOf(ApimSku.BASIC_V2);
    const breaker = CircuitBreaker.onFailures(5);
    const when = BranchCondition.header("X-Version", "2");
    new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: backend(),
      branches: [{ name: "next", when, backend: backend(), circuitBreaker: breaker }],
    });
    new SecurePolicyFragment(stack, "Stock", { gateway, backend: backend(), circuitBreaker: breaker });
    const entities = Object.values<Json>(all(synth(stack), "azurerm_api_management_backend"));
    expect(entities.map(({ name, circuit_breaker_rule }) => [name, circuit_breaker_rule !== undefined])).toEqual([
      ["orders", false],
      ["orders-next", true],
      ["stock", true],
    ]);
  });

  test("is checked by Terraform where it alone knows the tier of the gateway", () => {
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    publish(CircuitBreaker.onFailures(5), gateway);
    expect(only(synth(stack), "azurerm_api_management_backend").lifecycle).toEqual({
      create_before_destroy: true,
      precondition: [
        {
          condition: '${!startswith(data.azurerm_api_management.Gateway_43CB3636.sku_name, "Consumption")}',
          error_message: refusal("unsupported-tier-at-plan", "circuitBreaker"),
        },
      ],
    });
  });

  test("cannot be left unchecked by taking that off", () => {
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    const entity = publish(CircuitBreaker.onFailures(5), gateway).node.findChild("BackendEntity");
    // @ts-expect-error -- it is a resource
    entity.lifecycle = { preventDestroy: true };
    expect(findings(stack)).toEqual([refusal("conditions-removed", '"app/Orders/BackendEntity"')]);
  });

  test.each<[string, () => unknown, [id: string, ...values: string[]]]>([
    [
      "the Consumption tier",
      () => publish(CircuitBreaker.onFailures(5), gatewayOf(ApimSku.CONSUMPTION)),
      ["unsupported-tier", "circuitBreaker", "ApimSku.BASIC_V2"],
    ],
    [
      "no failure",
      () => publish(CircuitBreaker.onFailures(0)),
      ["number-not-in-range", "count of CircuitBreaker.onFailures is 0", "1 to 10000"],
    ],
    [
      "a share above all",
      () => publish(CircuitBreaker.onFailurePercentage(101)),
      ["number-not-in-range", "percentage of CircuitBreaker.onFailurePercentage is 101", "1 to 100"],
    ],
    [
      "half a second",
      () => publish(CircuitBreaker.onFailures(5, { tripSeconds: 0.5 })),
      ["number-not-in-range", "tripSeconds of CircuitBreaker.onFailures is 0.5", "1 to 86400"],
    ],
    [
      "more than a day",
      () => publish(CircuitBreaker.onFailures(5, { intervalSeconds: 86_401 })),
      ["number-not-in-range", "intervalSeconds of CircuitBreaker.onFailures is 86401", "1 to 86400"],
    ],
    [
      "nothing to count",
      () => publish(CircuitBreaker.onFailures(5, { statusCodes: [] })),
      ["nothing-to-count", "CircuitBreaker.onFailures", "statusCodes", "errorReasons"],
    ],
    [
      "a range that ends before it begins",
      () => publish(CircuitBreaker.onFailures(5, { statusCodes: [{ min: 500, max: 499 }] })),
      ["number-not-in-range", "max of statusCodes of CircuitBreaker.onFailures is 499", "500 to 599"],
    ],
    [
      "eleven reasons",
      () => publish(CircuitBreaker.onFailures(5, { errorReasons: Array(11).fill("Timeout") })),
      ["too-many-failure-conditions", "CircuitBreaker.onFailures", "11 entries in errorReasons"],
    ],
    [
      "eleven ranges",
      () => publish(CircuitBreaker.onFailures(5, { statusCodes: Array(11).fill({ min: 500, max: 599 }) })),
      ["too-many-failure-conditions", "CircuitBreaker.onFailures", "11 entries in statusCodes"],
    ],
  ])("refuses %s", (_, action, [id, ...values]) => {
    expect(action).toThrow(refusal(id, "[app/Orders]", ...values));
  });
});
