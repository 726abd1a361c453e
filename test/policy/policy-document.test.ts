import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { ConflictResolution } from "../../lib/policy/conflict-resolution";
import { PolicyDocument } from "../../lib/policy/policy-document";
import { PolicySection, PolicySlot, StatementConfig } from "../../lib/policy/statement";
import { PolicyStatement } from "../../lib/policy/policy-statement";
import { withGateway } from "../../lib/policy/gateway/gateway-policy";
import { Refusal, refusal } from "../helpers/refusal";
import { CORS, IDENTITY, RETRY, ROUTE, statement, TOKEN, VALIDATION, withoutInserted } from "./statements";

const SKELETON = `<policies>
  <inbound>
    <base />
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>`;

test("the empty document inherits everything", () => {
  expect(PolicyDocument.EMPTY.toXml()).toBe(SKELETON);
  expect(PolicyDocument.of().toXml()).toBe(SKELETON);
});

test("statements stand in the order of their slots, and the backend section holds one element", () => {
  const trace = statement("trace", '<trace source="orders" />', PolicySlot.USER, PolicySection.OUTBOUND);
  expect(PolicyDocument._of(RETRY, TOKEN, trace, CORS, IDENTITY, VALIDATION, ROUTE).toXml()).toBe(`<policies>
  <inbound>
    <cors id="secure-apim-backend-cors-b6693034">
      <allowed-origins>
        <origin>https://contoso.com</origin>
      </allowed-origins>
    </cors>
    <base />
    <validate-azure-ad-token id="secure-apim-backend-require-entra-token-898400eb" tenant-id="contoso">
      <audiences>
        <audience>orders</audience>
      </audiences>
    </validate-azure-ad-token>
    <set-header id="secure-apim-backend-forward-caller-identity-d6726e62" name="X-Caller-Subject" exists-action="override">
      <value>someone</value>
    </set-header>
    <set-backend-service id="secure-apim-backend-route-9a347522" backend-id="orders" />
    <authentication-managed-identity id="secure-apim-backend-token-fde3be17" resource="orders" />
  </inbound>
  <backend>
    <retry id="secure-apim-backend-retry-79dfe083" condition="@(context.Response.StatusCode >= 500)" count="3" interval="1">
      <forward-request />
    </retry>
  </backend>
  <outbound>
    <base />
    <trace id="secure-apim-backend-trace-55e424ae" source="orders" />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>`);
});

test("the gateway's statements keep from the backend what is not for it, and end with the token", () => {
  const document = withGateway(PolicyDocument.EMPTY, {
    backendId: "orders",
    tokenResource: "api://orders?a&b",
    identityClientId: "11111111-1111-1111-1111-111111111111",
    subscriptionKeyNames: { header: "X-Key", query: "key" },
  });
  const inbound = document.toXml().split("\n").slice(3, 11);
  expect(inbound.map((line) => line.trim().replace(/-[0-9a-f]{8}"/, '-#"'))).toEqual([
    '<set-header id="secure-apim-backend-x-caller-object-id-#" name="X-Caller-Object-Id" exists-action="delete" />',
    '<set-header id="secure-apim-backend-x-caller-tenant-id-#" name="X-Caller-Tenant-Id" exists-action="delete" />',
    '<set-header id="secure-apim-backend-x-caller-client-id-#" name="X-Caller-Client-Id" exists-action="delete" />',
    '<set-header id="secure-apim-backend-x-caller-subject-#" name="X-Caller-Subject" exists-action="delete" />',
    '<set-header id="secure-apim-backend-subscription-key-header-#" name="X-Key" exists-action="delete" />',
    '<set-query-parameter id="secure-apim-backend-subscription-key-query-#" name="key" exists-action="delete" />',
    '<set-backend-service id="secure-apim-backend-route-#" backend-id="orders" />',
    '<authentication-managed-identity id="secure-apim-backend-token-#" resource="api://orders?a&amp;b" ' +
      'client-id="11111111-1111-1111-1111-111111111111" />',
  ]);
});

test("the headers that tell of the caller are taken off before a statement sets them", () => {
  const setting = PolicyDocument.of(PolicyStatement.forwardCallerIdentity());
  const text = withGateway(setting, {
    tokenResource: "orders",
    subscriptionKeyNames: { header: "X-Key", query: "key" },
  }).toXml();
  expect(text.indexOf('name="X-Caller-Subject" exists-action="delete"')).toBeLessThan(
    text.indexOf("forward-caller-identity"),
  );
});

describe("the id of an element", () => {
  const idOf = (xml: string): string | undefined =>
    /id="([^"]+)"/.exec(PolicyDocument._of(statement("raw", xml)).toXml())?.[1];

  test("changes with white space, which no plan would show otherwise", () => {
    expect(idOf("<trace>a</trace>")).not.toBe(idOf("<trace>a </trace>"));
  });

  test("does not change with the number of a token", () => {
    expect(idOf('<trace source="${TfToken[TOKEN.1]}" />')).toBe(idOf('<trace source="${TfToken[TOKEN.22]}" />'));
  });

  test("is on every element of a statement", () => {
    const xml = PolicyDocument._of(statement("raw", "<trace />\n<trace>\n  <message>a\nb</message>\n</trace>")).toXml();
    expect(xml.split("\n").slice(2, 9)).toEqual([
      "    <base />",
      expect.stringMatching(/^ {4}<trace id="secure-apim-backend-raw-[0-9a-f]{8}" \/>$/),
      expect.stringMatching(/^ {4}<trace id="secure-apim-backend-raw-[0-9a-f]{8}">$/),
      "      <message>a",
      "b</message>",
      "    </trace>",
      "  </inbound>",
    ]);
  });
});

