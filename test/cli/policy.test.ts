import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { reportOn } from "../../lib/cli/document-report";
import { HELP } from "../../lib/cli/options";
import { run } from "../../lib/cli/run";
import { refusal } from "../helpers/refusal";

const OPEN = "<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n";
const TAKEN = OPEN.replace("<base />", '<base />\n    <set-backend-service base-url="https://old" />');
const BROKEN = "<policies>\n  <inbound>\n</policies>\n";

const directory = mkdtempSync(join(tmpdir(), "policies-"));
const open = join(directory, "a-open.xml");
const taken = join(directory, "more", "taken.XML");
const broken = join(directory, "z-broken.xml");

const empty = join(directory, "empty");

beforeAll(() => {
  mkdirSync(empty);
  mkdirSync(join(directory, "more"));
  writeFileSync(open, OPEN);
  writeFileSync(taken, TAKEN);
  writeFileSync(join(directory, "more", "notes.txt"), "not a policy");
  writeFileSync(broken, BROKEN);
});
afterAll(() => rmSync(directory, { recursive: true }));

function cli(...args: string[]): { code: number; out: string; err: string } {
  const written = { out: "", err: "" };
  const code = run(args, {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    interactive: false,
  });
  return { code, ...written };
}

const MERGED =
  `${open}: can be merged\n` +
  "  inserts at 3:13 <set-header> <set-header> <set-header> <set-header> <set-header> <set-query-parameter> " +
  "<set-backend-service> <authentication-managed-identity>\n";
const MERGED_AT_OWN_ADDRESS =
  MERGED.replace("<set-backend-service> ", "") + "1 can be merged, 0 with conflicts, 0 cannot be read.\n";
const REFUSED =
  `${taken}: has conflicts\n` +
  '  conflict at 4:5 <set-backend-service> chooses a backend, but the statement "route" (inserted at 4:51) chooses ' +
  "another one. Write --resolve REPLACE_BACKEND to have the merge remove <set-backend-service>; " +
  "or write --resolve KEEP_BACKEND to send requests to the backend that it chooses; " +
  "or remove <set-backend-service> from the document. (backend-already-chosen)\n";
const UNREADABLE =
  `${broken}: cannot be read\n` +
  `  [${broken}:3:1] Expected </inbound> for the <inbound> at 2:3, but found </policies>. ` +
  "Write </inbound>. (end-tag-mismatch)\n";

