import { TerraformStack } from "cdktf";
import {
  ApiDiagnostics,
  ApimGateway,
  ApimSku,
  Audience,
  Backend,
  BranchCondition,
  ConflictResolution,
  IApimBackend,
  IApimGateway,
  OpenAiAccountRef,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  RetryInterval,
  SecureApimBackend,
  SecureApimBackendProps,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { annotations, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

/* A model answers in parts, and each part reaches the consumer as it comes. */

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "rg",
    sku: ApimSku.BASIC_V2,
    principalId: GUID,
  });
});

const model = (): IApimBackend => ({
  factory: "new Model",
  bind: () => ({
    url: "https://models.contoso.com",
    audience: Audience.clientId(GUID),
    policy: PolicyDocument.EMPTY,
    dependencies: [],
    streams: true,
  }),
});
const publish = (props: Partial<SecureApimBackendProps> = {}): SecureApimBackend =>
  new SecureApimBackend(stack, "Models", { gateway, backend: model(), ...props });

/** The backend section of the policy, without the ids of our elements. */
function backendSection(): string {
  const policy = withoutHashes(only(synth(stack), "azurerm_api_management_api_policy").xml_content);
  const section = policy.slice(policy.indexOf("<backend>") + 9, policy.indexOf("</backend>"));
  return section.replace(/ id="[^"]*"/g, "").trim();
}

const UNBUFFERED = '<forward-request buffer-response="false" />';
const written = (backend: string): PolicyDocument =>
  PolicyDocument.fromXml(
    `<policies><inbound><base /></inbound><backend>${backend}</backend><outbound><base /></outbound><on-error><base /></on-error></policies>`,
  );

test("the answer of a model is not collected, and there is nothing to warn of", () => {
  publish();
  expect(backendSection()).toBe(UNBUFFERED);
  expect(annotations(stack)).toEqual([]);
});

test("statements about requests do not say how the answer is passed on", () => {
  publish({ policy: PolicyDocument.of(PolicyStatement.rateLimit(1, 60)) });
  expect(backendSection()).toBe(UNBUFFERED);
});

test("the policy of an operation that reads the answer is warned of, and one that does not is right", () => {
  const reading = PolicyStatement.raw(
    PolicySection.OUTBOUND,
    "<set-body>@(context.Response.Body.As&lt;string&gt;())</set-body>",
  );
  publish({
    operationPolicies: [
      { operationId: "get", policy: PolicyDocument.of(PolicyStatement.rateLimit(1, 60)) },
      { operationId: "post", policy: PolicyDocument.of(reading) },
    ],
  });
  expect(annotations(stack)).toEqual([refusal("response-read", "<set-body>")]);
});

test("the answer of any other backend is forwarded as the parent policies say", () => {
  publish({ backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)) });
  expect(backendSection()).toBe("<base />");
});

test("a model in a branch is enough", () => {
  const when = BranchCondition.header("X-Model", "large");
  const backend = Backend.url("https://orders.contoso.com", Audience.clientId(GUID));
  publish({ backend, branches: [{ name: "large", when, backend: model() }] });
  expect(backendSection()).toBe(UNBUFFERED);
});

test.each<[string, () => IApimBackend]>([
  ["azureOpenAi", () => Backend.azureOpenAi(account())],
  ["azureOpenAiV1", () => Backend.azureOpenAiV1(account())],
])("%s is a model", (_, backend) => {
  publish({ backend: backend() });
  expect(backendSection()).toBe(UNBUFFERED);
});
const account = () => OpenAiAccountRef.fromAttributes({ id: "/a", endpoint: "https://contoso.openai.azure.com/" });

describe("forwarding of the user's own stays", () => {
  test("a statement, with a warning that says what to write", () => {
    publish({ policy: PolicyDocument.of(PolicyStatement.forwardRequest({ timeoutSeconds: 60 })) });
    expect(backendSection()).toBe('<forward-request timeout="60" />');
    expect(annotations(stack)).toEqual([refusal("response-buffered", "<forward-request>", "bufferResponse: false")]);
  });

  test.each([
    ["collects responses on purpose", true],
    ["does not collect them", false],
  ])("a statement that %s, without a warning", (_, bufferResponse) => {
    publish({ policy: PolicyDocument.of(PolicyStatement.forwardRequest({ bufferResponse })) });
    expect(backendSection()).toBe(`<forward-request buffer-response="${bufferResponse}" />`);
    expect(annotations(stack)).toEqual([]);
  });

  test("a retry, which can pass on the answer as it comes", () => {
    const interval = RetryInterval.fixed(1);
    publish({ policy: PolicyDocument.of(PolicyStatement.retry({ count: 2, interval, bufferResponse: false })) });
    expect(backendSection()).toContain('<forward-request buffer-request-body="true" buffer-response="false" />');
    expect(annotations(stack)).toEqual([]);
  });

  test("a retry that does not say so gets a warning", () => {
    publish({ policy: PolicyDocument.of(PolicyStatement.retry({ count: 2, interval: RetryInterval.fixed(1) })) });
    expect(annotations(stack)).toEqual([refusal("response-buffered", "PolicyStatement.retry")]);
  });

  test("a written backend section keeps every byte, and a warning names the place", () => {
    publish({ policy: written("<base />") });
    expect(backendSection()).toBe("<base />");
    expect(annotations(stack)).toEqual([refusal("forwarding-inherited", "policy document:1:38", "REPLACE_FORWARDING")]);
  });

  test("a written backend section can be replaced", () => {
    publish({ policy: written("<base />").resolve(ConflictResolution.REPLACE_FORWARDING) });
    expect(backendSection()).toBe(UNBUFFERED);
    expect(annotations(stack)).toEqual([]);
  });

  test("a written forward-request that streams is right as it is", () => {
    publish({ policy: written('<forward-request timeout="120" buffer-response="false" />') });
    expect(annotations(stack)).toEqual([]);
  });
});

test.each([
  [
    "validate-content",
    '<validate-content unspecified-content-type-action="prevent" max-size="1" size-exceeded-action="prevent" />',
  ],
  ["value", '<set-header name="X"><value>@(context.Response.Body.As<string>(true))</value></set-header>'],
  ["cache-store", '<cache-store duration="60" />'],
])("<%s> reads the whole answer, and a warning says so", (name, xml) => {
  const policy = PolicyDocument.fromXml(
    `<policies><inbound><base /></inbound><backend>${UNBUFFERED}</backend><outbound><base />${xml}</outbound><on-error><base /></on-error></policies>`,
  );
  publish({ policy });
  expect(annotations(stack)).toContainEqual(refusal("response-read", name));
});

test("diagnostics that log bodies collect the answer, and a warning says what to log instead", () => {
  publish({ diagnostics: [ApiDiagnostics.azureMonitor().logBodies(1024, "support case 4711")] });
  expect(annotations(stack)).toContainEqual(refusal("logged-bodies-buffered", "llmEmitTokenMetric"));
});

test("diagnostics without bodies do not", () => {
  publish({ diagnostics: [ApiDiagnostics.azureMonitor()] });
  expect(annotations(stack)).toEqual([]);
});

test("a fragment cannot forward, and says what the policy that includes it needs", () => {
  new SecurePolicyFragment(stack, "Models", { gateway, backend: model() });
  expect(annotations(stack)).toEqual([refusal("streaming-in-including-policy", UNBUFFERED)]);
});
