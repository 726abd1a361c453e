import { basename, resolve } from "path";
import { finding } from "../../core/fail";
import { fileBytes } from "../../core/file-bytes";
import { isReport } from "../../report/diff/report-diff";
import { reportOn } from "../../report/report";
import { TrustReport } from "../../report/trust-report";
import { Model } from "../../rules/model/model";
import { Console } from "../console";
import { isStandardInput } from "../input";
import { InputError } from "../misuse";
import { MAX_CONFIGURATION_BYTES } from "../rules/configuration-file";
import { configurationsIn } from "../rules/configurations";

/** The report of some configurations, or the report in a file. */
export function reportAt(paths: readonly string[], console: Console): TrustReport {
  const [only] = paths;
  return (paths.length === 1 ? reportIn(only) : undefined) ?? reportOf(paths, console);
}

function reportOf(paths: readonly string[], console: Console): TrustReport {
  const configurations = configurationsIn(paths, console);
  return reportOn(new Model(shortNamed(configurations.stacks)), configurations);
}

/** Stacks that are named after the path of a folder get the name of the folder, so that copies of a repository can be compared. */
function shortNamed<T>(stacks: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const names = [...stacks.keys()].map((name) => (isStandardInput(name) ? name : basename(resolve(name))));
  return new Set(names).size < names.length
    ? stacks
    : new Map([...stacks.values()].map((files, at) => [names[at], files]));
}

/** The report in a file; `undefined` if it is anything else. */
function reportIn(path: string): TrustReport | undefined {
  const json = jsonIn(path);
  if (typeof json !== "object" || json === null || !("format" in json) || !("parties" in json)) return undefined;
  if (isReport(json)) return json;
  throw new InputError(
    finding(
      "report-of-other-format",
      `${path} is a report that this version cannot read.`,
      "Write it again, with report --format json of the same version.",
    ),
  );
}

/** The JSON of a file; `undefined` if it cannot be read. The reader of configurations says why, and reads pipes, which can be read once. */
function jsonIn(path: string): unknown {
  try {
    const bytes = fileBytes(path, { maxBytes: MAX_CONFIGURATION_BYTES });
    return JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}
