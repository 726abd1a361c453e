import * as errors from "../../core/statement-errors";
import { plainName } from "../private/arguments";
import { isCallerHeader } from "../private/caller-headers";
import { replaceTokens } from "../private/literal";
import { leaf, node } from "../private/markup";
import { POLICY_NAMES } from "../private/policy-names";
import { statement } from "../private/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";
import { PolicyValue } from "../policy-value";
import { ExistsAction } from "./exists-action";

const CONNECTION_HEADERS = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

/** Where a header is removed. */
export interface RemoveHeaderOptions {
  /**
   * `INBOUND` for the header of the request, `OUTBOUND` and `ON_ERROR` for that of the response. `BACKEND` is refused.
   *
   * @default PolicySection.INBOUND
   */
  readonly section?: PolicySection;
}

/** Where and how a header is set. */
export interface SetHeaderOptions extends RemoveHeaderOptions {
  /**
   * What happens to the values that it already has.
   *
   * @default ExistsAction.OVERRIDE
   */
  readonly existsAction?: ExistsAction;
}

/** See `PolicyStatement.setHeader`. */
export function setHeader(name: string, value: PolicyValue, options: SetHeaderOptions): IPolicyStatement {
  const call = "PolicyStatement.setHeader";
  const section = checkSection(call, options.section);
  checkHeader(call, name);
  if (section === PolicySection.INBOUND) checkRequestHeader(call, name);
  const literal = value._literal;
  if (literal !== undefined && !/^[ -~]*$/.test(replaceTokens(literal, "")))
    throw errors.headerNotAscii(call, name, literal);
  const attributes = { name, "exists-action": options.existsAction ?? ExistsAction.OVERRIDE };
  const xml = node("set-header", attributes, [leaf("value", value._text)]);
  return statement({ section, slot: PolicySlot.USER, kind: "set-header", xml });
}

/** See `PolicyStatement.removeHeader`. */
export function removeHeader(name: string, options: RemoveHeaderOptions): IPolicyStatement {
  const call = "PolicyStatement.removeHeader";
  const section = checkSection(call, options.section);
  checkHeader(call, name);
  const xml = node("set-header", { name, "exists-action": "delete" });
  return statement({ section, slot: PolicySlot.USER, kind: "remove-header", xml });
}

function checkSection(call: string, section: PolicySection | undefined): PolicySection {
  if (section === PolicySection.BACKEND) throw errors.notInBackendSection(call);
  return section ?? PolicySection.INBOUND;
}

function checkHeader(call: string, name: string): void {
  plainName(call, POLICY_NAMES.header, name);
  if (CONNECTION_HEADERS.has(name.toLowerCase())) throw errors.headerOfTheConnection(call, name);
}

/** Headers that tell the backend who calls are not the user's to set: it could not trust them any more. */
function checkRequestHeader(call: string, name: string): void {
  if (name.toLowerCase() === "authorization") throw errors.headerOfTheGateway(call, name);
  if (isCallerHeader(name)) throw errors.headerOfTheCaller(call, name);
}
