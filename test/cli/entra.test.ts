import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { EntraRequest } from "../../lib/entra/request/entra-request";
import { refusal } from "../helpers/refusal";
import { GATEWAY, REQUEST } from "../entra/request/requests";
import { commandLine } from "./command-line";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entra-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(stack: string, ...requests: object[]): string {
  const path = join(folder, "stacks", stack);
  mkdirSync(path, { recursive: true });
  writeFileSync(
    join(path, "cdk.tf.json"),
    JSON.stringify({ "//": { secureApimBackend: { entraRequests: requests } } }),
  );
  return path;
}

const OTHER: EntraRequest = { ...REQUEST, path: "production/Other", displayName: "Other" };
const OUTPUTS = { Registration_Callers_44D96683: { sensitive: false, type: "object", value: { Gateway: GATEWAY } } };

describe("entra request", () => {
  test("prints the page of what the stacks ask for", async () => {
    write("production", REQUEST);
    const { code, out, err } = await commandLine(["entra", "request", folder]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^# Request: app registration Contoso Orders\n/);
  });

  test("prints a page for each of several requests", async () => {
    write("one", REQUEST);
    write("two", OTHER);
    const { out } = await commandLine(["entra", "request", folder]);
    expect(out.match(/^# .*$/gm)?.filter((line) => line.startsWith("# Request"))).toEqual([
      "# Request: app registration Contoso Orders",
      "# Request: app registration Other",
    ]);
    const one = await commandLine(["entra", "request", folder, "--registration", "production/Other"]);
    expect(one.out).toMatch(/^# Request: app registration Other\n/);
  });

  test("prints the script and the JSON", async () => {
    write("production", REQUEST);
    const script = await commandLine(["entra", "request", folder, "--format", "script"]);
    expect(script.out).toMatch(/^#!\/usr\/bin\/env bash\n/);
    for (const format of [["--format", "json"], ["--json"]]) {
      const { out } = await commandLine(["entra", "request", folder, ...format]);
      const [request] = JSON.parse(out).requests;
      expect(request).toMatchObject(REQUEST);
      expect(request.graph).toHaveLength(3);
    }
  });

  test.each([
    ["md", /^# Request/],
    ["sh", /^#!/],
    ["json", /^\{/],
  ])("writes what the end of a name says: .%s", async (end, begin) => {
    write("production", REQUEST);
    const output = join(folder, `request.${end}`);
    expect(await commandLine(["entra", "request", folder, "--output", output])).toEqual({ code: 0, out: "", err: "" });
    expect(readFileSync(output, "utf8")).toMatch(begin);
  });

  test.each([
    ["terraform output -json", OUTPUTS],
    ["cdktf output --outputs-file", { production: { Registration_Callers_44D96683: { Gateway: GATEWAY } } }],
  ])("fills in the object IDs that %s knows", async (_, outputs) => {
    const stack = write("production", REQUEST);
    const args = ["entra", "request", stack, "--outputs", "-"];
    const page = await commandLine(args, JSON.stringify(outputs));
    expect(page.out).toContain(GATEWAY);
    expect(page.out).toContain("All values are known.");
    const script = await commandLine([...args, "--format", "script"], JSON.stringify(outputs));
    expect(script.out).toContain(`assign 'Gateway' OBJECT_ID_GATEWAY "\${OBJECT_ID_GATEWAY:-${GATEWAY}}"`);
  });

  test("takes no object ID that is none", async () => {
    const stack = write("production", REQUEST);
    const outputs = { Registration_Callers_44D96683: { value: { Gateway: '}"; touch hacked; "' } } };
    const { out } = await commandLine(["entra", "request", stack, "--outputs", "-"], JSON.stringify(outputs));
    expect(out).not.toContain("hacked");
    expect(out).toContain("not known yet");
  });

  test.each<[string, string[], number, string, string]>([
    ["another command", ["entra", "requests"], 2, "entra-command-unknown", '"entra request"'],
    ["no command", ["entra"], 2, "entra-command-unknown", '"entra request"'],
    ["another format", ["entra", "request", "--format", "html"], 2, "request-format-unknown", "markdown"],
    ["two formats", ["entra", "request", "--json", "--format", "script"], 2, "formats-contradict", "--format script"],
    ["standard input twice", ["entra", "request", "-", "--outputs", "-"], 2, "standard-input-twice", "standard input"],
  ])("refuses %s", async (_, args, code, id, value) => {
    const said = await commandLine(args);
    expect(said.code).toBe(code);
    expect(said.err || said.out).toEqual(refusal(id, value));
  });

  test("says that no stack asks for anything", async () => {
    write("production");
    const { code, err } = await commandLine(["entra", "request", folder]);
    expect(code).toBe(2);
    expect(err).toEqual(refusal("request-missing", folder, "AppRegistration.fromRequest"));
  });

  test("says that what asks may not have been read", async () => {
    const missing = join(folder, "missing.tf.json");
    const { code, err } = await commandLine(["entra", "request", write("production"), missing]);
    expect(code).toBe(3);
    expect(err).toEqual(refusal("configuration-not-readable", `${missing}: The file does not exist.`));
    expect(err).toEqual(refusal("request-not-read", missing));
  });

  test("does not guess which of several requests a script is for", async () => {
    write("one", REQUEST);
    write("two", OTHER);
    const several = await commandLine(["entra", "request", folder, "--format", "script"]);
    expect(several.err).toEqual(refusal("several-requests", "production/Registration, production/Other"));
    const unknown = await commandLine(["entra", "request", folder, "--registration", "Other"]);
    expect(unknown.err).toEqual(refusal("request-unknown", '"Other"', "production/Other"));
  });

  test.each<[string, object]>([
    ["of another version", { ...REQUEST, format: 2 }],
    ["whose role is no id", { ...REQUEST, appRole: { ...REQUEST.appRole, id: "'; touch hacked; '" } }],
    ["whose client ID is no id", { ...REQUEST, clientId: "}; touch hacked" }],
    ["whose owner is no id", { ...REQUEST, owners: ["$(touch hacked)"] }],
    [
      "whose caller has no id",
      { ...REQUEST, assignments: [{ label: "a", kind: "other", objectId: "$(touch hacked)" }] },
    ],
    ["whose caller is of an unknown kind", { ...REQUEST, assignments: [{ label: "a", kind: "toString" }] }],
    ["whose tenant is no text", { ...REQUEST, tenantId: 5 }],
    ["that gives no text as a reason", { ...REQUEST, otherAssignments: [{ label: "a", reason: 5 }] }],
  ])("refuses a request %s", async (_, request) => {
    write("production", request);
    const { code, err } = await commandLine(["entra", "request", folder]);
    expect(code).toBe(3);
    expect(err).toEqual(refusal("request-of-other-format", "cdk.tf.json"));
  });

  test("says that the outputs are those of another stack", async () => {
    const stack = write("production", REQUEST);
    const { code, err } = await commandLine(["entra", "request", stack, "--outputs", "-"], "{}");
    expect(code).toBe(3);
    expect(err).toEqual(refusal("request-output-missing", '"Registration_Callers_44D96683"', '"production"'));
  });

  test("does not take the outputs of one stack for those of another that has the same output", async () => {
    write("dev", { ...REQUEST, stack: "dev" });
    write("prod", { ...REQUEST, stack: "prod" });
    const { code, out, err } = await commandLine(
      ["entra", "request", folder, "--outputs", "-"],
      JSON.stringify(OUTPUTS),
    );
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toEqual(refusal("request-output-missing", '"dev"', "the folder of that stack only"));
  });

  test("needs no output for a registration whose role the stack assigns", async () => {
    const { output, ...others } = REQUEST;
    const stack = write("production", { ...others, path: "production/Own", assignments: [] }, REQUEST);
    const { code, out } = await commandLine(["entra", "request", stack, "--outputs", "-"], JSON.stringify(OUTPUTS));
    expect(code).toBe(0);
    expect(output).toBeDefined();
    expect(out).toContain(GATEWAY);
  });

  test("prints what it can read, and names the rest", async () => {
    write("production", REQUEST);
    mkdirSync(join(folder, "stacks", "broken"));
    writeFileSync(join(folder, "stacks", "broken", "cdk.tf.json"), "{");
    const { code, out, err } = await commandLine(["entra", "request", folder]);
    expect(code).toBe(3);
    expect(out).toMatch(/^# Request/);
    expect(err).toContain("(configuration-not-json)");
  });
});
