import { FAULTS } from "../syntax/faults";
import { PolicyRule } from "./rule";

/** Expressions aside, API Management reads a policy as XML. */
export const NOT_XML: PolicyRule = {
  id: "not-xml",
  severity: "warning",
  finds: ({ tree }) =>
    tree.faults.map((at) => {
      const [value, remedy] = FAULTS[at.fault];
      return { at, name: "", value, remedy };
    }),
  says: ({ value: fault }) => `${fault} No XML parser accepts this, so API Management will refuse the document.`,
  resolutions: ({ remedy = "" }) => [remedy],
};