describe("policy check", () => {
  test("says where what would be inserted", () => {
    expect(cli("policy", "check", open)).toEqual({
      code: 0,
      out: `${MERGED}1 can be merged, 0 with conflicts, 0 cannot be read.\n`,
      err: "",
    });
  });

  test("says what stands in the way", () => {
    expect(cli("policy", "check", open, taken)).toEqual({
      code: 1,
      out: `${MERGED}${REFUSED}1 can be merged, 1 with conflicts, 0 cannot be read.\n`,
      err: "",
    });
  });

  test("searches directories for documents, and reads on after one that cannot be read", () => {
    expect(cli("policy", "check", directory, open)).toEqual({
      code: 3,
      out: `${MERGED}${REFUSED}${UNREADABLE}1 can be merged, 1 with conflicts, 1 cannot be read.\n`,
      err: "",
    });
  });

  test("says the same to machines", () => {
    const { code, out } = cli("policy", "check", "--json", open, taken, broken);
    const { documents, summary } = JSON.parse(out);
    expect(code).toBe(3);
    expect(summary).toEqual({ mergeable: 1, conflicts: 1, unreadable: 1 });
    expect(documents[0].insertions[7]).toEqual({
      statement: "token",
      section: "inbound",
      elements: ["authentication-managed-identity"],
      line: 3,
      column: 13,
    });
    expect(documents[1].findings[0]).toMatchObject({
      severity: "conflict",
      id: "backend-already-chosen",
      line: 4,
      column: 5,
    });
    expect(documents[2]).toMatchObject({ file: broken, result: "unreadable" });
  });

  test("reads on after a file that is no UTF-8", () => {
    const other = join(empty, "utf-16.xml");
    writeFileSync(other, Buffer.from([0xff, 0xfe, 0x3c, 0x00]));
    expect(cli("policy", "check", other, open)).toEqual({
      code: 3,
      out: refusal(
        "not-utf8",
        `${other}: cannot be read\n  [PolicyDocument.fromFile] `,
        `"${other}"`,
        `${MERGED}1 can be merged, 0 with conflicts, 1 cannot be read.\n`,
      ),
      err: "",
    });
    rmSync(other);
  });

  test("takes an empty file for one that cannot be read", () => {
    const lost = join(empty, "lost.xml");
    writeFileSync(lost, "\uFEFF\n");
    const said = (file: string): string =>
      `${file}: cannot be read\n  [${file}] The file is empty. ` +
      "Write a policy document in it: <policies>...</policies>. (empty-policy-file)\n";
    expect(cli("policy", "check", lost, "/dev/null")).toEqual({
      code: 3,
      out: `${said(lost)}${said("/dev/null")}0 can be merged, 0 with conflicts, 2 cannot be read.\n`,
      err: "",
    });
    rmSync(lost);
  });

  test("reads on after a document that nothing can be put into", () => {
    const odd = join(empty, "odd.xml");
    writeFileSync(odd, '<policies><inbound><a b="@(x["y)" />@{ z }{{nv}}</inbound></policies>');
    const { code, out } = cli("policy", "check", odd, open, "--json");
    const { documents, summary } = JSON.parse(out);
    expect(code).toBe(1);
    expect(summary).toEqual({ mergeable: 1, conflicts: 1, unreadable: 0 });
    expect(documents[0].findings).toMatchObject([
      { severity: "conflict", id: "broken-code-hides-ends", line: 1, column: 26 },
    ]);
    rmSync(odd);
  });

  test("takes whatever a single document makes go wrong for a document that cannot be read", () => {
    const fails = (): never => {
      throw new Error("odd");
    };
    expect(reportOn(open, fails).report).toMatchObject({ file: open, result: "unreadable", error: "odd" });
  });

  test("takes the options of a merge, so that it says what that merge will", () => {
    expect(cli("policy", "check", taken, "--resolve", "REPLACE_BACKEND").code).toBe(0);
    expect(cli("policy", "check", taken, "--resolve", "keep-backend")).toMatchObject({
      code: 0,
      out: refusal("backend-kept", "  warning at 4:5 "),
    });
    expect(cli("policy", "check", open, "--own-address").out).toBe(MERGED_AT_OWN_ADDRESS);
    const args = ["--audience", "api://orders", "--backend-id", "orders", "--key-header", "X-Key"];
    expect(cli("policy", "check", open, ...args).code).toBe(0);
  });

  test("names its own options to machines as well", () => {
    const [{ findings }] = JSON.parse(cli("policy", "check", taken, "--json").out).documents;
    expect(findings[0].resolutions).toEqual([
      "write --resolve REPLACE_BACKEND to have the merge remove <set-backend-service>",
      "write --resolve KEEP_BACKEND to send requests to the backend that it chooses",
      "remove <set-backend-service> from the document",
    ]);
    expect(findings[0].resolve).toEqual(["REPLACE_BACKEND", "KEEP_BACKEND"]);
  });

  test("writes nothing", () => {
    cli("policy", "check", directory);
    expect(readFileSync(open, "utf8")).toBe(OPEN);
  });
});

