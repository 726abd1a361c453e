import { finding } from "../../core/fail";
import { unusedText } from "../../rules/acknowledgement";
import { Model } from "../../rules/model/model";
import { RULES } from "../../rules/rules";
import { messageOf, RuleFinding, Verdicts } from "../../rules/verdicts";
import { printable } from "../printable";
import { Configurations } from "./configurations";

const IDS = RULES.map(({ id }) => id);

/** What `rules check` found. */
export interface RulesReport extends Pick<Configurations, "unreadable" | "skipped"> {
  readonly model: Model;
  readonly verdicts: Verdicts;
}

/** The report as text. */
export function reportText({ model, verdicts, unreadable, skipped }: RulesReport): string {
  const { violated, acknowledged, unknown, unused, complies } = verdicts;
  const errors = errorsIn(violated);
  const lines = [
    ...violated.map((each) => `${each.rule.severity} at ${placeOf(each)}: ${messageOf(each)} (${each.rule.id})`),
    ...unknown.map((each) => `not judged at ${placeOf(each)}: ${messageOf(each)} (${each.rule.id})`),
    ...acknowledged.map(
      (each) => `acknowledged at ${placeOf(each)}: ${each.text} Reason: ${each.acknowledged?.reason} (${each.rule.id})`,
    ),
    ...unused.map((each) => `warning: ${unusedText(each, IDS)}`),
    ...unreadable.map(({ file, error }) => `cannot read ${file}: ${error}`),
    ...(skipped.length > 0 ? [skippedText(skipped)] : []),
    ...(model.modules.length > 0 ? [modulesText(model.modules)] : []),
    `${count(model.stacks.length, "stack")}, ${count(model.apps.length, "app")} behind a gateway, ` +
      `${count(model.policies.length, "policy", "policies")}: ${count(errors, "error")}, ` +
      `${count(violated.length - errors, "warning")}, ${unknown.length} not judged, ${acknowledged.length} acknowledged, ` +
      `${complies} as they must be.`,
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

/** The same for machines. */
export function reportJson({ model, verdicts, unreadable, skipped }: RulesReport): object {
  const { violated, acknowledged, unknown, unused, complies } = verdicts;
  const errors = errorsIn(violated);
  return {
    findings: [...violated, ...unknown, ...acknowledged].map(findingJson),
    unusedAcknowledgements: unused.map(({ rule, path, reason }) => ({ rule, path, reason })),
    unreadable,
    skipped,
    modules: model.modules,
    summary: {
      stacks: model.stacks.length,
      apps: model.apps.length,
      policies: model.policies.length,
      errors,
      warnings: violated.length - errors,
      unknown: unknown.length,
      acknowledged: acknowledged.length,
      complies,
    },
  };
}

function errorsIn(violated: readonly RuleFinding[]): number {
  return violated.filter(({ rule }) => rule.severity === "error").length;
}

function findingJson(found: RuleFinding): object {
  const { rule, resource, attribute, line, column, verdict, text, remedy, acknowledged } = found;
  return {
    rule: rule.id,
    severity: rule.severity,
    control: rule.control,
    cwe: rule.cwe,
    result: verdict,
    file: resource.file,
    stack: resource.stack.name,
    path: resource.path,
    address: resource.address,
    attribute,
    line,
    column,
    message: text,
    remedy: verdict === "unknown" ? `Make sure that this holds: ${rule.title}` : remedy,
    reason: acknowledged?.reason,
  };
}

/** The construct and the attribute, and the place in a policy. */
function placeOf({ resource, attribute, line, column, text }: RuleFinding): string {
  const position = line === undefined ? "" : ` ${line}:${column}`;
  const isNamed = attribute === undefined || text.includes(attribute);
  const address = resource.path === resource.address ? resource.address : `${resource.path} (${resource.address})`;
  return `${address}${isNamed ? "" : ` ${attribute}`}${position}`;
}

function skippedText(files: readonly string[]): string {
  return finding(
    "hcl-not-read",
    `${count(files.length, "file")} in HCL ${files.length === 1 ? "was" : "were"} not read: ${files.slice(0, 3).join(", ")}${files.length > 3 ? ", ..." : ""}.`,
    "The command reads Terraform JSON only. With cdktf, run cdktf synth without --hcl.",
  );
}

function modulesText(modules: readonly string[]): string {
  return finding(
    "modules-not-read",
    `${count(modules.length, "module")} ${modules.length === 1 ? "was" : "were"} not read: ${modules.slice(0, 3).join(", ")}${modules.length > 3 ? ", ..." : ""}.`,
    "The command reads only the JSON that calls them. If a module has apps or policies of a gateway, judge them in another way.",
  );
}

function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