describe("documents are values", () => {
  test("that a merge does not change", () => {
    const written = PolicyDocument.fromXml(SKELETON);
    written.merge(PolicyDocument._of(TOKEN));
    expect(written.toXml()).toBe(SKELETON);
  });

  test("and a statement that is merged twice is there once", () => {
    const ours = PolicyDocument._of(ROUTE, TOKEN);
    expect(ours.merge(ours).merge(PolicyDocument._of(TOKEN)).toXml()).toBe(ours.toXml());
    expect(PolicyDocument.EMPTY.merge(ours).merge(PolicyDocument.EMPTY).toXml()).toBe(ours.toXml());
  });

  test("that can be merged with a copy of itself", () => {
    const once = PolicyDocument.fromXml(SKELETON).merge(PolicyDocument._of(TOKEN));
    expect(once.merge(PolicyDocument.fromXml(SKELETON)).toXml()).toBe(once.toXml());
  });

  test("of which two written by somebody do not merge", () => {
    const first = PolicyDocument.fromXml("<policies />");
    expect(() => first.merge(PolicyDocument.fromXml(SKELETON))).toThrow(
      refusal("two-documents", "[PolicyDocument.merge]", "[policy document]", "PolicyDocument.of(...)"),
    );
  });
});

describe("a file", () => {
  const directory = mkdtempSync(join(tmpdir(), "policy-"));
  const path = join(directory, "orders.xml");
  afterAll(() => rmSync(directory, { recursive: true }));

  test("is read with every byte, and named in messages", () => {
    writeFileSync(path, "\uFEFF<policies>\r\n</policies>\r\n");
    const document = PolicyDocument.fromFile(path);
    expect(document.toXml()).toBe("\uFEFF<policies>\r\n</policies>\r\n");
    expect(() => document.merge(PolicyDocument._of(TOKEN)).toXml()).toThrow(
      refusal("section-missing", `[${path}] `, "- 1:1 ", "<inbound><base /></inbound>"),
    );
  });

  test("holds no token of cdktf, whatever is merged with it", () => {
    writeFileSync(path, "<policies>\n  <!-- ${TfToken[TOKEN.0]} -->\n  <inbound>\n  </inbound>\n</policies>");
    const file = PolicyDocument.fromFile(path);
    const trace = PolicyDocument._of(statement("raw", '<trace source="${TfToken[TOKEN.1]}" />'));
    for (const document of [file.merge(trace), trace.merge(file), file.merge(trace).resolve()]) {
      const [, comment, , inserted] = document._toTerraform().split("\n");
      expect(comment).toBe('  <!-- $${Tf${""}Token[TOKEN.0]} -->');
      expect(inserted).toMatch(/^ {4}<trace id="[\w-]+" source="\$\{TfToken\[TOKEN\.1\]\}" \/>$/);
    }
  });

  test("is refused where it is not UTF-8, of which bytes would be lost", () => {
    writeFileSync(path, Buffer.from("<policies/>", "utf16le").fill(0xff, 0, 1));
    expect(() => PolicyDocument.fromFile(path)).toThrow(refusal("not-utf8", "[PolicyDocument.fromFile]", path));
  });

  test("is refused where there is none", () => {
    expect(() => PolicyDocument.fromFile("nowhere.xml")).toThrow(
      refusal(
        "unreadable-file",
        "[PolicyDocument.fromFile]",
        '"nowhere.xml"',
        "ENOENT",
        join(process.cwd(), "nowhere.xml"),
      ),
    );
  });
});

