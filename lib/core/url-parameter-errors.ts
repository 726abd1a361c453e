import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about parameters in URL templates; see `errors.ts`. */

export function strangeParameter(scope: Construct, urlTemplate: string, name: string, known: readonly string[]): Error {
  const instead = known.length > 0 ? `Write one of ${known.join(", ")}` : "Leave parameters out";
  return at(
    scope,
    `The parameter "${name}" is described, and the URL template "${urlTemplate}" has no {${name}}. ${instead}, or add {${name}} to the ` +
      `template.`,
  );
}

export function parameterDescribedTwice(scope: Construct, urlTemplate: string, name: string): Error {
  return at(
    scope,
    `The parameter "${name}" of the URL template "${urlTemplate}" is described twice. Remove one of them.`,
  );
}
