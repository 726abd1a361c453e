import { Fn } from "cdktf";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { refusal } from "../../helpers/refusal";

const FRONT_DOOR = "11111111-2222-3333-4444-555555555555";
const CALL = "[PolicyStatement.requireHeader]";

it("accepts requests that came through your Front Door, and no others", () => {
  const statement = PolicyStatement.requireHeader({ name: "X-Azure-FDID", values: [PolicyValue.literal(FRONT_DOOR)] });
  expect(statement._config).toEqual({
    section: "inbound",
    slot: "validation",
    kind: "require-header",
    xml: `<check-header name="X-Azure-FDID" failed-check-httpcode="403" failed-check-error-message="Forbidden." ignore-case="false">
  <value>${FRONT_DOOR}</value>
</check-header>`,
  });
});

it("writes every option", () => {
  const statement = PolicyStatement.requireHeader({
    name: "X-Partner",
    values: [PolicyValue.literal("A & B"), PolicyValue.namedValue("partner")],
    ignoreCase: true,
    statusCode: 404,
    failureMessage: 'No "partner"',
  });
  expect(statement._config.xml).toBe(
    `<check-header name="X-Partner" failed-check-httpcode="404" failed-check-error-message="No &quot;partner&quot;" ignore-case="true">
  <value>A &amp; B</value>
  <value>{{partner}}</value>
</check-header>`,
  );
});

it("runs after what a parent policy checks, before what uses the request", () => {
  const xml = PolicyDocument.of(
    PolicyStatement.setHeader("X-A", PolicyValue.literal("a")),
    PolicyStatement.requireHeader({ name: "X-Azure-FDID", values: [PolicyValue.literal(FRONT_DOOR)] }),
  ).toXml();
  const places = ["<base />", "<check-header", "<set-header"].map((text) => xml.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
});

it("checks a value that only Terraform knows there", () => {
  const values = [PolicyValue.literal(Fn.join("", ["${azurerm_cdn_frontdoor_profile.edge.resource_guid}"]))];
  expect(PolicyStatement.requireHeader({ name: "X-Azure-FDID", values })._config.xml).toContain("<value>${TfToken[");
});

it("takes the ID of a Front Door for no secret", () => {
  const document = PolicyDocument.of(
    PolicyStatement.requireHeader({ name: "X-Azure-FDID", values: [PolicyValue.literal(FRONT_DOOR)] }),
  );
  expect(document._analyze().findings.all()).toEqual([]);
});

it("says that a password in the text can be read by everyone", () => {
  const document = PolicyDocument.of(
    PolicyStatement.requireHeader({ name: "X-Api-Key", values: [PolicyValue.literal("hunter2-hunter2-hunter2")] }),
  );
  expect(document._analyze().findings.all()).toMatchObject([{ id: "literal-secret", severity: "warning" }]);
});

it.each(["Authorization", "authorization"])("refuses a fixed %s", (name) => {
  expect(() => PolicyStatement.requireHeader({ name, values: [PolicyValue.literal("x")] })).toThrow(
    refusal("authorization-by-value", CALL, `"${name}"`, "requireEntraToken"),
  );
});

it.each(["X-Caller-Object-Id", "x-caller-client-id"])("refuses %s, which a consumer could forge", (name) => {
  expect(() => PolicyStatement.requireHeader({ name, values: [PolicyValue.literal(FRONT_DOOR)] })).toThrow(
    refusal("caller-header-by-consumer", CALL, `"${name}"`, "requiredClaims"),
  );
});

it("refuses to accept every value", () => {
  expect(() => PolicyStatement.requireHeader({ name: "X-Azure-FDID", values: [] })).toThrow(
    refusal("header-without-values", CALL, '"X-Azure-FDID"', 'values: [PolicyValue.literal("...")]'),
  );
});

it.each([200, 399, 600, 403.5])("refuses to answer %p", (statusCode) => {
  expect(() => PolicyStatement.requireHeader({ name: "X-A", values: [PolicyValue.literal("a")], statusCode })).toThrow(
    refusal("number-out-of-range", CALL, `statusCode: ${statusCode}`, "from 400 to 599"),
  );
});

it.each(["", "X A", "X:A", "{{name}}"])("refuses the name %j", (name) => {
  expect(() => PolicyStatement.requireHeader({ name, values: [PolicyValue.literal("a")] })).toThrow(
    refusal("invalid-policy-name", CALL, `"${name}"`),
  );
});

it.each<[unknown, string]>([
  ["abc", "not-a-list"],
  [["abc"], "wrong-value"],
  [undefined, "not-a-list"],
])("refuses the values %j of plain JavaScript", (values, id) => {
  expect(() => PolicyStatement.requireHeader({ name: "X-A", values: values as never })).toThrow(refusal(id, CALL));
});
