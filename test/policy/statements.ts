import { insertedId } from "../../lib/policy/inserted";
import { removals } from "../../lib/policy/merge/removal";
import { PolicySection, PolicySlot, StatementConfig } from "../../lib/policy/statement";
import { applyEdits } from "../../lib/policy/syntax/edits";
import { scan } from "../../lib/policy/syntax/scanner";
import { allElements } from "../../lib/policy/syntax/source-tree";

/** A document without everything that merges have inserted. */
export function withoutInserted(xml: string): string {
  const tree = scan(xml);
  const inserted = new Set(allElements(tree.roots).filter((element) => insertedId(element)));
  return applyEdits(xml, removals(tree, inserted));
}

/** A statement as short as a test needs it. */
export function statement(
  kind: string,
  xml: string,
  slot: PolicySlot = PolicySlot.USER,
  section: PolicySection = PolicySection.INBOUND,
): StatementConfig {
  return { section, slot, kind, xml };
}

export const CORS = statement(
  "cors",
  "<cors>\n  <allowed-origins>\n    <origin>https://contoso.com</origin>\n  </allowed-origins>\n</cors>",
  PolicySlot.CORS,
);

export const VALIDATION = statement(
  "require-entra-token",
  '<validate-azure-ad-token tenant-id="contoso">\n  <audiences>\n    <audience>orders</audience>\n  </audiences>\n</validate-azure-ad-token>',
  PolicySlot.VALIDATION,
);

export const IDENTITY = statement(
  "forward-caller-identity",
  '<set-header name="X-Caller-Subject" exists-action="override">\n  <value>someone</value>\n</set-header>',
  PolicySlot.CALLER_IDENTITY,
);

export const ROUTE = statement("route", '<set-backend-service backend-id="orders" />', PolicySlot.ROUTING);

export const TOKEN = statement("token", '<authentication-managed-identity resource="orders" />', PolicySlot.TOKEN);

export const RETRY = statement(
  "retry",
  '<retry condition="@(context.Response.StatusCode >= 500)" count="3" interval="1">\n  <forward-request />\n</retry>',
  PolicySlot.USER,
  PolicySection.BACKEND,
);
