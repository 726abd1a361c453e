import { Fn, Token } from "cdktf";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { refusal } from "../../helpers/refusal";
import { CORS, RETRY, statement, VALIDATION } from "../statements";

const TRACE = statement("trace", '<trace source="orders" />');

const withoutHashes = (text: string): string => text.replace(/-[0-9a-f]{8}"/g, '-#"');
const ofSection = (section: PolicySection): StatementConfig =>
  statement(section, `<trace source="${section}" />`, PolicySlot.USER, section);

describe("statements as the policy of one operation", () => {
  const operation = (...statements: StatementConfig[]): string =>
    withoutHashes(PolicyDocument._of(...statements)._asOperation("operation").tree.text);

  test("inherit everything, if there are none", () => {
    expect(operation()).toBe(PolicyDocument.EMPTY.toXml());
  });

  test("come before the policy of the API in the inbound section, and after it in others", () => {
    const { OUTBOUND, ON_ERROR } = PolicySection;
    expect(operation(ofSection(ON_ERROR), ofSection(OUTBOUND), TRACE, VALIDATION, RETRY, CORS)).toBe(`<policies>
  <inbound>
    <cors id="secure-apim-backend-cors-#">
      <allowed-origins>
        <origin>https://contoso.com</origin>
      </allowed-origins>
    </cors>
    <validate-azure-ad-token id="secure-apim-backend-require-entra-token-#" tenant-id="contoso">
      <audiences>
        <audience>orders</audience>
      </audiences>
    </validate-azure-ad-token>
    <trace id="secure-apim-backend-trace-#" source="orders" />
    <base />
  </inbound>
  <backend>
    <retry id="secure-apim-backend-retry-#" condition="@(context.Response.StatusCode >= 500)" count="3" interval="1">
      <forward-request />
    </retry>
  </backend>
  <outbound>
    <base />
    <trace id="secure-apim-backend-outbound-#" source="outbound" />
  </outbound>
  <on-error>
    <base />
    <trace id="secure-apim-backend-on-error-#" source="on-error" />
  </on-error>
</policies>`);
  });
});

describe("statements as a fragment", () => {
  const fragment = (...statements: StatementConfig[]): string =>
    withoutHashes(PolicyDocument._of(...statements)._toTerraformFragment());

  test("are in the order of their slots", () => {
    expect(fragment(TRACE, VALIDATION)).toBe(`<fragment>
  <validate-azure-ad-token id="secure-apim-backend-require-entra-token-#" tenant-id="contoso">
    <audiences>
      <audience>orders</audience>
    </audiences>
  </validate-azure-ad-token>
  <trace id="secure-apim-backend-trace-#" source="orders" />
</fragment>`);
  });

  test.each<[string, StatementConfig, string[]]>([
    ["cors", CORS, ["not-in-fragment", "[statement cors]", '"cors"']],
    ["another section", ofSection(PolicySection.OUTBOUND), ["not-in-fragment", "[statement outbound]", '"outbound"']],
    [
      "another fragment",
      PolicyStatement.includeFragment("audit")._config,
      ["fragment-in-fragment", "[statement include-fragment]", '"include-fragment"'],
    ],
    [
      "another fragment in a choice",
      statement("raw", '<choose><when condition="@(true)"><include-fragment fragment-id="audit" /></when></choose>'),
      ["fragment-in-fragment", "[statement raw]", '"raw"'],
    ],
  ])("are refused with %s", (_, refused, [id, ...words]) => {
    expect(() => fragment(TRACE, refused)).toThrow(refusal(id, ...words));
  });
});

describe("what is written is laid out like the document, and texts stay", () => {
  const inbound = (xml: string, newline = "\n"): string =>
    withoutHashes(
      PolicyDocument.fromXml(`<policies>${newline}  <inbound>${newline}    <base />${newline}  </inbound></policies>`)
        .merge(PolicyDocument._of(statement("raw", xml)))
        .toXml(),
    ).replace(/[^]*<base \/>\s*|\s*<\/inbound>[^]*/g, "");

  test.each<[string, string, string]>([
    [
      "white space between tags",
      "<choose>\n  <when>\n    <a />\n  </when>\n</choose>",
      '<choose id="secure-apim-backend-raw-#">\n      <when>\n        <a />\n      </when>\n    </choose>',
    ],
    [
      "the same with newlines of Windows",
      "<choose>\r\n  <when />\r\n</choose>",
      '<choose id="secure-apim-backend-raw-#">\n      <when />\n    </choose>',
    ],
    [
      "elements on one line",
      "<choose><when><a /></when></choose>",
      '<choose id="secure-apim-backend-raw-#"><when><a /></when></choose>',
    ],
    [
      "a text before an element",
      "<choose>\n  text\n  <when />\n</choose>",
      '<choose id="secure-apim-backend-raw-#">\n  text\n  <when />\n    </choose>',
    ],
    [
      "a text with the end of a tag in it",
      "<choose>\n  a ->\n  b<when />\n</choose>",
      '<choose id="secure-apim-backend-raw-#">\n  a ->\n  b<when />\n    </choose>',
    ],
    [
      "white space that is not indentation",
      "<choose>\n\t<when />\n \n</choose>",
      '<choose id="secure-apim-backend-raw-#">\n\t<when />\n \n</choose>',
    ],
    ["a text in an element", "<trace>\n  a\n</trace>", '<trace id="secure-apim-backend-raw-#">\n  a\n</trace>'],
  ])("%s", (_, xml, expected) => {
    expect(inbound(xml)).toBe(expected);
  });
});

test("the id of the gateway's token changes with each text of the user, and only that one does", () => {
  const ids = (text: string): (string | undefined)[] => {
    const document = PolicyDocument.fromXml(`<policies><inbound><base /><!-- ${text} --></inbound></policies>`);
    const xml = document
      .merge(
        PolicyDocument._of(
          statement("token", '<authentication-managed-identity resource="orders" />', PolicySlot.TOKEN),
          statement("route", '<set-backend-service backend-id="orders" />', PolicySlot.ROUTING),
        ),
      )
      .toXml();
    return ["token", "route"].map((kind) => new RegExp(`backend-${kind}-([0-9a-f]{8})"`).exec(xml)?.[1]);
  };
  const [[token, route], [otherToken, otherRoute]] = [ids("a"), ids("b")];
  expect(token).not.toBe(otherToken);
  expect(route).toBe(otherRoute);
  const [a, b] = [Token.asString(Fn.upper("a")), Token.asString(Fn.upper("b"))];
  expect(ids(a)).toEqual(ids(b));
});

test("the id of each element changes with that element alone", () => {
  const ids = (xml: string): (string | undefined)[] => {
    const text = PolicyDocument._of(statement("raw", xml)).toXml();
    return [...text.matchAll(/secure-apim-backend-raw-([0-9a-f]{8})/g)].map(([, hash]) => hash);
  };
  const [[a, b], [sameA, c]] = [ids("<a />\n<b />"), ids("<a />\n<c />")];
  expect(a).toBe(sameA);
  expect(b).not.toBe(c);
  expect(a).not.toBe(b);
});
