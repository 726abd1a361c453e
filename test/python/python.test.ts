import { spawnSync } from "child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App } from "cdktf";
import { EXAMPLES } from "../../examples/index";
import { differences } from "../cdktn/differences";
import { documents, read } from "../helpers/snippets";
import { Json } from "../helpers/synth";

/*
 * The wheel in an environment of its own, with the bindings of PyPI in the versions that the TypeScript tests use.
 */

const ROOT = join(__dirname, "..", "..");
const PROGRAMS = join(ROOT, "examples", "python");
const HERE = join(ROOT, "test", "python");

let folder: string;

/** What a command wrote; an error if it failed. */
function run(command: string, ...options: string[]): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
  const { status, stdout, stderr, error } = spawnSync(command, options, { cwd: folder, env, encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${options.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

const python = (...options: string[]): string => run(join(folder, "venv", "bin", "python"), ...options);

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "python-app-")));
  const wheels = readdirSync(join(ROOT, "dist", "python")).filter((file) => file.endsWith(".whl"));
  if (wheels.length !== 1) throw new Error("There is not one wheel in dist/python. Run npm run build:python.");
  const { devDependencies }: Json = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const peers = [
    ["cdktf", "cdktf"],
    ["constructs", "constructs"],
    ["cdktf-cdktf-provider-azurerm", "@cdktf/provider-azurerm"],
    ["cdktf-cdktf-provider-azuread", "@cdktf/provider-azuread"],
  ].map(([name, ofNpm]) => `${name}==${devDependencies[ofNpm]}`);
  run("python3", "-m", "venv", "venv");
  python("-m", "pip", "install", "--quiet", join(ROOT, "dist", "python", wheels[0]), ...peers);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files of each stack in a folder of output, JSON as JSON, without the folder that the program ran in. */
function stacksIn(outdir: string): Record<string, Json> {
  const stacks = join(outdir, "stacks");
  return Object.fromEntries(
    readdirSync(stacks).map((stack) => {
      const files = readdirSync(join(stacks, stack), { recursive: true, withFileTypes: true });
      const texts = files
        .filter((file) => file.isFile())
        .map(({ parentPath, name }) => {
          const text = readFileSync(join(parentPath, name), "utf8")
            .replaceAll(process.cwd(), ".")
            .replaceAll(folder, ".");
          return [
            join(parentPath, name).slice(join(stacks, stack).length),
            name.endsWith(".json") ? JSON.parse(text) : text,
          ];
        });
      return [stack, Object.fromEntries(texts)];
    }),
  );
}

test("each example writes what the one in TypeScript writes", () => {
  const programs = readdirSync(PROGRAMS).filter((file) => file.endsWith(".py"));
  const names = programs.map((file) => file.slice(0, -".py".length).replaceAll("_", "-"));
  const app = new App({ outdir: join(folder, "typescript") });
  names.forEach((name) => new EXAMPLES[name](app, name));
  app.synth();
  python(join(HERE, "run_all.py"), ...programs.map((file) => join(PROGRAMS, file)));

  const reference = stacksIn(join(folder, "typescript"));
  const written = stacksIn(join(folder, "cdktf.out"));
  const found = names.map((name) => [name, differences(reference[name], written[name])] as const);
  const equal = found.filter(([, all]) => all.length === 0).length;
  process.stdout.write(`Python equal ${equal}/${names.length}\n`);
  expect(names.length).toBeGreaterThanOrEqual(5);
  expect(found.filter(([, all]) => all.length > 0)).toEqual([]);
});

test("the provider's objects and classes in Python are taken wherever the documents say so", () => {
  const lines = python(join(HERE, "objects.py")).trim().split("\n");
  expect(lines.length).toBeGreaterThan(30);
  // The rule of the program warns of a plan without tags, unless that is acknowledged.
  const warned = [
    "virtual network integration: warned",
    "private endpoint: warned",
    "network access from a subnet: warned",
    "data of networks: warned",
  ];
  expect(lines.filter((line) => !line.endsWith(": taken"))).toEqual(expect.arrayContaining(warned));
  expect(lines.filter((line) => !/: (?:taken|warned)$/.test(line))).toEqual([]);
  expect(lines).toContain("service plan: taken");
});

test("what people write by mistake is refused, in words of Python", () => {
  const found: Record<string, string> = JSON.parse(python(join(HERE, "mistakes.py")));
  const beginnings = Object.fromEntries(
    Object.entries(found).map(([mistake, message]) => [mistake, message.replaceAll(folder, "<folder>").split("\n")[0]]),
  );
  expect(beginnings).toMatchSnapshot();
  expect(Object.entries(found).filter(([, message]) => message === "nothing")).toEqual([]);
});

test("the command is that of npm", () => {
  expect(run(join(folder, "venv", "bin", "cdktf-secure-apim-backend"), "--help")).toContain(
    "cdktf-secure-apim-backend policy check",
  );
});

test("the page on PyPI holds Python, and no link that PyPI cannot follow", () => {
  const page = python(
    "-c",
    "import importlib.metadata as m; print(m.metadata('cdktf-secure-apim-backend').get_payload())",
  );
  expect(page).toContain(readFileSync(join(PROGRAMS, "quickstart.py"), "utf8").trim());
  expect(page).not.toMatch(/\]\((?!https:\/\/)/);
  expect(page).not.toContain("```ts");
});

test("the Python in the documents stands in a program that runs", () => {
  const files = [...readdirSync(PROGRAMS).map((file) => join(PROGRAMS, file)), join(HERE, "objects.py")];
  const trimmed = (text: string): string => text.replace(/^ +/gm, "").trim();
  const programs = files.map((file) => trimmed(readFileSync(file, "utf8")));
  const paragraphs = documents().flatMap((file) =>
    [...read(file).matchAll(/```python\n([\s\S]*?)```/g)].flatMap(([, code]) => code.split(/\n{2,}/).map(trimmed)),
  );
  expect(paragraphs.length).toBeGreaterThanOrEqual(10);
  expect(paragraphs.filter((code) => !programs.some((program) => program.includes(code)))).toEqual([]);
});
