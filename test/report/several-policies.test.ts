import { diffOf } from "../../lib/report/diff/compared";
import { reportOn } from "../../lib/report/report";
import { TrustReport } from "../../lib/report/trust-report";
import { RULES } from "../../lib/rules/rules";
import { judge } from "../../lib/rules/verdicts";
import { Json } from "../helpers/synth";
import { workOf } from "../helpers/work";
import { modelOf } from "../rules/judged";
import { policy, WRITTEN, writtenStack } from "../rules/written-stack";
import { accessOf, barriersOf, reportAfter, reportOf } from "./reported";

/* Azure keeps one policy of an API: the one that is applied last. What stops others with one of several only stops nobody for sure. */

const API = "azurerm_api_management_api_policy";
const GATEWAY = "${azurerm_api_management.gateway.name}";
const OPEN = policy("<base />");
const APPLICATION = "the application 66666666-7777-8888-9999-000000000000 and a key of the API or all APIs";
const KEY = "everyone who has a key of the API or all APIs";
const TENANT = "the tenant 11111111-2222-3333-4444-555555555555";

const ofApi = (api_name: string, xml_content = OPEN, more: Json = {}): Json => ({
  api_name,
  api_management_name: GATEWAY,
  xml_content,
  ...more,
});

/** The report with a second policy. */
function withSecond(second: Json): TrustReport {
  return reportAfter((all) => void (all[API].second = second));
}

/** What the report says of the API: who gets in, and its sign-in. */
function saidOf(report: TrustReport): { admits: readonly string[]; signIn: string[] } {
  return { admits: accessOf(report, "orders", "api").admits, signIn: barriersOf(report, "orders", "sign-in", "api") };
}

const CLOSED_IF_LAST = `unknown: If ${API}.orders is the policy that is applied last: A request without a valid token of ${TENANT} gets 401.`;

test("an open second policy opens the API", () => {
  expect(saidOf(withSecond(ofApi("orders")))).toEqual({
    admits: [APPLICATION, KEY],
    signIn: [
      CLOSED_IF_LAST,
      `open: If ${API}.second is the policy that is applied last: The gateway asks for no token.`,
    ],
  });
});

test("so it does if it comes first", () => {
  const report = reportAfter((all) => {
    all[API] = { first: ofApi("orders"), ...all[API] };
  });
  expect(saidOf(report)).toEqual({
    admits: [KEY, APPLICATION],
    signIn: [
      `open: If ${API}.first is the policy that is applied last: The gateway asks for no token.`,
      CLOSED_IF_LAST,
    ],
  });
});

test("the list of who may call stops nobody for sure, if only one of the policies has it", () => {
  expect(barriersOf(withSecond(ofApi("orders")), "orders", "allow-list", "api")).toEqual([
    `unknown: If ${API}.orders is the policy that is applied last: Only the application 66666666-7777-8888-9999-000000000000 may call.`,
  ]);
});

test.each([
  ["in another stack", (stack: Json) => ({ shared: { resource: { [API]: { second: stack } } } })],
  [
    "of azapi in another stack",
    () => ({
      shared: {
        resource: {
          azapi_resource: {
            second: {
              type: "Microsoft.ApiManagement/service/apis/policies@2024-05-01",
              name: "policy",
              parent_id:
                "/subscriptions/1/resourceGroups/rg/providers/Microsoft.ApiManagement/service/gateway/apis/orders",
              body: { properties: { format: "rawxml", value: OPEN } },
            },
          },
        },
      },
    }),
  ],
])("an open second policy %s opens the API", (_, others) => {
  const second = ofApi("orders", OPEN, { api_management_name: "gateway" });
  const { admits, signIn } = saidOf(reportOf({ orders: writtenStack(), ...others(second) }));
  expect(admits).toEqual([APPLICATION, KEY]);
  expect(signIn.map((each) => each.replace(/^(\w+: If )\S+( of the stack shared)?/, "$1it$2"))).toEqual([
    `unknown: If it is the policy that is applied last: A request without a valid token of ${TENANT} gets 401.`,
    "open: If it of the stack shared is the policy that is applied last: The gateway asks for no token.",
  ]);
});

