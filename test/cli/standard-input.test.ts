import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { Console } from "../../lib/cli/console";
import { policy } from "../../lib/cli/policy/policy";
import { refusal } from "../helpers/refusal";
import { writtenStack } from "../rules/written-stack";
import { commandLine } from "./command-line";

const POLICY = "<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n";
const directory = mkdtempSync(join(tmpdir(), "input-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("a policy document", () => {
  test("is checked, and named <stdin>", async () => {
    const { code, out, err } = await commandLine(["policy", "check", "-"], POLICY);
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n")[0]).toBe("<stdin>: can be merged");
    const json = await commandLine(["policy", "check", "-", "--json"], POLICY);
    expect(JSON.parse(json.out).documents[0]).toMatchObject({ file: "<stdin>", documentSize: POLICY.length });
  });

  test("is merged, and printed or written to a file", async () => {
    const args = ["policy", "merge", "-", "--audience", "api://orders"];
    const { code, out, err } = await commandLine(args, `\uFEFF${POLICY}`);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^\uFEFF<policies>\n[^]+ resource="api:\/\/orders" \/>\n[^]+<\/policies>\n$/);
    // "-" is standard output, too.
    expect(await commandLine([...args, "--output", "-"], `\uFEFF${POLICY}`)).toEqual({ code, out, err });
  });

  test("is read once, however often it is named", async () => {
    const { out } = await commandLine(["policy", "check", "-", "-", "/dev/stdin"], POLICY);
    expect(out).toContain("1 can be merged, 0 with conflicts, 0 cannot be read.\n");
  });

  test.each<[string, string | Buffer, string]>([
    [
      "empty",
      "",
      "[<stdin>] The document is empty. Write a policy document: <policies>...</policies>. (empty-policy-file)",
    ],
    [
      "broken",
      "<policies>",
      "[<stdin>:1:1] <policies> is not closed. Add </policies> where it ends, or write <policies /> if it is empty. (element-not-closed)",
    ],
    [
      "in UTF-16",
      Buffer.from(`\uFEFF${POLICY}`, "utf16le"),
      "[<stdin>] The policy document is encoded in UTF-16, as older versions of PowerShell write it. Save it as UTF-8. " +
        "In PowerShell, write | Out-File -Encoding utf8 instead of >. (input-in-utf16)",
    ],
    [
      "in no UTF-8",
      Buffer.from("<policies>\u00e4</policies>", "latin1"),
      "[<stdin>] The policy document is not encoded in UTF-8. Save it as UTF-8. (input-not-utf8)",
    ],
    [
      "too large",
      " ".repeat(256 * 1024 + 1),
      "[<stdin>] The policy document has more than 262144 bytes, which is all that is read. " +
        "Write a smaller one to standard input. (standard-input-too-large)",
    ],
  ])("that is %s is said", async (_, input, error) => {
    const { code, out } = await commandLine(["policy", "check", "-"], input);
    expect(code).toBe(3);
    expect(out.split("\n").slice(0, 2)).toEqual(["<stdin>: cannot be read", `  ${error}`]);
  });

  test("that cannot be read is said", () => {
    let out = "";
    const console: Console = {
      out: (text) => void (out += text),
      err: () => undefined,
      interactive: false,
      input: () => {
        throw new Error("EISDIR: illegal operation on a directory, read");
      },
    };
    expect(policy(["check", "-"], console)).toBe(3);
    expect(out.split("\n")[1]).toBe(
      "  [<stdin>] The policy document cannot be read from standard input: EISDIR: illegal operation on a directory, read. " +
        "Write it to the command with a pipe or with <, or write the path of a file instead of -. (standard-input-unreadable)",
    );
  });
});

describe("Terraform JSON", () => {
  const open = JSON.stringify(
    (() => {
      const stack = writtenStack();
      delete stack.resource.azurerm_linux_web_app.orders.auth_settings_v2[0].require_authentication;
      return stack;
    })(),
    undefined,
    2,
  );

  test("is judged", async () => {
    const { code, out } = await commandLine(["rules", "check", "-"], open);
    expect(code).toBe(1);
    expect(out).toContain("error at azurerm_linux_web_app.orders: ");
    expect(out).toContain("\n1 stack, ");
    const { findings } = JSON.parse((await commandLine(["rules", "check", "-", "--json"], `\uFEFF${open}`)).out);
    expect(findings[0]).toMatchObject({ file: "<stdin>", stack: "<stdin>", rule: "sign-in-not-required" });
  });

  test("has its place in SARIF", async () => {
    const [run] = JSON.parse((await commandLine(["rules", "check", "--sarif", "-"], open)).out).runs;
    const { artifactLocation, region } = run.results[0].locations[0].physicalLocation;
    expect(artifactLocation.uri).toBe("%3Cstdin%3E");
    expect(open.split("\n")[region.startLine - 1].trim()).toBe('"orders": {');
  });

  test.each([
    ["", "configuration-empty"],
    ["{", "configuration-not-json"],
    ["[]", "configuration-not-an-object"],
    ['{ "format_version": "1.0", "values": {} }', "configuration-is-plan"],
  ])("%j is said", async (input, id) => {
    const { code, out } = await commandLine(["rules", "check", "-"], input);
    expect(code).toBe(3);
    expect(out).toEqual(refusal(id, "cannot read <stdin>: "));
  });
});

describe("the outputs of a stack", () => {
  // Nothing is called: the address is refused before.
  const outputs = JSON.stringify({ backend_url: { sensitive: false, type: "string", value: "http://app.invalid" } });
  const read = { code: 2, out: "", err: refusal("verify-url-invalid") };

  test("are read, with the byte order marks and in the encoding that PowerShell writes", async () => {
    const utf16be = Buffer.from(`\uFEFF${outputs}`, "utf16le").swap16();
    for (const input of [outputs, `\uFEFF${outputs}`, Buffer.from(`\uFEFF${outputs}`, "utf16le"), utf16be]) {
      expect(await commandLine(["verify", "--outputs", "-"], input)).toEqual(read);
      const file = join(directory, "outputs.json");
      writeFileSync(file, input);
      expect(await commandLine(["verify", "--outputs", file])).toEqual(read);
    }
  });

  test("that are none are said", async () => {
    expect(await commandLine(["verify", "--outputs", "-"], "")).toEqual({
      code: 3,
      out: "",
      err: 'The outputs of <stdin> are not a JSON object. Give what "terraform output -json" prints. (outputs-not-json)\n',
    });
    expect(await commandLine(["verify", "--outputs", directory])).toMatchObject({
      code: 3,
      err: refusal("outputs-file-unreadable", "it is a directory"),
    });
  });
});