test("a document without statements of yours stays as it is, whatever is wrong with it", () => {
  const text = "<policies><inbond /></policies>";
  const document = PolicyDocument.fromXml(text);
  expect(document.toXml()).toBe(text);
  expect(() => document.merge(PolicyDocument._of(TOKEN)).toXml()).toThrow(refusal("policy-conflicts", "<inbond>"));
});

test("a document knows the resolutions that its user has chosen", () => {
  const document = PolicyDocument.EMPTY.resolve(ConflictResolution.KEEP_CORS);
  expect(document._resolves(ConflictResolution.KEEP_CORS)).toBe(true);
  expect(document._resolves(ConflictResolution.REPLACE_CORS)).toBe(false);
  expect(PolicyDocument.EMPTY._resolves(ConflictResolution.KEEP_CORS)).toBe(false);
});

test("what is merged is a document", () => {
  expect(() => PolicyDocument.EMPTY.merge("<policies />" as never)).toThrow(
    refusal("wrong-value", "[PolicyDocument.merge] The value of the other document is", "PolicyDocument.of("),
  );
});

test("a document may have 256 KiB, in UTF-8", () => {
  const sized = (bytes: number): string => `<policies><!--é${"x".repeat(bytes - 30)}--></policies>`;
  expect(Buffer.byteLength(sized(262144))).toBe(262144);
  expect(PolicyDocument.fromXml(sized(262144)).toXml()).toBe(sized(262144));
  expect(() => PolicyDocument.fromXml(sized(262145))).toThrow(
    refusal("policy-too-large", "[PolicyDocument.fromXml]", "has 256.1 KiB", "at most 256.0 KiB"),
  );
});

test("a document in which a part is known only to Terraform may be merged", () => {
  const merged = PolicyDocument.fromXml("<policies><inbound>${TfToken[TOKEN.1]}</inbound></policies>").merge(
    PolicyDocument._of(TOKEN),
  );
  expect(merged.toXml()).toContain("authentication-managed-identity");
});

test("statements in a fragment may be no whole document, and contradict each other as little", () => {
  const fragment = PolicyDocument.of(PolicyStatement.rateLimit(5, 60))._toTerraformFragment();
  expect(fragment).toBe(
    '<fragment>\n  <rate-limit id="secure-apim-backend-rate-limit-47548ba8" calls="5" renewal-period="60" />\n</fragment>',
  );
  expect(() => PolicyDocument.fromXml(SKELETON)._toTerraformFragment()).toThrow(
    refusal("written-document-in-fragment", "[policy document]"),
  );
  const twice = PolicyDocument.of(PolicyStatement.rateLimit(5, 60), PolicyStatement.rateLimit(6, 60));
  expect(() => twice._toTerraformFragment()).toThrow(refusal("policy-conflicts", "[policy document]"));
});

test("a document that only Terraform knows is refused", () => {
  expect(() => PolicyDocument.fromXml("${TfToken[TOKEN.1]}")).toThrow(
    refusal("token-for-document", "[PolicyDocument.fromXml]", "PolicyDocument.fromFile("),
  );
});

