import { Token } from "cdktf";
import { BranchCondition, checkedCondition } from "../../lib/policy/branch-condition";
import { PolicyValue } from "../../lib/policy/policy-value";
import { refusal } from "../helpers/refusal";
import { stackWithProviders } from "../helpers/synth";

it("compares a header", () => {
  expect(BranchCondition.header("X-Version", "a/b 2")._attribute).toBe(
    "@(context.Request.Headers.GetValueOrDefault(&quot;X-Version&quot;, &quot;&quot;) == &quot;a/b 2&quot;)",
  );
});

it.each(["version", "api-version", "$filter", "_a.b"])("compares the query parameter %s", (name) => {
  expect(BranchCondition.queryParameter(name, "2")._attribute).toBe(
    `@(context.Request.Url.Query.GetValueOrDefault(&quot;${name}&quot;, &quot;&quot;) == &quot;2&quot;)`,
  );
});

it.each([
  ["header" as const, "header name"],
  ["queryParameter" as const, "query parameter name"],
])("refuses a name that would be code: %s", (factory, what) => {
  const call = `[BranchCondition.${factory}]`;
  expect(() => BranchCondition[factory]('a")', "2")).toThrow(refusal("invalid-policy-name", call, `${what} "a")"`));
  const token = Token.asString({ resolve: () => "a" });
  expect(() => BranchCondition[factory](token, "2")).toThrow(refusal("terraform-value-as-name", call, what));
});

it.each(["", 'a"', '"a', 'a" || true || "', "${var.version}", "Köln"])("refuses the value %p", (value) => {
  const refused = refusal("invalid-branch-value", `"${value}"`, "BranchCondition.expression(");
  expect(() => BranchCondition.header("X-Version", value)).toThrow(refused);
  expect(() => BranchCondition.queryParameter("version", value)).toThrow(refused);
});

it("runs the C# that the user wrote", () => {
  expect(BranchCondition.expression("context.Request.Method.Length > 3")._attribute).toBe(
    "@(context.Request.Method.Length > 3)",
  );
});

it("is no value, and nothing else", () => {
  const stack = stackWithProviders();
  const condition = BranchCondition.header("X-Version", "2");
  expect(checkedCondition(stack, condition)).toBe(condition);
  for (const other of [PolicyValue.expression("true"), "true", undefined])
    expect(() => checkedCondition(stack, other as never)).toThrow(
      refusal("wrong-value", "[app] The value of when is ", 'BranchCondition.header("X-Version", "2")'),
    );
});