test.each<[what: string, second: Json]>([
  ["whose API only Terraform knows", ofApi("${var.api}")],
  ["that Terraform may not create", ofApi("orders", OPEN, { count: "${var.second ? 1 : 0}" })],
  ["of a service that only Terraform knows", ofApi("orders", OPEN, { api_management_name: "${var.gateway}" })],
])("an open policy %s opens the API perhaps", (_, second) => {
  const report = reportOf({
    orders: {
      ...writtenStack(),
      resource: { ...writtenStack().resource, [API]: { ...writtenStack().resource[API], second } },
    },
  });
  const party = report.parties.find(({ id }) => id === "orders/azurerm_api_management_api.orders")!;
  const { admits, barriers } = report.access.find((row) => row.party === party.id)!;
  expect(admits).toEqual([APPLICATION, `perhaps ${KEY}`]);
  expect(barriers.filter(({ kind }) => kind === "sign-in").map(({ state, text }) => `${state}: ${text}`)).toEqual([
    CLOSED_IF_LAST,
    `unknown: If ${API}.second is a policy of this API, and is applied last: The gateway asks for no token.`,
  ]);
});

test.each([1, 7, 8, 20])(
  "an open policy behind %s others whose API only Terraform knows opens the API perhaps",
  (count) => {
    const report = reportAfter((all) => {
      const closed = (at: number): Json => ofApi(`\${var.api${at}}`, policy("<base />", WRITTEN.validation));
      for (let at = 0; at < count; at++) all[API][`closed${at}`] = closed(at);
      all[API].open = ofApi("${var.open}");
    });
    const { admits, signIn } = saidOf(report);
    expect(admits).toEqual([APPLICATION, `perhaps ${KEY}`]);
    expect(signIn.filter((each) => each.startsWith("closed"))).toEqual([]);
    const name = count < 7 ? `${API}.open` : "another policy";
    expect(signIn[signIn.length - 1]).toBe(
      `unknown: If ${name} is a policy of this API, and is applied last: The gateway asks for no token.`,
    );
  },
);

test("an open policy behind many others of an API opens it perhaps", () => {
  const report = reportAfter((all) => {
    for (let at = 0; at < 20; at++) all[API][`closed${at}`] = all[API].orders;
    all[API].open = ofApi("orders");
  });
  expect(saidOf(report).admits).toEqual([APPLICATION, `perhaps ${KEY}`]);
});

test("an open policy behind many others of an API opens it, whatever the gateway validates", () => {
  const report = reportAfter((all) => {
    all.azurerm_api_management_policy.all.xml_content = policy(WRITTEN.validation);
    for (let at = 0; at < 8; at++) all[API][`inherits${at}`] = ofApi("orders");
    delete all[API].orders;
    all[API].open = ofApi("orders", policy());
  });
  const { admits, signIn } = saidOf(report);
  expect(admits).toEqual([APPLICATION, `perhaps ${KEY}`]);
  expect(signIn[0]).toBe(
    `unknown: If ${API}.inherits0 is the policy that is applied last: A request without a valid token of ${TENANT} gets 401.`,
  );
  expect(signIn.slice(8)).toEqual([
    "unknown: If another policy is a policy of this API, and is applied last: The gateway asks for no token.",
  ]);
});