test.each(["a", "set-header", "a1-2b"])("a statement may have the kind %j", (kind) => {
  expect(PolicyDocument._of(statement(kind, "\n<a />\n<b />\n")).toXml()).toContain(`-${kind}-`);
});

test("a statement of the backend section may have its one element", () => {
  const retry = "<retry>\n  <forward-request />\n</retry>";
  const xml = PolicyDocument._of(statement("retry", retry, PolicySlot.USER, PolicySection.BACKEND)).toXml();
  expect(xml).toContain("<forward-request />");
});

describe("a statement is refused where it", () => {
  test.each([
    ...["Set header", "-a", "a-", "a--b", "1a", "aB", ""].map((kind): [string, StatementConfig, Refusal] => [
      `has the kind ${JSON.stringify(kind)}`,
      statement(kind, "<a />"),
      refusal("invalid-statement-kind", `[statement ${kind}]`, `"${kind}"`),
    ]),
    [
      "has no section",
      statement("raw", "<a />", PolicySlot.USER, "inbond" as PolicySection),
      refusal("unknown-member", "[statement raw]", 'section is "inbond"', "PolicySection.INBOUND"),
    ],
    [
      "has no place",
      statement("raw", "<a />", "acess" as PolicySlot),
      refusal("unknown-member", "[statement raw]", 'slot is "acess"', "PolicySlot.USER"),
    ],
    ["has no element", statement("raw", " "), refusal("empty-statement", "[statement raw]")],
    [
      "has a comment beside its elements",
      statement("raw", "<a /><!-- b -->"),
      refusal("text-beside-statement", "[statement raw]"),
    ],
    [
      "has a text before its elements",
      statement("raw", "<!-- b --><a />"),
      refusal("text-beside-statement", "[statement raw]"),
    ],
    [
      "has a comment between its elements",
      statement("raw", "<a /><!-- b --><c />"),
      refusal("text-beside-statement", "[statement raw]"),
    ],
    ["has an id", statement("raw", '<a /><b id="c" />'), refusal("statement-with-id", "[statement raw]", "<b>")],
    [
      "has two elements for the backend section",
      statement("raw", "<a /><b />", PolicySlot.USER, PolicySection.BACKEND),
      refusal("several-in-backend", "[statement raw]"),
    ],
    ["cannot be read", statement("raw", "<a><b></a>"), refusal("end-tag-mismatch", "[statement raw:1:7]")],
  ])("%s", (_, refused, message) => {
    expect(() => PolicyDocument._of(refused)).toThrow(message);
  });

  test("changes how the rest of a document is read", () => {
    const xml = '<policies><inbound><trace source="@(" /></inbound></policies>';
    const document = PolicyDocument.fromXml(xml).merge(
      PolicyDocument._of(statement("raw", '<trace source="@("x")" />')),
    );
    expect(() => document.toXml()).toThrow(refusal("read-differently", "- 1:41 ", "&quot;, &lt; and &amp;"));
  });
});

describe("a section that holds nothing", () => {
  const OURS = PolicyDocument._of(statement("raw", "<trace />"), statement("other", "<a />"));
  const documentOf = (inbound: string): string => `<policies>\n  ${inbound}\n</policies>`;
  const merge = (xml: string): string => PolicyDocument.fromXml(xml).merge(OURS).toXml();

  test.each([
    "<inbound/>",
    "<inbound />",
    "<inbound\n/>",
    "<inbound></inbound>",
    "<inbound></inbound >",
    "<inbound>\n  </inbound >",
    "<inbound ></inbound >",
    "<inbound > \t </inbound\n>",
  ])("takes statements in and gives them back, however it is written: %j", (inbound) => {
    const before = documentOf(inbound);
    const once = merge(before);
    expect(once).toContain("<trace id=");
    expect(merge(once)).toBe(once);
    expect(withoutInserted(once)).toBe(before);
  });

  test("closes itself no more once its user has written something into it", () => {
    const once = merge(documentOf("<inbound />")).replace("</inbound>", "<!-- mine --></inbound>");
    const without = withoutInserted(once);
    expect(without).toBe(documentOf("<inbound >\n  <!-- mine --></inbound>"));
    expect(withoutInserted(merge(once))).toBe(without);
  });
});

