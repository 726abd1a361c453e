import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { App, TerraformStack, Testing } from "cdktf";
import { EXAMPLES } from "../../examples/index";
import { Backend, PolicyStatement } from "../../lib/index";
import { fail, finding } from "../../lib/core/fail";
import { inPython, pythonName } from "../../lib/core/python";
import { checkStrategy } from "../../lib/core/strategy";
import { messagesOfLib } from "../helpers/messages";

/* What a user of Python reads: the jsii runtime of Python sets JSII_AGENT. */

const agent = process.env.JSII_AGENT;

beforeEach(() => {
  process.env.JSII_AGENT = "Python/3.11.7";
});

afterEach(() => {
  if (agent === undefined) delete process.env.JSII_AGENT;
  else process.env.JSII_AGENT = agent;
});

test.each([
  ["resourceGroup", "resource_group"],
  ["azureOpenAiV1", "azure_open_ai_v1"],
  ["putAuthSettingsV2", "put_auth_settings_v2"],
  ["url", "url"],
  ["Backend", "Backend"],
])("%s is %s in Python", (name, expected) => {
  expect(pythonName(name)).toBe(expected);
});

test.each([
  // Calls
  ["Write Backend.functionApp({ ... }).", "Write Backend.function_app(...)."],
  ['Write runtime: AppRuntime.node("22").', 'Write runtime=AppRuntime.node("22").'],
  [
    'Write new ApimGateway(this, "Gateway", { sku, resourceGroup }).',
    'Write ApimGateway(self, "Gateway", sku=sku, resource_group=resource_group).',
  ],
  [
    'surface: ApiSurface.operations([{ method: HttpMethod.GET, urlTemplate: "/orders/{id}" }])',
    'surface: ApiSurface.operations([{ method: HttpMethod.GET, url_template: "/orders/{id}" }])',
  ],
  ["Audience.registration(first.registration!)", "Audience.registration(first.registration)"],
  ['Add readonly factory = "new Object".', 'Add factory = "new Object".'],
  // Properties
  ["Omit networkAccess, or set it.", "Omit network_access, or set it."],
  ['Set httpsOnly: true and protocols: ["https"] on it.', 'Set https_only=True and protocols=["https"] on it.'],
  ["such as cors: { supportCredentials: false }", "such as cors={ support_credentials: False }"],
  ["Choose a plan: plan: AppServicePlan.existing(plan).", "Choose a plan: plan=AppServicePlan.existing(plan)."],
  ["With allowCredentials: true, for example calls: 10.", "With allow_credentials=True, for example calls=10."],
  // Sentences
  ["Write the policy yourself: PolicyDocument.of().", "Write the policy yourself: PolicyDocument.of()."],
  ["Write it: Backend.url().", "Write it: Backend.url()."],
  ['Add openapi: "3.0.3".', 'Add openapi: "3.0.3".'],
  ["This is new to the library, and true.", "This is new to the library, and true."],
  // What is the user's, or Azure's
  [
    'The operation "getOrders" of "/orders/{orderId}" is missing.',
    'The operation "getOrders" of "/orders/{orderId}" is missing.',
  ],
  ['Write <set-header name="myHeader" /> with {orderId}.', 'Write <set-header name="myHeader" /> with {orderId}.'],
  ["#/paths/getOrders and @context.myName", "#/paths/getOrders and @context.my_name"],
])("%s", (text, expected) => {
  expect(inPython(text)).toBe(expected);
});

test("an error names the call and its code in Python", () => {
  expect(() => PolicyStatement.rateLimit(0, 60)).toThrow("[PolicyStatement.rate_limit] ");
  expect(() => fail("Backend.webApp", "some-id", "There is no httpsOnly.", "Write httpsOnly: true.")).toThrow(
    "[Backend.web_app] There is no https_only. Write https_only=True. (some-id)",
  );
});

test("a class of the user's without a factory reads how to write one", () => {
  const backend = { bind: () => undefined } as never;
  const words = {
    property: "backend",
    factories: Backend,
    other: { property: "surface", factories: "ApiSurface" },
    implemented: "IApimBackend",
    example: "Backend.url()",
  };
  expect(() => checkStrategy(new TerraformStack(new App(), "app"), backend, words)).toThrow(
    "Add a property that names it in messages: a method factory(self) with @property. jsii does not see an attribute.",
  );
});

test("a construct and a file keep their names", () => {
  const stack = new TerraformStack(new App(), "myStack");
  expect(() => fail(stack, "some-id", "Wrong.", "Mend it.")).toThrow("[myStack] Wrong.");
  expect(() => fail("policies/myOrders.xml", "some-id", "Wrong.", "Mend it.")).toThrow(
    "[policies/myOrders.xml] Wrong.",
  );
});

test("in other languages, code is that of TypeScript", () => {
  process.env.JSII_AGENT = "Java/17";
  expect(finding("some-id", "There is no httpsOnly.", "Write httpsOnly: true.")).toContain("Write httpsOnly: true.");
});

test("no message shows a user of Python a name or a call of TypeScript", () => {
  const left = messagesOfLib()
    .filter(({ room }) => room !== "cli")
    .map(({ id, text, remedy }) => [id, inPython(`${text} ${remedy}`).replace(/"[^"]*"|<[^<>]*>|‹[^›]*›/g, "")])
    .filter(([, message]) =>
      /\bnew [A-Z]\w*\(|\(\{|\w=[a-z]+[A-Z]|(?<![\w/{])[a-z]+[A-Z]\w*(?!\})|\(this\b/.test(message),
    );
  expect(left).toEqual([]);
});

test("the Terraform is the same in every language", () => {
  const synthesized = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries(EXAMPLES).map(([name, Stack]) => [name, Testing.synth(new Stack(Testing.app(), name))]),
    );
  const python = synthesized();
  delete process.env.JSII_AGENT;
  expect(python).toEqual(synthesized());
});

test("what is written into the Terraform is a condition's message", () => {
  const lib = join(__dirname, "..", "..", "lib");
  const files = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const wrong = files.filter((file) =>
    /errorMessage: finding\(|error_message: finding\(/.test(readFileSync(join(lib, file), "utf8")),
  );
  expect(wrong).toEqual([]);
});