describe("a policy that can be of an API without one", () => {
  /** The API has no policy, and the gateway validates tokens. */
  const without = (resource: Json, others: Readonly<Record<string, Json>> = {}): TrustReport => {
    const stack = writtenStack();
    stack.resource.azurerm_api_management_policy.all.xml_content = policy(WRITTEN.validation);
    delete stack.resource[API].orders;
    for (const [type, named] of Object.entries(resource)) stack.resource[type] = { ...stack.resource[type], ...named };
    return reportOf({ orders: stack, ...others });
  };
  const IF_NONE = `If this API has no policy of its own: A request without a valid token of ${TENANT} gets 401.`;

  /** The same of the API that the stack declares, beside one that only a policy names. */
  const saidOfOrders = ({ access }: TrustReport): { admits: readonly string[]; signIn: string[] } => {
    const { admits, barriers } = access.find(({ party }) => party === "orders/azurerm_api_management_api.orders")!;
    const signIn = barriers.filter(({ kind }) => kind === "sign-in").map(({ state, text }) => `${state}: ${text}`);
    return { admits, signIn };
  };

  test.each<[what: string, second: Json]>([
    ["by a variable", ofApi("${var.api}", policy())],
    ["by a key", ofApi("${each.key}", policy(), { for_each: "${var.apis}" })],
    ["on a service that only Terraform knows", ofApi("orders", policy(), { api_management_name: "${var.gateway}" })],
  ])("opens it perhaps, if it is open: %s", (_, second) => {
    expect(saidOfOrders(without({ [API]: { second } }))).toEqual({
      admits: [APPLICATION, `perhaps ${KEY}`],
      signIn: [
        `unknown: ${IF_NONE}`,
        `unknown: If ${API}.second is a policy of this API, and is applied last: The gateway asks for no token.`,
      ],
    });
  });

  test("opens it perhaps from another stack", () => {
    const second = ofApi("orders", policy(), { api_management_name: "${var.gateway}" });
    expect(saidOfOrders(without({}, { shop: { resource: { [API]: { second } } } })).signIn).toEqual([
      `unknown: ${IF_NONE}`,
      `unknown: If ${API}.second of the stack shop is a policy of this API, and is applied last: The gateway asks for no token.`,
    ]);
  });

  test("opens it perhaps behind many that are closed", () => {
    const closed = Array.from({ length: 20 }, (_, at) => [`a${at}`, ofApi(`\${var.api${at}}`)]);
    const report = without({ [API]: { ...Object.fromEntries(closed), open: ofApi("${var.open}", policy()) } });
    expect(saidOfOrders(report).admits).toEqual([APPLICATION, `perhaps ${KEY}`]);
    expect(saidOfOrders(report).signIn.filter((each) => each.startsWith("closed"))).toEqual([]);
  });

  test("closes it only if it is of it", () => {
    const report = without({
      azurerm_api_management_policy: { all: writtenStack().resource.azurerm_api_management_policy.all },
      [API]: { second: ofApi("${var.api}", policy("<base />", WRITTEN.validation)) },
    });
    expect(saidOfOrders(report)).toEqual({
      admits: [KEY, `perhaps ${APPLICATION}`],
      signIn: [
        "open: If this API has no policy of its own: The gateway asks for no token.",
        `unknown: If ${API}.second is a policy of this API, and is applied last: A request without a valid token of ${TENANT} gets 401.`,
      ],
    });
  });

  test.each<[what: string, second: Json]>([
    ["that inherits, as all do", ofApi("${var.api}")],
    ["of another API", ofApi("shop", policy())],
    ["of another API, by a reference", ofApi("${azurerm_api_management_api.models.name}", policy())],
    ["of an API whose name ends differently", ofApi("${var.stage}-shop", policy())],
    ["of another service", ofApi("orders", policy(), { api_management_name: "other" })],
  ])("changes nothing: one %s", (_, second) => {
    const { signIn } = saidOfOrders(without({ [API]: { second } }));
    expect(signIn).toEqual([`closed: A request without a valid token of ${TENANT} gets 401.`]);
  });

  test("calls for the API that it names, and not for one that it only can be of", () => {
    const calling = policy("<base />", '<set-backend-service base-url="https://shop.contoso.com" />');
    const { calls, parties } = without({ [API]: { second: ofApi("${var.api}", calling) } });
    const { id } = parties.find(({ name }) => name === "shop.contoso.com")!;
    const callers = calls.filter(({ to }) => to === id).map(({ from }) => from);
    const names = callers.map((from) => parties.find((party) => party.id === from)?.name);
    expect(names).toContain("var.api");
    expect(names).not.toContain("orders");
  });

  test("is left to be named", () => {
    const tasks = (resource: Json): string[] =>
      without(resource).leftToOperator.flatMap(({ place, what }) =>
        what.startsWith("Name the API of this policy") ? `${place}: ${what}` : [],
      );
    expect(tasks({ [API]: { second: ofApi("${var.api}", policy()) } })).toEqual([
      `${API}.second: Name the API of this policy, and its gateway, by references, so that it is known which API the policy is of.`,
    ]);
    expect(tasks({ [API]: { second: ofApi("shop", policy()) } })).toEqual([]);
  });
});

