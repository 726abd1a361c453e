import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import * as ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** A block of TypeScript in a document. */
export interface Snippet {
  /** Where it stands, as `docs/guides/network.md:12`. */
  readonly place: string;
  readonly code: string;
  /** The example that it is taken from, if it is. */
  readonly example?: string;
}

/** The documents that people read, `docs/api` aside, which is made from the code. */
export function documents(): string[] {
  const inDocs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .map((file) => `docs/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".md") && !file.startsWith("docs/api/"));
  return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...inDocs.sort()];
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** Every block of TypeScript in the documents. */
export function snippets(): Snippet[] {
  return documents().flatMap((file) => {
    const text = read(file);
    return [...text.matchAll(/(?:<!-- (examples\/[\w-]+\.ts) -->\n\n)?```ts\n([\s\S]*?)```/g)].map((match) => ({
      place: `${file}:${text.slice(0, match.index).split("\n").length}`,
      code: match[2],
      example: match[1],
    }));
  });
}

/** What a snippet may use without declaring it. */
const AROUND = {
  app: "App",
  stack: "TerraformStack",
  resourceGroup: "ResourceGroup",
  gateway: "ApimGateway",
  backend: "IApimBackend",
  orders: "SecureApimBackend",
  identity: "UserAssignedIdentity",
  vault: "KeyVault",
  subnet: "Subnet",
  privateDnsZone: "PrivateDnsZone",
  applicationInsights: "ApplicationInsights",
  workspace: "LogAnalyticsWorkspace",
  account: "CognitiveAccount",
  logicApp: "LogicAppStandard",
  project: "CognitiveAccountProject",
  logger: "ApimLogger",
  tenantId: "string",
  audience: "string",
  audiences: "string[]",
};

/** What TypeScript says of the snippets, each as `place: message`. */
export function compileErrors(all: readonly Snippet[]): string[] {
  const sources = new Map(all.map((snippet, index) => [join(ROOT, "test", `snippet-${index}.ts`), snippet]));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    ROOT,
  );
  const settings = { ...options, noUnusedLocals: false, noUnusedParameters: false };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists, readFile } = host;
  const textOf = new Map([...sources].map(([file, { code }]) => [file, whole(code)]));
  host.fileExists = (file) => textOf.has(file) || fileExists(file);
  host.readFile = (file) => textOf.get(file) ?? readFile(file);
  host.getSourceFile = (file, language) =>
    textOf.has(file)
      ? ts.createSourceFile(file, textOf.get(file) ?? "", language, true)
      : getSourceFile(file, language);
  const program = ts.createProgram([...sources.keys()], settings, host);
  return [...sources].flatMap(([file, { place }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  );
}

/** The snippet as a file: with imports for what it names, within a stack, or as properties of an object. */
function whole(code: string): string {
  if (/^import /m.test(code)) return code;
  const isProperties = /^\s*\w+:/.test(code.replace(/^\s*\/\/.*\n/gm, ""));
  const declared = new Set([...code.matchAll(/(?:const|class|function)\s+(?:\{\s*)?(\w+)/g)].map(([, name]) => name));
  const around = Object.entries(AROUND).filter(([name]) => !declared.has(name));
  const parameters = around.map(([name, type]) => `${name}: ${type}`).join(", ");
  const used = new Set([...code.matchAll(/\b[A-Z]\w+\b/g)].map(([name]) => name));
  around.forEach(([, type]) => used.add(type));
  const imports = [...used].filter((name) => !declared.has(name)).map(importOf);
  const body = isProperties ? `void ({\n${code}\n});` : code;
  return [
    ...imports.filter((each) => each !== undefined),
    `import { Construct } from "constructs";`,
    `import { join } from "path";`,
    `export function snippet(this: TerraformStack, ${parameters}): void {`,
    body,
    "}",
  ].join("\n");
}

const OURS = new Set([...read("lib/index.ts").matchAll(/\b[A-Z]\w+\b/g)].map(([name]) => name));
const CDKTF = new Set([
  "App",
  "Aspects",
  "AzurermBackend",
  "Fn",
  "TerraformOutput",
  "TerraformStack",
  "TerraformVariable",
  "Testing",
]);

function importOf(name: string): string | undefined {
  if (OURS.has(name)) return `import { ${name} } from "cdktf-secure-apim-backend";`;
  if (CDKTF.has(name)) return `import { ${name} } from "cdktf";`;
  const special: Record<string, string> = {
    AzurermProvider: "@cdktf/provider-azurerm/lib/provider",
    AzureadProvider: "@cdktf/provider-azuread/lib/provider",
  };
  const kebab = name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  const candidates = [special[name], `@cdktf/provider-azurerm/lib/${kebab}`, `@cdktf/provider-azuread/lib/${kebab}`];
  const found = candidates.find((module) => module && isInstalled(module));
  return found && `import { ${name} } from "${found}";`;
}

function isInstalled(module: string): boolean {
  try {
    return require.resolve(module) !== "";
  } catch {
    return false;
  }
}
