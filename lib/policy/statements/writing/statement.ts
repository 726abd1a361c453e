import { IPolicyStatement, PolicySection, PolicySlot, PolicyStatementConfig } from "../../policy-statement";

/** A statement that is already written. */
export function statement(config: PolicyStatementConfig): IPolicyStatement {
  return { render: () => config };
}

/** A statement of the inbound section. */
export function inbound(slot: PolicySlot, kind: string, xml: string): IPolicyStatement {
  return statement({ section: PolicySection.INBOUND, slot, kind, xml });
}