test("a document whose broken code hides where a section ends is left alone, and the code is named", () => {
  const xml = '<policies>\n<inbound><a b="@(x["y)" />@{ z }{{nv}}</inbound>\n</policies>';
  const document = PolicyDocument.fromXml(xml).merge(PolicyDocument._of(statement("raw", "<trace />")));
  expect(() => document.toXml()).toThrow(refusal("broken-code-hides-ends", "- 2:16 "));
});

test("a document that cannot be read without what is to be replaced in it is left alone", () => {
  const xml = '<policies>\n<inbound>a<set-backend-service base-url="https://old" />@(b < c)</inbound>\n</policies>';
  const document = PolicyDocument.fromXml(xml).merge(PolicyDocument._of(ROUTE));
  expect(() => document.resolve(ConflictResolution.REPLACE_BACKEND).toXml()).toThrow(
    refusal("read-differently", "- 1:1 "),
  );
});

test("the elements of a document and of the statements to be merged into it are known by name and place", () => {
  const xml =
    "<policies>\n  <inbound>\n    <base /><choose><when><quota-by-key /></when></choose>\n  </inbound>\n</policies>";
  const document = PolicyDocument.fromXml(xml).merge(
    PolicyDocument._of(statement("rate-limit", "<rate-limit-by-key />")),
  );
  const elements = document._elements().map((element) => {
    const { name, section, source, line, column, nested } = element;
    return { name, section, source, line, column, nested };
  });
  expect(elements).toEqual([
    { name: "base", section: "inbound", source: "policy document", line: 3, column: 5, nested: false },
    { name: "choose", section: "inbound", source: "policy document", line: 3, column: 13, nested: false },
    { name: "when", section: "inbound", source: "policy document", line: 3, column: 21, nested: true },
    { name: "quota-by-key", section: "inbound", source: "policy document", line: 3, column: 27, nested: true },
    {
      name: "rate-limit-by-key",
      section: "inbound",
      source: "statement rate-limit",
      line: 1,
      column: 1,
      nested: false,
    },
  ]);
});

test("an analysis says what is inserted where, and gives the document after it", () => {
  const document = PolicyDocument.fromXml(SKELETON).merge(PolicyDocument._of(TOKEN, VALIDATION));
  const { insertions, findings, merged } = document._analyze();
  expect({ text: merged.text, insertions, findings: findings.all() }).toEqual({
    text: document.toXml(),
    insertions: [
      {
        statement: "require-entra-token",
        section: "inbound",
        elements: ["validate-azure-ad-token"],
        line: 3,
        column: 13,
      },
      { statement: "token", section: "inbound", elements: ["authentication-managed-identity"], line: 3, column: 13 },
    ],
    findings: [],
  });
});

test("what an earlier merge has left, however much, moves no place, and takes not long", () => {
  const line = '<set-backend-service id="secure-apim-backend-route-12345678" /><include-fragment fragment-id="a" />\n';
  const count = 2_500;
  const document = PolicyDocument.fromXml(`<policies><inbound><base />\n${line.repeat(count)}</inbound></policies>`);
  const started = performance.now();
  const { findings } = document.merge(PolicyDocument._of(ROUTE))._analyze();
  expect(performance.now() - started).toBeLessThan(3000);
  const all = findings.all();
  expect([all[0], all.at(-1)]).toMatchObject([
    { id: "fragment-not-visible", line: 2, column: 64 },
    { id: "fragment-not-visible", line: count + 1, column: 64 },
  ]);
});

test("a line full of comments is read once", () => {
  const comments = "<!-- a -->".repeat(25_000);
  const xml = `<policies>\n<inbound>\n<base />${comments}x\n</inbound>\n</policies>`;
  const merged = PolicyDocument.fromXml(xml).merge(PolicyDocument._of(VALIDATION)).toXml();
  expect(merged.indexOf("<validate-azure-ad-token")).toBe(xml.indexOf(comments) + 1);
});