describe("a policy of an operation that can be of an API", () => {
  const OPERATION = "azurerm_api_management_api_operation_policy";
  const ofOperation = (api_name: string, xml_content: string, more: Json = {}): Json => ({
    ...ofApi(api_name, xml_content, more),
    operation_id: "put",
  });
  const withOperation = (other: Json): TrustReport => reportAfter((all) => void (all[OPERATION].other = other));

  test.each<[what: string, other: Json]>([
    ["by a variable", ofOperation("${var.api}", policy())],
    ["by a module", ofOperation("${module.shop.api_name}", policy())],
    ["on a service that only Terraform knows", ofOperation("orders", policy(), { api_management_name: "${var.g}" })],
  ])("opens an operation perhaps, if it does not inherit: %s", (_, other) => {
    const { access } = withOperation(other);
    const { admits, barriers } = access.find(({ party }) => party === "orders/azurerm_api_management_api.orders")!;
    expect(admits).toEqual([APPLICATION, `perhaps ${KEY}, for the operation put`]);
    const said = (kind: string): string[] =>
      barriers.filter((each) => each.kind === kind).map(({ state, text }) => `${state}: ${text}`);
    expect(said("sign-in")).toEqual([
      `unknown: If ${OPERATION}.other is a policy of this API: No token is validated for the operation put, whose policy does not inherit that of the API.`,
    ]);
    expect(said("allow-list")).toEqual([
      "unknown: Only the application 66666666-7777-8888-9999-000000000000 may call, except perhaps for the operation put.",
    ]);
  });

  test("from another stack is named with its stack", () => {
    const other = ofOperation("orders", policy(), { api_management_name: "${var.gateway}" });
    const { access } = reportOf({ orders: writtenStack(), shop: { resource: { [OPERATION]: { other } } } });
    const { barriers } = access.find(({ party }) => party === "orders/azurerm_api_management_api.orders")!;
    expect(barriers[0].text).toBe(
      `If ${OPERATION}.other of the stack shop is a policy of this API: No token is validated for the operation put, whose policy does not inherit that of the API.`,
    );
  });

  test("is not closed by many others", () => {
    const report = reportAfter((all) => {
      const closed = policy(WRITTEN.validation);
      for (let at = 0; at < 20; at++)
        all[OPERATION][`own${at}`] = { ...ofOperation("orders", closed), operation_id: at };
      for (let at = 0; at < 20; at++) all[OPERATION][`other${at}`] = ofOperation(`\${var.api${at}}`, closed);
      all[OPERATION].open = ofOperation("${var.open}", policy());
    });
    const [first] = barriersOf(report, "orders", "sign-in", "api");
    expect(first).toBe(
      "unknown: If another policy is a policy of this API: No token is validated for the operation others, whose policy does not inherit that of the API.",
    );
  });

  test("that cannot be read is not known", () => {
    const [first] = barriersOf(withOperation(ofOperation("${var.api}", "${var.xml}")), "orders", "sign-in", "api");
    expect(first).toBe(
      "unknown: Whether a token is validated for the operation put is not known, because the policy there cannot be read.",
    );
  });

  test.each<[what: string, other: Json]>([
    ["that inherits", ofOperation("${var.api}", OPEN)],
    ["that validates the same", ofOperation("${var.api}", policy(WRITTEN.validation))],
    ["of another API", ofOperation("${azurerm_api_management_api.models.name}", policy())],
  ])("changes nothing: one %s", (_, other) => {
    expect(barriersOf(withOperation(other), "orders", "sign-in", "api")).toEqual([
      `closed: A request without a valid token of ${TENANT} gets 401.`,
    ]);
  });
});

test("two policies that ask for the same token close the API", () => {
  expect(saidOf(withSecond(ofApi("orders", policy("<base />", WRITTEN.validation))))).toEqual({
    admits: [APPLICATION],
    signIn: [`closed: A request without a valid token of ${TENANT} gets 401.`],
  });
});

test("who gets in with either of two policies gets in", () => {
  const other = WRITTEN.validation.replace(
    "66666666-7777-8888-9999-000000000000",
    "77777777-7777-8888-9999-000000000000",
  );
  const { admits } = saidOf(withSecond(ofApi("orders", policy("<base />", other))));
  expect(admits).toEqual([APPLICATION, APPLICATION.replace("66666666", "77777777")]);
});