describe("policy merge", () => {
  const GUID = "11111111-1111-1111-1111-111111111111";

  test("prints the merged document, and nothing else", () => {
    const { code, out, err } = cli("policy", "merge", open, "--audience", GUID, "--backend-id", "orders");
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n").map((line) => line.replace(/-[0-9a-f]{8}"/, '-#"'));
    expect(lines.slice(0, 3)).toEqual(OPEN.split("\n").slice(0, 3));
    expect(lines.slice(9, 11)).toEqual([
      '    <set-backend-service id="secure-apim-backend-route-#" backend-id="orders" />',
      `    <authentication-managed-identity id="secure-apim-backend-token-#" resource="${GUID}" />`,
    ]);
    expect(lines.slice(11)).toEqual(OPEN.split("\n").slice(3));
  });

  test("takes the identity's client id and the names of the subscription key, and calls the API's own address", () => {
    const more = ["--client-id", GUID, "--key-header", "X-Key", "--key-query", "key", "--resolve", "KEEP_BACKEND"];
    const { out } = cli("policy", "merge", taken, "--audience", "api://orders", ...more);
    expect(out).toContain(`resource="api://orders" client-id="${GUID}" />`);
    expect(out).toContain('name="X-Key" exists-action="delete"');
    expect(out).toContain('name="key" exists-action="delete"');
    expect(out).not.toContain("backend-id");
  });

  test("prints no document where a conflict stands in the way", () => {
    const args = ["policy", "merge", taken, "--audience", GUID, "--backend-id", "orders"];
    expect(cli(...args)).toEqual({ code: 1, out: "", err: REFUSED });
    expect(cli(...args, "--resolve", "replace_backend").out).not.toContain("https://old");
    expect(cli(...args, "--resolve", "KEEP_BACKEND")).toMatchObject({
      code: 0,
      out: expect.stringContaining("https://old"),
      err: refusal("backend-kept", "  warning at 4:5 "),
    });
  });

  test("says where a document cannot be read", () => {
    expect(cli("policy", "merge", broken, "--audience", GUID)).toEqual({ code: 3, out: "", err: UNREADABLE });
  });

  test("gives machines the document with the report", () => {
    const { out } = cli("policy", "merge", open, "--audience", GUID, "--json");
    expect(JSON.parse(out)).toMatchObject({ file: open, result: "mergeable", xml: expect.stringContaining(GUID) });
  });
});

