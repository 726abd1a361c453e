import { Fault, FAULTS } from "../syntax/faults";
import { PolicyRule } from "./rule";

/** Expressions aside, API Management reads a policy as XML. */
export const NOT_XML: PolicyRule = {
  id: "not-xml",
  severity: "warning",
  finds: ({ tree: { source, faults } }) =>
    faults.map(({ fault, line, column }) => ({ at: { source, line, column }, name: "", value: fault })),
  says: ({ value: fault }) =>
    `${FAULTS[fault as Fault][0]} No reader of XML accepts it, so API Management will refuse the document.`,
  resolutions: ({ value: fault }) => [FAULTS[fault as Fault][1]],
};
