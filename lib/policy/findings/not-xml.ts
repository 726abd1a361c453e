import { FAULTS } from "../syntax/faults";
import { LocatedFault } from "../syntax/source-tree";
import { Found, PolicyRule } from "./rule";

/** Expressions aside, API Management reads a policy as XML. */
export const NOT_XML: PolicyRule = {
  id: "not-xml",
  severity: "warning",
  finds: ({ tree }) => tree.faults.map((fault) => new FoundFault(fault)),
  says: ({ value: fault }) => `${fault} No XML parser accepts this, so API Management will refuse the document.`,
  resolutions: ({ remedy }) => [remedy!],
};

class FoundFault implements Found {
  public readonly name = "";

  constructor(public readonly at: LocatedFault) {}

  public get value(): string {
    return FAULTS[this.at.fault][0];
  }

  public get remedy(): string {
    return FAULTS[this.at.fault][1];
  }
}
