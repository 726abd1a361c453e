import { createHash } from "crypto";
import { reportPage } from "../../../lib/report/html/page";
import { TrustReport } from "../../../lib/report/trust-report";
import { manyBackends, ORDERS, reportOf } from "./reports";

/** The text that a reader sees in a part of the page, with one space between words. */
function read(html: string): string {
  const text = html
    .replace(/<wbr>/g, "")
    .replace(/<style>[^]*?<\/style>|<svg[^]*?<\/svg>/g, "")
    .replace(/<[^>]*>/g, " ");
  return text.replace(/\s+/g, " ").trim();
}

function sectionOf(html: string, id: string): string {
  const [, content] = new RegExp(`<section id="${id}"[^>]*>([^]*?)</section>`).exec(html)!;
  return read(content);
}

let page: string;
beforeAll(async () => {
  page = await reportPage(ORDERS);
});

test("the page loads nothing, runs nothing, and allows its one style by its hash", () => {
  const [, style] = /<style>([^]*?)<\/style>/.exec(page)!;
  const hash = createHash("sha256").update(style).digest("base64");
  expect(page).toContain(
    `content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
  );
  expect(page.match(/<style/g)).toHaveLength(1);
  expect(page).not.toMatch(/<(script|link|img|iframe|object|form|base)\b|\s(style|src|srcset|on\w+)=/);
  expect(style).not.toMatch(/url\(|@import/);
  for (const [, target] of page.matchAll(/\shref="([^"]*)"/g)) expect(target).toMatch(/^#/);
});

test("each link leads to something on the page, and each id is there once", () => {
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
  for (const [, names] of page.matchAll(/aria-labelledby="([^"]*)"/g))
    for (const name of names.split(" ")) expect(ids).toContain(name);
});

test("the sections come in the order in which a reviewer reads", () => {
  expect([...page.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id)).toEqual([
    "summary",
    "calls",
    "access",
    "secrets",
    "open-on-purpose",
    "findings",
    "not-judged",
    "operator",
    "checked",
  ]);
});

test("no level of headings is skipped", () => {
  const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  levels.forEach((level, at) => expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1));
});

test("the summary says what is open, what is open on purpose and what is not known", () => {
  expect(sectionOf(page, "summary")).toBe(
    "Summary The rules found 1 error and 1 warning. 1 judgement could not be made before Terraform runs. " +
      "2 things are open on purpose. 1 entry in the Terraform state can be used by its readers. " +
      "2 tasks are left to the operator. 2 files could not be read, so the report is not complete. " +
      "2 open findings 2 things open on purpose 1 place not judged 2 secrets in the state 2 tasks of the operator 5 calls",
  );
});

const READ = { ...ORDERS.checked, unreadable: [], skipped: [] };

test.each<[string, Partial<TrustReport>, string, string]>([
  ["what is well", { checked: READ }, "good", "The rules found nothing."],
  ["nothing at all", {}, "doubt", "The rules found nothing."],
  ["files that were not read", { checked: { ...READ, skipped: ["a.tf"] } }, "doubt", "1 file could not be read"],
  ["one warning", { checked: READ, findings: [ORDERS.findings[1]] }, "doubt", "The rules found 1 warning."],
  ["what was not judged", { checked: READ, notJudged: ORDERS.notJudged }, "doubt", "1 judgement could not be made"],
  [
    "what everyone gets into",
    { checked: READ, access: [{ ...ORDERS.access[1], admits: ["everyone, on /health"] }] },
    "doubt",
    "Everyone gets into the ",
  ],
  [
    "what is perhaps open",
    { checked: READ, access: [{ ...ORDERS.access[1], admits: ["perhaps everyone: it is not known"] }] },
    "doubt",
    "Perhaps everyone gets into the ",
  ],
  [
    "a module",
    { checked: { ...READ, modules: ["network"] } },
    "doubt",
    "The report does not read a module, so it is not complete: network.",
  ],
  ["one error", { checked: READ, findings: [ORDERS.findings[0]] }, "bad", "The rules found 1 error."],
])("the verdict on %s", async (_, given, look, text) => {
  const html = await reportPage(reportOf(given));
  expect(html).toContain(`<div class="paper verdict ${look}">`);
  expect(sectionOf(html, "summary")).toContain(text);
});

test("the table of calls says all that the picture shows", () => {
  expect(sectionOf(page, "calls")).toContain(
    "3 orders-api API func-orders-production-westeurope-01 App https://func-orders-production-westeurope-01.azurewebsites.net " +
      "Managed identity system-assigned identity of contoso-gateway api://7f3e1b5a-2c9d-4e8f-a6b0-1d2c3e4f5a6b Gateway.Invoke private endpoint",
  );
});

test("each one that is called shows who gets in, and each barrier with its state", () => {
  const access = sectionOf(page, "access");
  expect(access).toContain("Called Sign-in Audience Allow-list Network Publishing Slots");
  expect(access).toContain("orders-api API ✓ Closed ✓ Closed ✓ Closed ! Open – None – None");
  expect(access).toContain(
    "Gets in: the system-assigned identity of contoso-gateway Barrier State What it does Sign-in Closed Who has no token",
  );
  expect(access).toContain("staging Slot orders/staging Nobody gets in.");
});

test("secrets, what is open on purpose, findings and tasks show all that is known of them", () => {
  expect(sectionOf(page, "secrets")).toContain(
    "azurerm_storage_account.host primary_access_key Of no use orders/host The provider reads the keys of each storage account. Nothing to do: the account refuses its keys.",
  );
  expect(sectionOf(page, "open-on-purpose")).toContain(
    "GET /health needs no token. the load balancer probes it AnonymousPaths.of orders/OrdersApi",
  );
  expect(sectionOf(page, "findings")).toContain(
    "Error http-backend DP-3, CWE-319 The backend http://status.internal has no TLS, so everybody on the way reads the token. " +
      "Instead: Write an https:// address. orders/StatusApi/Policy azurerm_api_management_api_policy.status.xml_content line 4, column 5",
  );
  expect(sectionOf(page, "not-judged")).toContain(
    "allow-list-empty auth_settings_v2 is known only when Terraform runs. orders/Legacy",
  );
  expect(sectionOf(page, "operator")).toContain(
    "Check roles in the code of the app. No configuration shows what the code does with a token.",
  );
  expect(sectionOf(page, "checked")).toContain(
    "cdktf.out/stacks/old/cdk.tf.json : it is no JSON network.tf : HCL, which this report does not read",
  );
});

test("a rule that had nothing to judge is only named", async () => {
  const [first, second] = ORDERS.checked.rules;
  const idle = { ...second, complies: 0, acknowledged: 0 };
  const html = await reportPage(reportOf({ checked: { ...ORDERS.checked, rules: [first, idle] } }));
  expect(sectionOf(html, "checked")).toMatch(
    /Rule Control Holds Refused Acknowledged Not judged http-backend Calls to backends are encrypted. DP-3, CWE-319 3 1 0 0 These had nothing to judge: local-keys-enabled \./,
  );
});

test("a section without content says so in a sentence", async () => {
  const html = await reportPage(reportOf({}));
  expect(sectionOf(html, "calls")).toContain("The configuration shows nobody who calls or is called.");
  expect(sectionOf(html, "access")).toContain("The configuration shows nothing that somebody can call.");
  expect(sectionOf(html, "secrets")).toContain(
    "No resource of the configuration is known to write a secret into the state.",
  );
  expect(sectionOf(html, "findings")).toContain("No finding is open.");
  expect(html).not.toMatch(/<tbody[^>]*>\s*<\/tbody>/);
});

test("each text of a report is escaped, wherever it stands", async () => {
  const HOSTILE = `</title></style><script>alert("x")</script><img src=x onerror='y'>`;
  const poisoned = (value: unknown): unknown =>
    typeof value === "string"
      ? `${value} ${HOSTILE}`
      : Array.isArray(value)
        ? value.map(poisoned)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value).map(([key, inner]) => [key, CHOSEN.has(key) ? inner : poisoned(inner)]),
            )
          : value;
  // What is one of a few words stays.
  const CHOSEN = new Set(["kind", "state", "how", "severity", "from", "to", "id", "party", "partOf"]);
  const html = await reportPage(poisoned(ORDERS) as TrustReport);
  expect(html).toContain("&lt;script&gt;");
  expect(html).not.toMatch(/<script|<img|onerror='/);
  expect(html.match(/<\/style>/g)).toHaveLength(1);
});

test("the same report is the same page", async () => expect(await reportPage(ORDERS)).toBe(page));

test("the page of 40 backends has four pictures", async () => {
  expect((await reportPage(manyBackends(40))).match(/<figcaption>/g)).toHaveLength(4);
});
