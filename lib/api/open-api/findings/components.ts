import { finding } from "../../../core/fail";
import { Content } from "../content";
import { isObject, keysOf, shown } from "../json";
import { OpenApiFinding } from "./finding";

/** The maps of `components` whose keys are names. */
const NAMED = [
  "schemas",
  "responses",
  "parameters",
  "examples",
  "requestBodies",
  "headers",
  "securitySchemes",
  "links",
  "callbacks",
];

/**
 * Names of components that OpenAPI does not allow, such as the ones that tools make of generic types.
 *
 * @see https://spec.openapis.org/oas/v3.0.3#components-object
 */
export function* componentFindings({ root: { components } }: Content): Iterable<OpenApiFinding> {
  if (!isObject(components)) return;
  for (const kind of NAMED) {
    for (const name of keysOf(components[kind])) {
      if (/^[\w.-]+$/.test(name)) continue;
      const message = finding(
        "open-api-component-name",
        `The name "${shown(name)}" in components.${kind} contains characters that OpenAPI does not allow.`,
        "Use only letters, digits, dots, hyphens and underscores, also in the references to it.",
      );
      yield { trail: ["components", kind, name], ofKey: true, message };
    }
  }
}
