import { PolicyFinding } from "../../../lib/policy/findings/rule";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { StatementConfig } from "../../../lib/policy/statement";

/** The sections of a document. */
export interface Sections {
  readonly inbound?: string;
  readonly backend?: string;
  readonly outbound?: string;
  readonly onError?: string;
}

/** A document whose sections inherit. What is in them begins in lines 4, 6, 10 and 13. */
export function documentOf({ inbound = "", backend = "<base />", outbound = "", onError = "" }: Sections): string {
  return [
    "<policies>",
    `<inbound>\n<base />${inbound && `\n${inbound}`}\n</inbound>`,
    `<backend>\n${backend}\n</backend>`,
    `<outbound>\n<base />${outbound && `\n${outbound}`}\n</outbound>`,
    `<on-error>\n<base />${onError && `\n${onError}`}\n</on-error>`,
    "</policies>",
  ].join("\n");
}

export function merged(xml: string, ...ours: StatementConfig[]): PolicyDocument {
  return PolicyDocument.fromXml(xml).merge(PolicyDocument._of(...ours));
}

/** What is found: place, id, the statement that it conflicts with, and the resolutions by name. */
export function found(findings: readonly PolicyFinding[]): string[] {
  return findings.map(({ source, line, column, id, ours, resolutions }) => {
    const place = `${source === "policy document" ? "" : `${source}:`}${line}:${column}`;
    const names = resolutions.flatMap((each) => {
      const [, name, purpose] =
        /^write \.resolve\(ConflictResolution\.(\w+)\) to (?:have the merge )?(\w+)/.exec(each) ?? [];
      return name === undefined ? [] : [purpose === "override" ? `${name} (overriding)` : name];
    });
    return [place, id, ...(ours ? [`${ours.statement} at ${ours.line}:${ours.column}`] : []), ...names].join(", ");
  });
}

/** The same, without what can be done: `place id`. */
export function places(findings: readonly PolicyFinding[]): string[] {
  return findings.map(({ source, line, column, id }) => {
    const place = source === "policy document" ? "" : `${source}:`;
    return `${place}${line}:${column} ${id}`;
  });
}