describe("a command written wrongly is answered with what to write", () => {
  const VALID =
    "Write one of KEEP_BACKEND, REPLACE_BACKEND, REPLACE_MANAGED_IDENTITY, KEEP_AUTHORIZATION, REPLACE_AUTHORIZATION, " +
    "REPLACE_CALLER_HEADERS, KEEP_CREDENTIALS, REPLACE_CREDENTIALS, KEEP_TOKEN_VALIDATION, REPLACE_TOKEN_VALIDATION, " +
    "KEEP_EARLY_RESPONSE, REPLACE_EARLY_RESPONSE, KEEP_CORS, REPLACE_CORS, KEEP_FORWARDING, REPLACE_FORWARDING. (resolution-unknown)";
  const UNOPENED = " Write the path of a file or directory that can be read. (path-cannot-be-opened)";
  const SEE = "\nSee cdktf-secure-apim-backend --help.\n";

  test.each<[string[], string]>([
    [["policy"], 'There is no command "policy". Write "policy check" or "policy merge". (command-unknown)'],
    [
      ["policy", "show"],
      'There is no command "policy show". Write "policy check" or "policy merge". (command-unknown)',
    ],
    [["policy", "check"], "There is no policy document. Write one or more files or directories. (policy-file-missing)"],
    [
      ["policy", "check", "/nowhere"],
      `/nowhere cannot be opened: ENOENT: no such file or directory, stat '/nowhere'.${UNOPENED}`,
    ],
    [
      ["policy", "check", empty],
      `There is no *.xml file in ${empty}. Write the name of a file. (directory-without-xml)`,
    ],
    [
      ["policy", "merge", "/nowhere.xml", "--audience", "api://orders"],
      `/nowhere.xml cannot be opened: ENOENT: no such file or directory, stat '/nowhere.xml'.${UNOPENED}`,
    ],
    [
      ["policy", "merge", open, "--audience", "api://orders", "--resolve", "keep-managed-identity"],
      `--resolve keep-managed-identity is not a resolution. ${VALID}`,
    ],
    [
      ["policy", "check", open, "--resolve", "KEEP_CALLER_HEADERS"],
      `--resolve KEEP_CALLER_HEADERS is not a resolution. ${VALID}`,
    ],
    [
      ["policy", "merge"],
      '"policy merge" takes one file. Write "policy merge FILE --audience ...". (one-file-to-merge)',
    ],
    [
      ["policy", "merge", open],
      "There is no audience. Write --audience with the client id of the backend's app registration. (audience-option-missing)",
    ],
    [
      ["policy", "merge", open, "--audience", "orders"],
      "--audience orders is neither a client id nor an application id URI. Write a GUID, or a URI that begins with api:// or https://. (audience-option-invalid)",
    ],
    [
      ["policy", "merge", open, "--audience", "https://management.azure.com/"],
      "--audience https://management.azure.com/ is the audience of Azure Resource Manager or Microsoft Graph. Write the audience of the backend. (audience-option-of-management)",
    ],
    [
      ["policy", "merge", open, "--audience", "api://@(x)"],
      "--audience api://@(x) is neither a client id nor an application id URI. Write a GUID, or a URI that begins with api:// or https://. (audience-option-invalid)",
    ],
    [
      ["policy", "check", open, "--key-header", "authorization"],
      "--key-header authorization is the header of tokens, not of the subscription key. " +
        "Write the header in which the API accepts the key, or omit the option. (key-header-of-tokens)",
    ],
    [
      ["policy", "check", open, "--resolve", "KEEP_CORS", "--resolve", "REPLACE_BACKEND", "--resolve", "replace-cors"],
      "--resolve KEEP_CORS and --resolve REPLACE_CORS contradict each other. Write one of them. (resolutions-contradict)",
    ],
    [
      ["policy", "check", open, "--backend-id", "orders", "--own-address"],
      "--backend-id orders and --own-address contradict each other. Write one of them. (backend-id-with-own-address)",
    ],
    [
      ["policy", "merge", open, "--audience", "api://orders", "--client-id", "me"],
      "--client-id me is not a GUID. Write a GUID, or omit the option. (option-value-invalid)",
    ],
    [
      ["policy", "merge", open, "--audience", "api://orders", "--resolve", "all"],
      `--resolve all is not a resolution. ${VALID}`,
    ],
  ])("%j", (args, message) => {
    expect(cli(...args)).toEqual({ code: 2, out: "", err: message + SEE });
  });

  test("in JSON, where that is asked for", () => {
    const { code, out, err } = cli("policy", "check", "/nowhere", "--json");
    expect([code, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toEqual({
      error: `/nowhere cannot be opened: ENOENT: no such file or directory, stat '/nowhere'.${UNOPENED}`,
    });
  });

  test("also where a file is there that cannot be opened", () => {
    const dangling = join(empty, "dangling.xml");
    symlinkSync("/nowhere", dangling);
    const message = `${dangling} cannot be opened: ENOENT: no such file or directory, access '${dangling}'.${UNOPENED}`;
    expect(cli("policy", "check", empty, open)).toEqual({ code: 2, out: "", err: message + SEE });
    rmSync(dangling);
  });

  // Root may read anything.
  (process.getuid?.() === 0 ? test.skip : test)("also where a file may not be read", () => {
    const secret = join(empty, "secret.xml");
    writeFileSync(secret, OPEN);
    chmodSync(secret, 0);
    const message = `${secret} cannot be opened: EACCES: permission denied, access '${secret}'.${UNOPENED}`;
    expect(cli("policy", "check", secret)).toEqual({ code: 2, out: "", err: message + SEE });
    rmSync(secret);
  });

  test("or with the help, which is also there for the asking", () => {
    expect(cli()).toEqual({ code: 2, out: "", err: HELP });
    expect(cli("--help")).toEqual({ code: 0, out: HELP, err: "" });
    expect(cli("policy", "check", "--nonsense")).toEqual({
      code: 2,
      out: "",
      err: refusal("options-unreadable", "'--nonsense'", SEE),
    });
  });
});
