import { spawnSync } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformVariable, Token } from "cdktf";
import { refusal } from "../helpers/refusal";
import { annotations, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";
import { packed, packedCommand } from "./packed";

/* Policies that somebody else has written, or an earlier merge, as plain JavaScript passes them. */

const {
  ApimGateway,
  ApimSku,
  ApiSurface,
  Audience,
  Backend,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} = packed();

const GUID = "11111111-2222-3333-4444-555555555555";
const directory = mkdtempSync(join(tmpdir(), "policies-"));
afterAll(() => rmSync(directory, { recursive: true }));

let stack: ReturnType<typeof stackWithProviders>;
beforeEach(() => (stack = stackWithProviders()));

function secure(policy: unknown, props: Json = {}, sku?: unknown): Json {
  const service = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com", sku };
  const gateway = new ApimGateway(stack, "Gateway", service);
  const backend = Backend.url("https://legacy.contoso.com", Audience.clientId(GUID));
  return new SecureApimBackend(stack, "Orders", { gateway, backend, policy, ...props });
}

const content = (): string => only(synth(stack), "azurerm_api_management_api_policy").xml_content;

function saved(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

function written(inbound: string, lines = ""): string {
  return `<policies>\n  <inbound>\n    <base />${inbound}\n  </inbound>${lines}\n</policies>`;
}

describe("a document that an earlier merge has written keeps what closes the API", () => {
  const CLOSED = [
    PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [GUID], clientIds: [GUID] }),
    PolicyStatement.ipFilter({ action: "allow", addresses: ["10.0.0.1"] }),
    PolicyStatement.rateLimit(20, 90),
  ];
  const NAMES = ["validate-azure-ad-token", "ip-filter", "rate-limit"];

  function earlier(): string {
    secure(PolicyDocument.of(...CLOSED));
    const text = content();
    stack = stackWithProviders();
    return text.replace(/\$\{[^}]*\}/g, "orders");
  }

  test("as the policy of an existing API", () => {
    const text = earlier();
    const surface = ApiSurface.existingApi("stock", PolicyDocument.fromFile(saved("stock.xml", text)));
    secure(undefined, { surface });
    NAMES.forEach((name) => expect(content()).toContain(`<${name} id="secure-apim-backend-`));
    const said = annotations(stack).filter((each) => each.includes("(earlier-statement-stays)"));
    expect(said).toHaveLength(NAMES.length);
  });

  test("as the policy of yours", () => {
    secure(PolicyDocument.fromXml(earlier()));
    NAMES.forEach((name) => expect(content().split(`<${name} `)).toHaveLength(2));
  });

  test("by the command", () => {
    const [command, ...args] = packedCommand();
    const path = saved("earlier.xml", earlier());
    const merge = [...args, "policy", "merge", path, "--audience", GUID];
    const { stdout, stderr } = spawnSync(process.execPath, [command, ...merge], { encoding: "utf8" });
    NAMES.forEach((name) => expect(stdout.split(`<${name} `)).toHaveLength(2));
    expect(stderr.split("(earlier-statement-stays)")).toHaveLength(NAMES.length + 1);
  });

  test("once, if its statements are merged again", () => {
    secure(PolicyDocument.fromXml(earlier()).merge(PolicyDocument.of(...CLOSED)));
    NAMES.forEach((name) => expect(content().split(`<${name} `)).toHaveLength(2));
    expect(annotations(stack).filter((each) => each.includes("(earlier-statement-stays)"))).toEqual([]);
  });
});

