import { FAULTS } from "../syntax/faults";
import { PolicyRule } from "./rule";

/** Expressions aside, API Management reads a policy as XML. */
export const NOT_XML: PolicyRule = {
  id: "not-xml",
  severity: "warning",
  finds: ({ tree: { source, faults } }) =>
    faults.map(({ fault, line, column }) => {
      const [text, remedy] = FAULTS[fault];
      return { at: { source, line, column }, name: text, value: remedy };
    }),
  says: ({ name: fault }) => `${fault} No XML parser accepts this, so API Management will refuse the document.`,
  resolutions: ({ value: remedy = "" }) => [remedy],
};