test("one of two policies of the gateway closes no API for sure", () => {
  const validating = policy(WRITTEN.validation).replace(/<base \/>/, "<forward-request />");
  const one = (all: Json): void => {
    all.azurerm_api_management_policy.all.xml_content = validating;
    all[API].orders.xml_content = OPEN;
  };
  expect(barriersOf(reportAfter(one), "orders", "sign-in", "api")).toEqual([
    `closed: A request without a valid token of ${TENANT} gets 401.`,
  ]);
  const two = reportAfter((all) => {
    const { all: first } = all.azurerm_api_management_policy;
    all.azurerm_api_management_policy.second = { ...first };
    one(all);
  });
  expect(barriersOf(two, "orders", "sign-in", "api")).toEqual([
    "unknown: Whether tokens are validated is not known: the gateway has several policies, of which Azure keeps the one that is applied last.",
    `unknown: If this policy of the gateway is applied last, requests need a valid token of ${TENANT}.`,
  ]);
});

test("a second policy of an operation that does not inherit opens it", () => {
  const report = reportAfter((all) => {
    const { azurerm_api_management_api_operation_policy: policies } = all;
    policies.second = { ...policies.get, xml_content: policy() };
  });
  expect(barriersOf(report, "orders", "sign-in", "api")).toEqual([
    "open: No token is validated for the operation get, whose policy does not inherit that of the API.",
  ]);
});

test("a second policy is something that opened", () => {
  const { opened, closed } = diffOf(reportOf({ orders: writtenStack() }), withSecond(ofApi("orders")));
  expect(opened.map(({ section, about }) => `${section}: ${about}`)).toEqual([
    "calls: Holders of a key for gateway → API orders",
    "access: API orders",
    "access: API orders: sign-in",
    "access: API orders: sign-in",
    "access: API orders: issuer",
    "access: API orders: allow-list",
    `findings: one-policy at ${API}.second`,
  ]);
  expect(closed).toEqual([]);
});

test.each([
  ["first", { second: ofApi("orders"), ...writtenStack().resource[API] }],
  ["last", { ...writtenStack().resource[API], second: ofApi("orders") }],
])("to remove the one of two policies that validates is something that opened: the other one comes %s", (_, both) => {
  const base = reportAfter((all) => void (all[API] = both));
  const head = reportAfter((all) => {
    all[API] = { ...both };
    delete all[API].orders;
  });
  expect(diffOf(base, head).opened.filter(({ section }) => section === "access")).toEqual([
    {
      section: "access",
      about: "API orders: sign-in",
      before: CLOSED_IF_LAST,
      after: "open: The gateway asks for no token.",
    },
  ]);
});

test.each<[what: string, policies: (at: number) => Json]>([
  ["one API", () => ofApi("orders")],
  ["APIs that only Terraform knows", (at) => ofApi(`\${var.api${at}}`)],
  ["APIs whose names end differently", (at) => ofApi(`\${var.prefix}-api${at}`)],
  ["one API that only Terraform knows", () => ofApi("${var.api}")],
  ["one API that Terraform may not create", () => ofApi("orders", OPEN, { count: "${var.n}" })],
])("the work grows with the number of policies of %s", (_, make) => {
  const [forty, many] = [40, 160].map((count) => {
    const stack = writtenStack();
    const operations = stack.resource.azurerm_api_management_api_operation_policy;
    for (let at = 0; at < count; at++) {
      stack.resource[API][`r${at}`] = make(at);
      operations[`r${at}`] = { ...ofApi("orders"), operation_id: `o${at}` };
    }
    return workOf(() => {
      const model = modelOf({ orders: stack });
      judge(model, RULES, []);
      reportOn(model, { skipped: [], unreadable: [] });
    });
  });
  expect(many / forty).toBeLessThan(4.5);
});

test("the work grows with the number of APIs and of policies that can be theirs", () => {
  const [forty, many] = [40, 160].map((count) => {
    const stack = writtenStack();
    const operations = stack.resource.azurerm_api_management_api_operation_policy;
    for (let at = 0; at < count; at++) {
      stack.resource.azurerm_api_management_api[`r${at}`] = { name: `r${at}`, api_management_name: GATEWAY };
      stack.resource[API][`r${at}`] = ofApi(`\${var.api${at}}`, policy());
      operations[`r${at}`] = { ...ofApi(`\${var.api${at}}`, policy()), operation_id: "put" };
      operations[`s${at}`] = { ...ofApi("orders", policy()), operation_id: `s${at}` };
    }
    return workOf(() => reportOn(modelOf({ orders: stack }), { skipped: [], unreadable: [] }));
  });
  expect(many / forty).toBeLessThan(4.5);
});
