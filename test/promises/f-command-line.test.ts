import { execFileSync, spawnSync } from "child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { REQUEST } from "../entra/request/requests";
import { refusal } from "../helpers/refusal";
import { packedCommand } from "./packed";

/* The command as a shell runs it: with odd files, full disks and readers that leave. */

jest.setTimeout(60_000);

const OPEN = "<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n";
const NODE = `"${process.execPath}"${packedCommand()
  .map((each) => ` "${each}"`)
  .join("")}`;
const MERGE = "policy merge orders.xml --audience api://orders";
const MERGED =
  /^<policies>\n {2}<inbound>\n {4}<base \/>\n {4}<set-header [^]+ resource="api:\/\/orders" \/>\n {2}<\/inbound>\n<\/policies>\n$/;

const root = mkdtempSync(join(tmpdir(), "command-"));
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(root, "run-"));
  writeFileSync(file("orders.xml"), OPEN);
});
afterAll(() => rmSync(root, { recursive: true }));

const file = (name: string): string => join(directory, name);

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a line of bash, in which `$command` is the command. */
function shell(line: string): Said {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line.replaceAll("$command", NODE)], {
    cwd: directory,
    encoding: "utf8",
    timeout: 30_000,
  });
  return { code: status, out: stdout, err: stderr };
}

describe("names and contents", () => {
  test("cannot forge a line of the report, or write to the terminal", () => {
    writeFileSync(
      file("a.xml\nok.xml: can be merged\u001b]0;title\u0007\u001b[2K\u009b.xml"),
      "<policies>\u001b[2J</\n>",
    );
    const { code, out } = shell("$command policy check .");
    expect(code).toBe(3);
    expect(out.split("\n")).toEqual([
      "a.xml\\u000aok.xml: can be merged\\u001b]0;title\\u0007\\u001b[2K\\u009b.xml: cannot be read",
      expect.stringMatching(/^ {2}\[[^\p{Cc}]+\)$/u),
      "orders.xml: can be merged",
      "  size 1.0 KiB merged, 0.1 KiB now, of at most 256.0 KiB (16.0 KiB on Consumption)",
      expect.stringMatching(/^ {2}inserts at 3:13 /),
      "1 can be merged, 0 with conflicts, 1 cannot be read.",
      "",
    ]);
  });

  test("of a merged document reach a terminal escaped, and a file as they are", () => {
    writeFileSync(file("orders.xml"), OPEN.replace("</policies>", "\t<!-- \u001b[2J\u009b\r -->\r\n</policies>"));
    const merge = `$command ${MERGE} 2> /dev/null`;
    expect(shell(merge).out).toContain("\t<!-- \u001b[2J\u009b\r -->\r\n");
    const seen = shell(`script --quiet --command "${merge.replaceAll('"', '\\"')}" /dev/null`).out;
    expect(seen).toContain("\t<!-- \\u001b[2J\\u009b\\u000d -->\r");
  });

  test("are the same in JSON", () => {
    const name = "a\u001b[2K\u2028.xml";
    writeFileSync(file(name), OPEN);
    const { out } = shell("$command policy check --json .");
    expect(out).toMatch(/^[\x20-\x7e\n]+$/);
    expect(JSON.parse(out).documents[0].file).toBe(name);
  });
});

describe("one odd file does not stop the others", () => {
  test("neither pipes, devices, dangling links, directories nor missing files", () => {
    execFileSync("mkfifo", [file("pipe.xml")]);
    symlinkSync("/dev/zero", file("device.xml"));
    symlinkSync("nowhere", file("dangling.xml"));
    symlinkSync("..", file("parent.xml"));
    mkdirSync(file("directory.xml"));
    const { code, out, err } = shell("$command policy check . missing.xml");
    expect([code, err]).toEqual([3, ""]);
    expect(out.split("\n").filter((line) => !line.startsWith("  "))).toEqual([
      "dangling.xml: cannot be read",
      "device.xml: cannot be read",
      "orders.xml: can be merged",
      "parent.xml: cannot be read",
      "pipe.xml: cannot be read",
      "missing.xml: cannot be read",
      "1 can be merged, 0 with conflicts, 5 cannot be read.",
      "",
    ]);
  });

  test("a large file is refused before it is read", () => {
    execFileSync("truncate", ["--size", "8G", file("huge.xml")]);
    const { code, out } = shell("$command policy check .");
    expect(code).toBe(3);
    expect(out).toEqual(refusal("file-too-large", "huge.xml: cannot be read", "orders.xml: can be merged"));
  });
});

