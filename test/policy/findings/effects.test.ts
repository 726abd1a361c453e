import { answers, readsAuthorization, tokenPlace } from "../../../lib/policy/findings/effects";
import { locatedInStatement } from "../../../lib/policy/findings/located";
import { statement } from "../statements";

const located = (xml: string) => locatedInStatement(statement("raw", xml))[0];

describe("code can read Authorization", () => {
  test.each([
    'context.Request.Headers["Authorization"]',
    'context.Request.Headers [ "authorization" ]',
    "context.Request.Headers.Select(h => h.Value)",
    "context.Request?.Headers",
    'c.Request.Headers.GetValueOrDefault("X-" + name)',
    'context.Request.Headers.GetValueOrDefault("Authori\\u007aation", "")',
    'context.Request.Headers.GetValueOrDefault("X", context.Request.Headers["Authorization"][0])',
    "Send(context.Request)",
    "{{context.Request.Headers.Authorization}}",
    "{% assign r = context.Request %}",
    "{% assign c = context %}",
    "<![CDATA[<!-- {{context.Request.Headers.Authorization}} -->]]>",
    "@(JsonConvert.SerializeObject(context))",
    "@{ var r = true ? context.Request : null; return r; }",
    "@{ var r = context.Request ?? null; return r; }",
    '@{ if (context.Request is IRequest r) return ""; }',
    "@{ return new [] { context.Request }; }",
    '@(context.Request/**/.Headers["Authorization"][0])',
    "@(context.Request // the request\n.Headers)",
    '@(context.Request.@Headers["Authorization"])',
    "@{ var c = context; return c.Request; }",
    '@($"{context.Request.Headers}")',
    '@($@"""{context.Request.Headers}" + "")',
    '@("Headers[" + context.Request.Headers + "]")',
    '@("//" + context.Request.Headers["Authorization"])',
    '@("\\"/*" + context.Request.Headers + "*/")',
    `@('"' + context.Request.Headers + '"')`,
    '@(context.Request.Headers["{{name}}"])',
    '@(context.Request.Headers[@"Authorization"])',
  ])("%s", (code) => {
    expect(readsAuthorization(code)).toBe(true);
  });

  test.each([
    "",
    "context.Request.Method",
    "context.Request.Body.As<string>()",
    'context.Request.Headers["X-Trace"][0]',
    'context.Request.Headers.ContainsKey("X-Trace") ? context.Request?.Headers?["X-Trace"] : null',
    'context.Request.Headers.GetValueOrDefault("X", context.Request.Headers["Y"][0])',
    "context.Response.Headers",
    '"Authorization"',
    "the context of a Bad Request",
    "{{context-name}}",
    "<!-- {{context.Request.Headers.Authorization}} -->",
    '@(context.Request.Headers.GetValueOrDefault("x.trace.id", ""))',
    '@(context.Request.Headers.GetValueOrDefault("x-ms-meta-{A}", ""))',
    '@(context.Request.Headers.GetValueOrDefault("X-Key=""", ""))',
    '@(context.Request.Headers.GetValueOrDefault(@"X-A", "context"))',
    "@{ /* not context.Request.Headers */ return context.Request.Method; }",
    "@{ // context.Request.Headers\n return context.Request.Method; }",
    '@("see context.Request.Headers in the documents")',
    "@(context?.Request?.Method + context.User.Id)",
  ])("but not %s", (code) => {
    expect(readsAuthorization(code)).toBe(false);
  });
});

test.each<[string, string | undefined]>([
  ["<validate-jwt />", "header authorization"],
  ['<validate-jwt header-name=" X-Token " />', "header x-token"],
  ['<validate-jwt query-parameter-name="t" />', "query parameter t"],
  ['<validate-jwt token-value="@(x)" />', undefined],
  ['<validate-jwt header-name="{{name}}" />', undefined],
  [
    `<validate-jwt token-value='@(context.Request.Headers["X-Partner"][0])' />`,
    'code @(context.Request.Headers["X-Partner"][0])',
  ],
  [`<validate-jwt token-value='@(context.Request.Headers["Authorization"][0])' />`, undefined],
  [`<validate-jwt token-value='@(context.Request.Method + context.Variables["t"])' />`, undefined],
])("the token of %s is in %s", (xml, place) => {
  expect(tokenPlace(located(xml))).toBe(place);
});

test.each<[string, boolean]>([
  ["<cache-lookup />", true],
  ["<azure-openai-semantic-cache-lookup />", true],
  ["<cache-lookup-value />", false],
  ["<mock-response />", true],
  ["<return-response />", true],
  ['<return-response><set-status code="200" /></return-response>', true],
  ['<return-response><set-status code="@(401)" /></return-response>', true],
  ['<return-response><set-status code="401" /></return-response>', false],
])("%s answers without a check: %s", (xml, expected) => {
  expect(answers(located(xml))).toBe(expected);
});
