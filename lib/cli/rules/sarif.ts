import { isAbsolute } from "path";
import { pathToFileURL } from "url";
import { RULES } from "../../rules/rules";
import { SecurityRule } from "../../rules/rule";
import { messageOf, RuleFinding } from "../../rules/verdicts";
import { RulesReport } from "./report";
import { ResourceLines } from "./resource-lines";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HELP = "https://github.com/cdktf-secure-apim-backend/cdktf-secure-apim-backend/blob/main/docs/reference/rules.md";

/**
 * The report as a SARIF log.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarifLog({ model, verdicts, unreadable }: RulesReport): object {
  const { violated, unknown, acknowledged } = verdicts;
  const lines = new Map(
    model.stacks.flatMap(({ files }) => files.map(({ path, text = "" }) => [path, new ResourceLines(text)])),
  );
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "cdktf-secure-apim-backend",
            informationUri: HELP,
            rules: RULES.map(descriptorOf),
          },
        },
        invocations: [
          {
            executionSuccessful: unreadable.length === 0,
            toolExecutionNotifications: unreadable.map(({ file, error }) => ({
              level: "error",
              message: { text: `${file}: ${error}` },
            })),
          },
        ],
        results: [...violated, ...unknown, ...acknowledged].map((found) => resultOf(found, lines)),
      },
    ],
  };
}

function descriptorOf({ id, title, severity, control, cwe }: SecurityRule): object {
  return {
    id,
    shortDescription: { text: title },
    helpUri: `${HELP}#${id}`,
    defaultConfiguration: { level: severity },
    properties: {
      tags: ["security", ...(cwe === undefined ? [] : [`external/cwe/cwe-${cwe}`])],
      "microsoft-cloud-security-benchmark": control,
    },
  };
}

function resultOf(found: RuleFinding, lines: ReadonlyMap<string, ResourceLines>): object {
  const { rule, resource, attribute = "", line, column, verdict, acknowledged } = found;
  const place = line === undefined ? "" : ` (${attribute} ${line}:${column})`;
  return {
    ruleId: rule.id,
    ruleIndex: RULES.indexOf(rule),
    // A result that is no failure has no level.
    ...(verdict === "violated" ? { kind: "fail", level: rule.severity } : { kind: "review", level: "none" }),
    message: { text: `${messageOf(found)}${place}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(resource.file) },
          region: { startLine: lines.get(resource.file)?.of(resource.type, resource.name) ?? 1 },
        },
        logicalLocations: [{ fullyQualifiedName: resource.path, kind: "resource" }],
      },
    ],
    partialFingerprints: { "rulePathAttribute/v1": `${rule.id}:${resource.path}:${attribute}` },
    ...(acknowledged && { suppressions: [{ kind: "inSource", justification: acknowledged.reason }] }),
  };
}

/** A relative address for a relative path, as code scanning expects it. */
function uriOf(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  const parts = path.replace(/\\/g, "/").split("/").map(encodeURIComponent).join("/");
  return parts.replace(/^\.\//, "");
}