describe("an odd file", () => {
  const DIRECTORY = "a directory";
  /** What each is, how it is made, what is said about it, and the id for a policy. */
  const ODD: [string, (path: string) => void, RegExp, string][] = [
    [
      "a pipe that nobody writes to",
      (path) => execFileSync("mkfifo", [path]),
      /: it is a pipe or a device/,
      "not-a-file",
    ],
    ["a device without end", (path) => symlinkSync("/dev/zero", path), /: it is a pipe or a device/, "not-a-file"],
    ["a dangling link", (path) => symlinkSync("nowhere", path), /does not exist|: ENOENT/, "unreadable-file"],
    [DIRECTORY, (path) => symlinkSync(".", path), /: it is a directory/, "not-a-file"],
  ];
  const ASKING = JSON.stringify({ "//": { secureApimBackend: { entraRequests: [REQUEST] } }, resource: {} });

  /** What reads a folder, and what it says about the other file there. */
  const IN_FOLDER: [string, string][] = [
    ["rules check infra", "\n1 stack, 0 apps"],
    ["rules check 'infra/*.json'", "\n1 stack, 0 apps"],
    ["report infra --format json", '"infra"'],
    ["report infra/a.tf.json --diff infra --format markdown", "files | Not read"],
    ["entra request infra", "# Request: app registration Contoso Orders"],
  ];
  const NAMED = [
    "rules check infra/odd.tf.json",
    "report infra/odd.tf.json --format json",
    "report infra/a.tf.json --diff infra/odd.tf.json --format markdown",
    "entra request infra/odd.tf.json",
  ];
  const OUTPUTS = ["verify --outputs infra/odd.tf.json", "entra request infra/a.tf.json --outputs infra/odd.tf.json"];

  /** Runs the command, and kills it where it waits. */
  const killed = (args: string): Said => shell(`timeout --signal KILL 20 $command ${args}`);

  const inInfra = (make: (path: string) => void): void => {
    mkdirSync(file("infra"));
    writeFileSync(file("infra/a.tf.json"), ASKING);
    make(file("infra/odd.tf.json"));
  };

  describe.each(ODD)("that is %s", (_, make, why) => {
    beforeEach(() => inInfra(make));

    test.each(IN_FOLDER)("does not stop the others: %s", (args, others) => {
      const { code, out, err } = killed(args);
      expect(code).toBe(3);
      expect(out + err).toEqual(refusal("configuration-not-readable", "infra/odd.tf.json"));
      expect(out + err).toMatch(why);
      expect(out).toContain(others);
    });

    test.each(OUTPUTS)("is said: %s", (args) => {
      const { code, out, err } = killed(args);
      expect({ code, out }).toEqual({ code: 3, out: "" });
      expect(err).toEqual(refusal("outputs-file-unreadable", "infra/odd.tf.json"));
      expect(err).toMatch(why);
    });
  });

  // A directory that is named is searched.
  describe.each(ODD.filter(([what]) => what !== DIRECTORY))("that is named, and is %s,", (_, make, why, id) => {
    beforeEach(() => inInfra(make));

    test.each(NAMED)("is said: %s", (args) => {
      const { code, out, err } = killed(args);
      expect(code).toBe(3);
      expect(out + err).toEqual(refusal("configuration-not-readable", "infra/odd.tf.json"));
      expect(out + err).toMatch(why);
    });

    test("is said: policy merge infra/odd.tf.json", () => {
      const { code, out, err } = killed("policy merge infra/odd.tf.json --audience api://orders");
      expect({ code, out, err }).toEqual({ code: 3, out: "", err: refusal(id, "infra/odd.tf.json") });
    });
  });

  test("without end is read to a limit, wherever the shell has opened it", () => {
    const stdin = killed("rules check - < /dev/zero");
    expect([stdin.code, stdin.out]).toEqual([3, refusal("standard-input-too-large", "cannot read <stdin>")]);
    const outputs = killed("verify --outputs /dev/fd/5 5< /dev/zero");
    expect([outputs.code, outputs.err]).toEqual([
      3,
      refusal("outputs-file-unreadable", "/dev/fd/5", "it has more than"),
    ]);
  });
});

describe("a pipe of the shell", () => {
  test.each([
    ["rules check <(sleep 1; cat a.tf.json)", "1 stack, 0 apps"],
    ["report <(sleep 1; cat a.tf.json) --format json", '"/dev/fd/'],
    ["policy check <(sleep 1; cat orders.xml)", ": can be merged"],
  ])("is read to its end: %s", (args, said) => {
    writeFileSync(file("a.tf.json"), '{ "resource": {} }');
    const { code, out, err } = shell(`$command ${args}`);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(said);
  });

  test("gives outputs", () => {
    const outputs = { backend_url: { sensitive: false, type: "string", value: "http://app.invalid" } };
    writeFileSync(file("outputs.json"), JSON.stringify(outputs));
    // Nothing is called: the address is refused before.
    expect(shell("$command verify --outputs <(sleep 1; cat outputs.json)")).toEqual({
      code: 2,
      out: "",
      err: refusal("verify-url-invalid"),
    });
  });
});

