import { execFileSync } from "child_process";
import fs, {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { Console, OutputError } from "../../lib/cli/console";
import { reportOn } from "../../lib/cli/policy/document-report";
import { policy } from "../../lib/cli/policy/policy";
import { refusal } from "../helpers/refusal";
import { workOf } from "../helpers/work";

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

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function cli(...args: string[]): Said {
  return cliWith({}, ...args);
}

function cliWith(console: Partial<Console>, ...[, ...args]: string[]): Said {
  const written = { out: "", err: "" };
  const code = policy(args, {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    interactive: false,
    ...console,
  });
  return { code, ...written };
}

const ACCEPTED = "of at most 256.0 KiB (16.0 KiB on Consumption)";
const MERGED =
  `${open}: can be merged\n` +
  `  size 1.0 KiB merged, 0.1 KiB now, ${ACCEPTED}\n` +
  "  inserts at 3:13 <set-header> <set-header> <set-header> <set-header> <set-header> <set-query-parameter> " +
  "<set-backend-service> <authentication-managed-identity>\n";
const MERGED_AT_OWN_ADDRESS =
  MERGED.replace("<set-backend-service> ", "") + "1 can be merged, 0 with conflicts, 0 cannot be read.\n";
const REFUSED =
  `${taken}: has conflicts\n` +
  `  size 0.2 KiB now, ${ACCEPTED}\n` +
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
      out:
        `${MERGED}${REFUSED}${UNREADABLE}1 other file was not read: 1 .txt. If policies are among them, write a pattern such as ` +
        `'${directory}/more/*.txt'. (files-not-read)\n1 can be merged, 1 with conflicts, 1 cannot be read.\n`,
      err: "",
    });
  });

  test("says the same to machines", () => {
    const { code, out } = cli("policy", "check", "--json", open, taken, broken);
    const { documents, summary } = JSON.parse(out);
    expect(code).toBe(3);
    expect(summary).toEqual({ mergeable: 1, conflicts: 1, unreadable: 1, notJudged: 0, skipped: 0 });
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

  test("says how large the merged document is, in bytes to machines", () => {
    const large = join(empty, "large.xml");
    writeFileSync(large, OPEN.replace("<base />", `<base /><!--${"ä".repeat(20 * 1024)}-->`));
    expect(cli("policy", "check", large).out).toContain(
      `${large}: can be merged\n  size 41.1 KiB merged, 40.1 KiB now, of at most 256.0 KiB (too large for Consumption: 16.0 KiB)\n`,
    );
    const { xml, size } = JSON.parse(cli("policy", "merge", large, "--audience", "api://orders", "--json").out);
    expect(size).toBe(Buffer.byteLength(xml));
    rmSync(large);
  });

  test("says where the merged document is larger than API Management accepts", () => {
    const large = join(empty, "large.xml");
    writeFileSync(large, OPEN.replace("<base />", `<base /><!--${"x".repeat(255 * 1024 + 500)}-->`));
    const { code, out } = cli("policy", "check", large);
    expect([code, out]).toEqual([1, refusal("merged-policy-too-large", "256.", "KiB")]);
    writeFileSync(large, OPEN.replace("<base />", `<base /><!--${"x".repeat(256 * 1024)}-->`));
    expect(cli("policy", "check", large, open)).toMatchObject({ code: 3, out: expect.stringContaining(MERGED) });
    rmSync(large);
  });

  test("reads on after a file that is no UTF-8", () => {
    const other = join(empty, "utf-16.xml");
    writeFileSync(other, Buffer.from([0xff, 0xfe, 0x3c, 0x00]));
    expect(cli("policy", "check", other, open)).toEqual({
      code: 3,
      out: refusal(
        "input-in-utf16",
        `${other}: cannot be read\n  [${other}] The policy document is encoded in UTF-16, `,
        `${MERGED}1 can be merged, 0 with conflicts, 1 cannot be read.\n`,
      ),
      err: "",
    });
    rmSync(other);
  });

  test("takes an empty file for one that cannot be read", () => {
    const lost = join(empty, "lost.xml");
    writeFileSync(lost, "\uFEFF\n");
    expect(cli("policy", "check", lost)).toEqual({
      code: 3,
      out:
        `${lost}: cannot be read\n  [${lost}] The document is empty. ` +
        "Write a policy document: <policies>...</policies>. (empty-policy-file)\n" +
        "0 can be merged, 0 with conflicts, 1 cannot be read.\n",
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
    expect(summary).toEqual({ mergeable: 1, conflicts: 1, unreadable: 0, notJudged: 0, skipped: 0 });
    expect(documents[0].findings).toMatchObject([
      { severity: "conflict", id: "broken-code-hides-ends", line: 1, column: 26 },
    ]);
    rmSync(odd);
  });

  test("takes whatever a single document makes go wrong for a document that cannot be read", () => {
    const fails = (): never => {
      throw new Error("odd");
    };
    expect(
      reportOn(open, { merge: fails, console: { out: fails, err: fails, interactive: false } }).report,
    ).toMatchObject({ file: open, result: "unreadable", error: "odd" });
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

describe("a document with more findings than anybody reads", () => {
  const many = join(empty, "many.xml");
  const HIDDEN = "Write --json to see all of them. (more-findings)";
  const unknown = (count: number): string => "<a/>".repeat(count);
  const conflicts = (count: number): string => '<set-header name="Authorization" />'.repeat(count);

  afterEach(() => rmSync(many));

  /** What a command says of it: how often something is a conflict and a warning, and the lines that are neither. */
  function said(inbound: string, ...more: string[]): unknown[] {
    writeFileSync(many, OPEN.replace("<base />", `<base />${inbound}`));
    const { code, out } = cli("policy", "check", many, ...more);
    const lines = out.split("\n").slice(1, -2);
    const kinds = lines.map((line) => /^ {2}(conflict|warning) at /.exec(line)?.[1] ?? line);
    const runs = kinds.filter((kind, index) => kind !== kinds[index - 1]);
    const counts = runs.map((run) => {
      const count = kinds.filter((kind) => kind === run).length;
      return count > 1 || run.length < 10 ? `${count} ${run}` : run;
    });
    return [code, ...counts.filter((line) => !/^ {2}(size|inserts) /.test(line))];
  }

  test("is reported with the first 20 of them, and the number of the others", () => {
    expect(said(unknown(20))).toEqual([0, "20 warning"]);
    expect(said(unknown(21))).toEqual([0, "20 warning", `  The document has 1 more warning. ${HIDDEN}`]);
    expect(said(unknown(62_000))).toEqual([0, "20 warning", `  The document has 61980 more warnings. ${HIDDEN}`]);
    expect(cli("policy", "check", many).out.length).toBeLessThan(6000);
  });

  test("shows conflicts first, whatever stands before them", () => {
    expect(said(unknown(500) + conflicts(1))).toEqual([
      1,
      "1 conflict",
      "19 warning",
      `  The document has 481 more warnings. ${HIDDEN}`,
    ]);
    expect(said(unknown(30) + conflicts(21))).toEqual([
      1,
      "20 conflict",
      `  The document has 1 more conflict and 30 more warnings. ${HIDDEN}`,
    ]);
    const large = `<!-- ${"x".repeat(16 * 1024)} -->`;
    expect(said(unknown(40) + large, "--sku", "Consumption")).toEqual([
      1,
      "1 conflict",
      "19 warning",
      `  The document has 21 more warnings. ${HIDDEN}`,
    ]);
  });

  test("is whole in JSON, in the order of the rules", () => {
    writeFileSync(many, OPEN.replace("<base />", `<base />${unknown(500)}${conflicts(30)}`));
    for (const command of [["check"], ["merge", "--audience", "api://orders"]]) {
      const { code, out } = cli("policy", ...command, many, "--json");
      const parsed = JSON.parse(out);
      const { findings } = parsed.documents?.[0] ?? parsed;
      expect([code, findings.length]).toEqual([1, 530]);
      expect(Object.keys(findings[529])).toEqual([
        "id",
        "severity",
        "source",
        "line",
        "column",
        "message",
        "resolutions",
        "resolve",
      ]);
    }
  });

  test("is no longer where a merge warns", () => {
    writeFileSync(many, OPEN.replace("<base />", `<base />${unknown(100)}`));
    const { code, out, err } = cli("policy", "merge", many, "--audience", "api://orders");
    expect([code, out]).toEqual([0, expect.stringMatching(/^<policies>/)]);
    expect(err).toEqual(refusal("more-findings", "80 more warnings"));
    expect(err.match(/^ {2}warning at /gm)).toHaveLength(20);
  });
});

describe("one odd file does not stop the others", () => {
  const odd = join(directory, "odd");

  beforeEach(() => mkdirSync(odd));
  afterEach(() => rmSync(odd, { recursive: true }));

  const second = (id: string, ...values: string[]): object => ({
    code: 3,
    out: refusal(id, ...values, `${MERGED}1 can be merged, 0 with conflicts, 1 cannot be read.\n`),
    err: "",
  });

  test("not one that is missing", () => {
    expect(cli("policy", "check", "/nowhere", open)).toEqual(second("unreadable-file", "/nowhere: cannot be read\n"));
  });

  test("not a link to nothing", () => {
    symlinkSync("/nowhere", join(odd, "dangling.xml"));
    expect(cli("policy", "check", odd, open)).toEqual(
      second("unreadable-file", `${odd}/dangling.xml: cannot be read\n`),
    );
  });

  test("not a link to itself", () => {
    symlinkSync("circle.xml", join(odd, "circle.xml"));
    expect(cli("policy", "check", odd, open)).toEqual(second("unreadable-file", "ELOOP"));
  });

  test("not a pipe that nobody writes to", () => {
    execFileSync("mkfifo", [join(odd, "pipe.xml")]);
    expect(cli("policy", "check", odd, open)).toEqual(second("not-a-file", `${odd}/pipe.xml: cannot be read\n`));
  });

  test("not a link to a device that never ends", () => {
    symlinkSync("/dev/zero", join(odd, "zero.xml"));
    expect(cli("policy", "check", odd, open)).toEqual(second("not-a-file", `${odd}/zero.xml: cannot be read\n`));
  });

  test("not a link to a directory, which is not followed", () => {
    symlinkSync("..", join(odd, "parent.xml"));
    expect(cli("policy", "check", odd, open)).toEqual(second("not-a-file", "is a directory."));
  });

  // Root may read anything.
  (process.getuid?.() === 0 ? test.skip : test)("not one that may not be read", () => {
    writeFileSync(join(odd, "secret.xml"), OPEN, { mode: 0 });
    expect(cli("policy", "check", odd, open)).toEqual(second("unreadable-file", "EACCES"));
  });

  test("not a directory that cannot be listed", () => {
    jest.spyOn(fs, "readdirSync").mockImplementationOnce(() => {
      throw new Error("EACCES");
    });
    expect(cli("policy", "check", odd, open)).toEqual(second("not-a-file", `${odd}: cannot be read\n`));
  });
});

test("work grows with the number of documents: each is opened once and read once", () => {
  const calls = (["openSync", "readSync", "readdirSync", "statSync"] as const).map((call) => jest.spyOn(fs, call));
  const work = (documents: number): number[] => {
    const many = join(directory, "many");
    mkdirSync(many);
    for (let each = 0; each < documents; each++) writeFileSync(join(many, `${each}.xml`), OPEN);
    calls.forEach((call) => call.mockClear());
    cli("policy", "check", many);
    const counted = calls.map(({ mock }) => mock.calls.length);
    rmSync(many, { recursive: true });
    return counted;
  };
  // A file is read until nothing comes. The directory is looked at, too.
  expect(work(10)).toEqual([10, 20, 1, 1]);
  expect(work(40)).toEqual([40, 80, 1, 1]);
  jest.restoreAllMocks();
});

describe("names and contents cannot write to the terminal", () => {
  const HOSTILE = "a\nok.xml: can be merged\u001b[2K\u202e\u009b1A\u{e0041}.xml";
  const SHOWN = "a\\u000aok.xml: can be merged\\u001b[2K\\u202e\\u009b1A\\udb40\\udc41.xml";
  const hostile = join(empty, HOSTILE);
  const shown = join(empty, SHOWN);

  beforeAll(() => writeFileSync(hostile, TAKEN));
  afterAll(() => rmSync(hostile));

  test("a report shows each on its line, with such characters escaped", () => {
    const lines = cli("policy", "check", empty).out.split("\n");
    expect(lines).toEqual([
      `${shown}: has conflicts`,
      `  size 0.2 KiB now, ${ACCEPTED}`,
      refusal("backend-already-chosen"),
      "0 can be merged, 1 with conflicts, 0 cannot be read.",
      "",
    ]);
  });

  test("JSON escapes them, and means the same", () => {
    const { out } = cli("policy", "check", empty, "--json");
    expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(out).documents[0].file).toBe(hostile);
  });

  test("nor can what a wrong command line quotes", () => {
    expect(cli("policy", "check", open, "--client-id", "\u001b[2J").err).toContain(
      "--client-id \\u001b[2J is not a GUID.",
    );
  });

  test("nor can what an error quotes", () => {
    writeFileSync(hostile, "<policies><inbound>\u001b[2J</\u0085\n></inbound></policies>");
    expect(cli("policy", "check", empty).out.split("\n")).toHaveLength(4);
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

  describe("--output", () => {
    const merged = join(directory, "merged.txt");
    const writing = (file: string, ...more: string[]): Said =>
      cli("policy", "merge", open, "--audience", GUID, "--output", file, ...more);
    const NOTHING_SAID = { code: 0, out: "", err: "" };
    const text = (): string => cli("policy", "merge", open, "--audience", GUID).out;

    beforeEach(() => rmSync(merged, { force: true }));
    afterEach(() => {
      jest.restoreAllMocks();
      expect(readdirSync(directory).filter((file) => file.endsWith(".tmp"))).toEqual([]);
    });

    test("writes the document to a file, and nothing else", () => {
      expect(writing(merged)).toEqual(NOTHING_SAID);
      expect(readFileSync(merged, "utf8")).toBe(text());
    });

    test("can name the document itself, whose permissions stay", () => {
      const own = join(directory, "own.txt");
      writeFileSync(own, OPEN);
      chmodSync(own, 0o640);
      expect(cli("policy", "merge", own, "--audience", GUID, "--output", own)).toEqual(NOTHING_SAID);
      expect(readFileSync(own, "utf8")).toBe(text());
      expect(statSync(own).mode & 0o777).toBe(0o640);
    });

    test("writes through a link, which stays a link", () => {
      writeFileSync(merged, "old");
      const link = join(directory, "link.txt");
      symlinkSync("merged.txt", link);
      expect(writing(link)).toEqual(NOTHING_SAID);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(readFileSync(merged, "utf8")).toBe(text());
    });

    test("leaves the file as it was where a conflict stands in the way", () => {
      writeFileSync(merged, "old");
      const args = ["--audience", GUID, "--backend-id", "orders", "--output", merged];
      expect(cli("policy", "merge", taken, ...args)).toEqual({ code: 1, out: "", err: REFUSED });
      expect(readFileSync(merged, "utf8")).toBe("old");
    });

    test.each(["writeFileSync", "fsyncSync", "renameSync"] as const)("leaves it as it was where %s fails", (call) => {
      writeFileSync(merged, "old");
      jest.spyOn(fs, call).mockImplementationOnce(() => {
        throw new Error("ENOSPC: no space left on device, write");
      });
      expect(writing(merged)).toEqual({
        code: 4,
        out: "",
        err:
          `The output cannot be written to ${merged}: ENOSPC: no space left on device. ` +
          "Choose a folder that exists and has enough space, and in which you have the right to write. (output-cannot-be-written)\n",
      });
      expect(readFileSync(merged, "utf8")).toBe("old");
    });

    test("says where its directory is missing", () => {
      const nowhere = join(directory, "nowhere", "merged.xml");
      expect(writing(nowhere)).toEqual({
        code: 4,
        out: "",
        err: refusal("output-cannot-be-written", `written to ${nowhere}: ENOENT: no such file or directory. Choose`),
      });
    });

    test("gives machines the report without the document", () => {
      const { xml, ...report } = JSON.parse(writing(merged, "--json").out);
      expect(xml).toBeUndefined();
      expect(report).toMatchObject({ file: open, result: "mergeable" });
    });
  });

  test("does not take its own output for a document, under whatever name", () => {
    const own = join(directory, "own-output.txt");
    const other = join(directory, "other-name.txt");
    writeFileSync(own, "");
    linkSync(own, other);
    expect(cliWith({ file: statSync(own) }, "policy", "merge", other, "--audience", GUID)).toEqual({
      code: 3,
      out: "",
      err:
        `${other}: cannot be read\n` +
        `  [${other}] The output of the command goes to this file, which a shell empties before the command can read it. ` +
        'Restore the file. Then redirect the output to another file, or use the option --output of "policy merge". (output-is-document)\n',
    });
  });

  test("does not take its own output for a document that cannot be read", () => {
    const own = join(directory, "own-report.txt");
    writeFileSync(own, "stock.xml: can be merged");
    expect(cliWith({ file: statSync(own) }, "policy", "check", own).out).toEqual(refusal("output-is-document", own));
  });

  test("gives machines the document with the report", () => {
    const { out } = cli("policy", "merge", open, "--audience", GUID, "--json");
    expect(JSON.parse(out)).toMatchObject({ file: open, result: "mergeable", xml: expect.stringContaining(GUID) });
  });
});

describe("an output that nobody takes ends the run", () => {
  const failing = (message: string): Partial<Console> => ({
    out: () => {
      throw new OutputError(message);
    },
  });

  test.each([
    ["policy", "check", directory],
    ["policy", "check", directory, "--json"],
    ["policy", "--json"],
    ["policy", "--help"],
  ])("%s %s %s %s", (...[, ...args]) => {
    expect(cliWith(failing("The disk is full."), "policy", ...args)).toEqual({
      code: 4,
      out: "",
      err: "The disk is full.\n",
    });
    expect(cliWith(failing(""), "policy", ...args)).toEqual({ code: 4, out: "", err: "" });
  });

  test("at once: no further document is read", () => {
    const reads = jest.spyOn(fs, "openSync");
    cliWith(failing(""), "policy", "check", directory);
    expect(reads).toHaveBeenCalledTimes(1);
    reads.mockRestore();
  });
});

describe("a command written wrongly is answered with what to write", () => {
  const VALID =
    "Write one of KEEP_BACKEND, REPLACE_BACKEND, REPLACE_MANAGED_IDENTITY, KEEP_AUTHORIZATION, REPLACE_AUTHORIZATION, " +
    "REPLACE_CALLER_HEADERS, KEEP_CREDENTIALS, REPLACE_CREDENTIALS, KEEP_TOKEN_VALIDATION, REPLACE_TOKEN_VALIDATION, " +
    "KEEP_EARLY_RESPONSE, REPLACE_EARLY_RESPONSE, KEEP_CORS, REPLACE_CORS, KEEP_FORWARDING, REPLACE_FORWARDING. (resolution-unknown)";
  const see = (...args: string[]): string => `\nSee cdktf-secure-apim-backend ${args.join(" ")} --help.\n`;
  const dangling = join(directory, "dangling.txt");
  beforeAll(() => symlinkSync("nowhere", dangling));

  test.each<[string[], string]>([
    [
      ["policy", "check"],
      'There is no policy document. Write one or more files, folders or patterns, or "-" for standard input. (policy-file-missing)',
    ],
    [
      ["policy", "check", empty],
      `There is no policy document in ${empty}: no *.xml, *.policy, *.cshtml, and no template of them. Write the name of a file. (folder-without-policies)`,
    ],
    [
      ["policy", "check", open, "--output", "merged.xml"],
      '"policy check" writes no file. Omit --output, or redirect the output. (output-of-check)',
    ],
    [
      ["policy", "merge", open, "--audience", "api://orders", "--output", "/dev/full"],
      "--output /dev/full is not a file. Write the path of a file, or omit the option. (output-not-a-file)",
    ],
    [
      ["policy", "merge", open, "--audience", "api://orders", "--output", directory],
      `--output ${directory} is not a file. Write the path of a file, or omit the option. (output-not-a-file)`,
    ],
    [
      ["policy", "merge", open, "--audience", "api://orders", "--output", ""],
      '--output "" is not a file. Write the path of a file, or omit the option. (output-not-a-file)',
    ],
    [
      ["policy", "merge", open, "--audience", "api://orders", "--output", dangling],
      `--output ${dangling} is not a file. Write the path of a file, or omit the option. (output-not-a-file)`,
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
      "--key-header authorization has another meaning, so it cannot hold the subscription key. " +
        "Write the header in which the API accepts the key, or omit the option. (key-header-option-reserved)",
    ],
    [
      ["policy", "check", open, "--key-header", "X-Caller-Object-Id"],
      "--key-header X-Caller-Object-Id has another meaning, so it cannot hold the subscription key. " +
        "Write the header in which the API accepts the key, or omit the option. (key-header-option-reserved)",
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
  ])("%j", ([, command, ...args], message) => {
    expect(cli("policy", command, ...args)).toEqual({ code: 2, out: "", err: message + see("policy", command) });
  });

  test.each([
    [[], 'There is no command after "policy". Write "policy check" or "policy merge". (policy-command-missing)'],
    [["show"], 'There is no command "policy show". Write "policy check" or "policy merge". (policy-command-unknown)'],
    [["chek", open], 'There is no command "policy chek". Write "policy check". (policy-command-unknown)'],
    [["--nonsense"], refusal("option-unknown", "There is no option --nonsense.")],
  ])("policy %j", (args, message) => {
    const { code, out, err } = cli("policy", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.slice(0, -see("policy").length)).toEqual(message);
    expect(err.endsWith(see("policy"))).toBe(true);
  });

  test("in JSON, where that is asked for", () => {
    const { code, out, err } = cli("policy", "show", "--json");
    expect([code, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toEqual({
      error: 'There is no command "policy show". Write "policy check" or "policy merge". (policy-command-unknown)',
      id: "policy-command-unknown",
    });
  });
});

describe("the work to check a hostile document grows with its length", () => {
  const inbound = (content: string): string => `<policies>\n<inbound>\n${content}\n<base />\n</inbound>\n</policies>\n`;
  const all = (line: string) => (length: number) => inbound(line.repeat(length / line.length));
  const code = (part: string) => (length: number) => {
    const size = length - 1000;
    return inbound(`<set-variable name="a" value='@(context.Request.Headers${part.repeat(size / part.length)})' />`);
  };

  test.each<[string, (length: number) => string]>([
    ["conflicts", all('<set-header name="Authorization"><value>x</value></set-header>\n')],
    ["unknown elements", all("<set-headr />\n")],
    ["escape sequences", all("<a\u001b />\n")],
    ["opened elements", all("<a>")],
    ["comments", all("<!-- -->")],
    ["comments without an end", all("<!-")],
    ["quotes", all("\"'")],
    ["named values", all("{{a")],
    ["references", all("&amp")],
    ["code of comments without an end", code("/*")],
    ["code of quotes", code('"')],
    ["code of escaped quotes", code('\\"')],
    ["code of brackets", code("(")],
    ["code of white space", code(" ")],
  ])("%s", (_, make) => {
    const file = join(directory, "hostile.xml");
    const [small, large] = [64 * 1024, 256 * 1024].map((length) => {
      writeFileSync(file, make(length));
      return workOf(() => cli("policy", "check", file, "--audience", "api://orders"));
    });
    rmSync(file);
    expect(large / small).toBeLessThan(4 * 1.25);
  });
});