describe("the text of a file", () => {
  test("holds no live reference, whatever it looks like", () => {
    const secret = Token.asString({ resolve: () => "${azurerm_key_vault_secret.admin.value}" });
    secure(PolicyDocument.fromFile(saved("live.xml", written(`<!-- ${secret} #{TfToken[TOKEN.0]} \${x} %{y} -->`))));
    expect(content()).not.toContain("azurerm_key_vault_secret");
    expect(content()).toContain(`<!-- $\${Tf\${""}Token[`);
    expect(content()).toContain('#{Tf${""}Token[TOKEN.0]} $${x} %%{y} -->');
  });

  test("holds none in the policy of an operation either", () => {
    const secret = Token.asString({ resolve: () => "${azurerm_key_vault_secret.admin.value}" });
    const policy = PolicyDocument.fromFile(saved("cancel.xml", written(`<!-- ${secret} -->`)));
    const operations = [{ method: "GET", urlTemplate: "/", operationId: "list", displayName: "List" }];
    const surface = ApiSurface.operations(operations);
    secure(undefined, { surface, operationPolicies: [{ operationId: "list", policy }] });
    const { xml_content } = only(synth(stack), "azurerm_api_management_api_operation_policy");
    expect(xml_content).toContain('<!-- $${Tf${""}Token[');
  });

  test("that is long is one line to Terraform", () => {
    secure(
      PolicyDocument.fromFile(saved("long.xml", written("\n    <!-- a line -->".repeat(1000)))),
      {},
      ApimSku.BASIC_V2,
    );
    expect(content()).toMatch(/^\$\{"<policies>\\n {2}<inbound>\\n/);
    expect(content()).not.toContain("\n");
  });
});

describe("a value that only Terraform knows", () => {
  test("is escaped in somebody's XML", () => {
    const { stringValue } = new TerraformVariable(stack, "v", {});
    secure(PolicyDocument.fromXml(written(`<set-body>${stringValue}</set-body>`)));
    expect(content()).toContain("replace(regex(");
    expect(content()).not.toContain("${var.v}");
  });

  test.each([
    ["a document", (code: string) => PolicyDocument.fromXml(written(code)), "PolicyDocument.fromXml"],
    ["a statement", (code: string) => PolicyStatement.raw(PolicySection.INBOUND, code), "PolicyStatement.raw"],
  ])("cannot be part of the C# of %s", (_, read: (code: string) => unknown, place) => {
    const { stringValue } = new TerraformVariable(stack, "v", {});
    for (const code of [
      `<set-variable name="a" value='@("${stringValue}")' />`,
      `<set-body>@{ return "${stringValue}"; }</set-body>`,
      `<set-body><![CDATA[@("${stringValue}")]]></set-body>`,
    ])
      expect(() => read(code)).toThrow(refusal("terraform-value-in-code", `[${place}]`, "{{name}}"));
  });
});

describe("the size of a policy", () => {
  const sized = (kib: number): string => written(`<!-- ${"x".repeat(kib * 1024)} -->`);

  test("is at most 16 KiB on Consumption", () => {
    expect(() => secure(PolicyDocument.fromXml(sized(16)))).toThrow(refusal("unsupported-tier", "16 KiB"));
  });

  test("is at most 256 KiB elsewhere", () => {
    expect(() => secure(PolicyDocument.fromXml(sized(200)), {}, ApimSku.BASIC_V2)).not.toThrow();
    expect(() => PolicyDocument.fromXml(sized(256))).toThrow(refusal("policy-too-large", "256.0 KiB"));
    const path = saved("large.xml", sized(256));
    expect(() => PolicyDocument.fromFile(path)).toThrow(refusal("file-too-large", "large.xml"));
  });
});

describe("what API Management refuses", () => {
  const said = (text: string): string[] => {
    secure(PolicyDocument.fromXml(text));
    return annotations(stack);
  };

  test("is said at its place if no reader of XML accepts it", () => {
    expect(said(written("<set-body>a&nbsp;b</set-body>"))).toEqual([refusal("not-xml", "policy document:3:24")]);
  });

  test("is said at its place if it is no policy, with the nearest one", () => {
    expect(said(written("<set-heder />"))).toEqual([refusal("unknown-policy", "policy document:3:13", "<set-header>")]);
  });

  test("is refused at its place if it is no section, with the nearest one", () => {
    const text = "<policies>\n  <inbond>\n    <base />\n  </inbond>\n</policies>";
    expect(() => secure(PolicyDocument.fromXml(text))).toThrow(
      refusal("unknown-section", "- 2:3 <inbond>", "<inbound>"),
    );
  });
});

describe("a statement that only types forbid", () => {
  const config = { section: "inbound", slot: "user", kind: "x", xml: "<ip-filter />" };

  test.each<[string, () => unknown, string]>([
    ["a retry without an interval", () => PolicyStatement.retry({ count: 3 }), "wrong-value"],
    ["a header with a text", () => PolicyStatement.setHeader("X-A", "abc"), "wrong-value"],
    [
      "a counter key that is a text",
      () => PolicyStatement.rateLimitByKey({ calls: 5, renewalPeriodSeconds: 60, counterKey: "abc" }),
      "wrong-value",
    ],
    [
      "a misspelt section",
      () => PolicyStatement.setHeader("X-A", PolicyValue.literal("a"), { section: "inbond" }),
      "unknown-member",
    ],
    ["a misspelt section of XML", () => PolicyStatement.raw("inbond", "<trace />"), "unknown-member"],
    ["a misspelt slot", () => PolicyDocument.of({ _config: { ...config, slot: "acess" } }), "unknown-member"],
    ["an object of its own", () => PolicyDocument.of(config), "not-a-policy-statement"],
    ["XML that is none", () => PolicyStatement.raw(PolicySection.INBOUND, "<a>&nbsp;</a>"), "raw-not-xml"],
  ])("is refused: %s", (_, make, id) => {
    expect(make).toThrow(refusal(id));
  });
});