describe("an output that nobody takes", () => {
  test.each(["$command policy check . > /dev/full", `$command ${MERGE} > /dev/full`, "$command --help > /dev/full"])(
    "is said where the disk is full: %s",
    (line) => {
      expect(shell(line)).toEqual({ code: 4, out: "", err: refusal("output-cannot-be-written", "ENOSPC") });
    },
  );

  test("is not said where it is the place to say it", () => {
    expect(shell("$command policy show 2> /dev/full")).toEqual({ code: 2, out: "", err: "" });
    expect(shell("$command policy show 2>&1 > /dev/null | true; exit ${PIPESTATUS[0]}")).toMatchObject({
      out: "",
      err: "",
    });
  });

  test.each(["policy check .", "policy check --json .", MERGE])("ends quietly where its reader leaves: %s", (args) => {
    const many = Array.from({ length: 2000 }, () => "<a />").join("");
    writeFileSync(file("orders.xml"), OPEN.replace("<base />", `<base />${many}`));
    for (let each = 0; each < 300; each++) writeFileSync(file(`more-${each}.xml`), OPEN);
    expect(shell(`$command ${args} | true; exit \${PIPESTATUS[0]}`)).toEqual({ code: 4, out: "", err: "" });
  });
});

describe("standard input", () => {
  test("is read from a pipe, however slow, and from a file", () => {
    const document = "0.1 KiB now, of at most 256.0 KiB";
    const slow = "(head -c 20 orders.xml; sleep 1; tail -c +21 orders.xml) |";
    for (const line of [`${slow} $command policy check -`, "$command policy check - < orders.xml"]) {
      const { code, out, err } = shell(line);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain(`<stdin>: can be merged\n  size 1.0 KiB merged, ${document}`);
    }
    expect(shell("cat orders.xml | $command policy merge - --audience api://orders").out).toMatch(MERGED);
    expect(shell("echo '{}' | $command rules check -").code).toBe(0);
  });

  test.each([
    ["of nothing", "$command policy check - < /dev/null", "empty-policy-file"],
    ["of a folder", "$command policy check - < .", "standard-input-unreadable"],
    ["without end", "$command policy check - < /dev/zero", "standard-input-too-large"],
  ])("%s is said", (_, line, id) => {
    const { code, out, err } = shell(line);
    expect([code, err]).toEqual([3, ""]);
    expect(out).toEqual(refusal(id, "<stdin>: cannot be read"));
  });

  test("ends with an interruption, without a word and as the system says it", () => {
    const { code, out, err } = shell("sleep 5 | (timeout --signal INT 1.5 $command policy check -; echo $?)");
    expect({ code, out, err }).toEqual({ code: 0, out: "124\n", err: "" });
  });
});

describe("a terminal", () => {
  const seen = (line: string, environment = ""): string =>
    shell(
      `${environment} script --quiet --command "${line.replaceAll("$command", NODE.replaceAll('"', '\\"'))}" /dev/null`,
    ).out;

  test("shows a report in color, unless somebody wants none", () => {
    const line = "$command policy check orders.xml";
    expect(seen(line, "TERM=xterm")).toContain("orders.xml: \u001b[32mcan be merged\u001b[0m\r\n");
    for (const environment of ["TERM=dumb", "TERM=xterm NO_COLOR=1"])
      expect(seen(line, environment)).toContain("orders.xml: can be merged\r\n");
  });

  test("shows a document as it is", () => {
    writeFileSync(file("orders.xml"), OPEN.replace("<base />", "<base />\n<!--\nerror at noon\n-->"));
    expect(seen(`$command ${MERGE}`, "TERM=xterm")).toContain("error at noon\r\n");
  });

  test("alone gets colors: a pipe and a file get none", () => {
    expect(shell("FORCE_COLOR=1 TERM=xterm $command policy check orders.xml").out).not.toContain("\u001b");
  });
});

test("the version is that of the package, wherever the command runs", () => {
  const { code, out, err } = shell("cd /; $command --version");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

describe("a merge into its own document", () => {
  test("with --output replaces it whole", () => {
    expect(shell(`$command ${MERGE} --output orders.xml`)).toEqual({ code: 0, out: "", err: "" });
    const once = readFileSync(file("orders.xml"), "utf8");
    expect(once).toMatch(MERGED);
    expect(shell(`$command ${MERGE} --output orders.xml`).code).toBe(0);
    expect(readFileSync(file("orders.xml"), "utf8")).toBe(once);
    expect(readdirSync(directory)).toEqual(["orders.xml"]);
  });

  test.each([">", ">>", "1<>"])("by the shell's %s is refused, and says what to write", (redirection) => {
    const { code, out, err } = shell(`ln orders.xml other.xml; $command ${MERGE} ${redirection} other.xml`);
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toEqual(refusal("output-is-document", "orders.xml: cannot be read", "--output"));
  });

  test("leaves it as it was where the disk is full", () => {
    // A limit on the size of files fails a write as a full disk does.
    const { code, err } = shell(`ulimit -f 0; trap '' XFSZ; $command ${MERGE} --output orders.xml`);
    expect({ code, err }).toEqual({ code: 4, err: refusal("output-cannot-be-written", "EFBIG") });
    expect(readFileSync(file("orders.xml"), "utf8")).toBe(OPEN);
    expect(readdirSync(directory)).toEqual(["orders.xml"]);
  });

  test("never replaces a device, a pipe or a directory", () => {
    execFileSync("mkfifo", [file("pipe")]);
    for (const odd of ["/dev/full", "pipe", "."]) {
      expect(shell(`$command ${MERGE} --output ${odd}`)).toEqual({
        code: 2,
        out: "",
        err: refusal("output-not-a-file", odd),
      });
    }
  });
});
