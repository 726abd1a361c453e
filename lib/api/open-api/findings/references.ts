import { finding } from "../../../core/fail";
import { Content } from "../content";
import { pointsToSomething } from "../references";
import { OpenApiFinding } from "./finding";

/** References that point out of the document, or to nothing. `#name` is an anchor, which cannot be looked up here. */
export function referenceFindings({ root, references }: Content): OpenApiFinding[] {
  return references.flatMap(({ trail, target }) => {
    if (!target.startsWith("#")) {
      const message = finding(
        "open-api-external-reference",
        `The reference "${target}" points out of the document. API Management reads no other documents.`,
        "Bundle the documents into one.",
      );
      return [{ trail, message }];
    }
    const found = !target.startsWith("#/") || pointsToSomething(root, target);
    return found ? [] : [{ trail, message: danglingReference(target) }];
  });
}

/** Of a reference in JSON, or an alias of YAML. */
export function danglingReference(reference: string): string {
  return finding(
    "open-api-dangling-reference",
    `The reference "${reference}" points to nothing.`,
    "Correct it, or add what it names.",
  );
}
