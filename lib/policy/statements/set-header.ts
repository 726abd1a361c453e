import { plainName } from "./writing/arguments";
import { isCallerHeader } from "../gateway/caller-headers";
import { replaceTokens } from "./writing/literal";
import { leaf, node } from "./writing/xml";
import { POLICY_NAMES } from "./writing/policy-names";
import { statement } from "./writing/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";
import { PolicyValue } from "../policy-value";
import { ExistsAction } from "./exists-action";
import { fail } from "../../core/fail";

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
    fail(
      call,
      "header-not-ascii",
      `the value "${literal}" of the header "${name}" has characters in it that HTTP headers do not carry. ` +
        `Write it in ASCII, for example percent-encoded: PolicyValue.literal("${encodeURI(literal)}").`,
    );
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
  if (section === PolicySection.BACKEND)
    fail(
      call,
      "not-in-backend-section",
      "the backend section holds one statement, the one that forwards the request. " +
        "Write section: PolicySection.INBOUND, PolicySection.OUTBOUND or PolicySection.ON_ERROR.",
    );
  return section ?? PolicySection.INBOUND;
}

function checkHeader(call: string, name: string): void {
  plainName(call, POLICY_NAMES.header, name);
  if (CONNECTION_HEADERS.has(name.toLowerCase()))
    fail(
      call,
      "header-of-the-connection",
      `the header "${name}" belongs to the connection, and API Management does not change it. Write another name.`,
    );
}

/** Headers that tell the backend who calls are not the user's to set: it could not trust them any more. */
function checkRequestHeader(call: string, name: string): void {
  if (name.toLowerCase() === "authorization")
    fail(
      call,
      "header-of-the-gateway",
      `the header "${name}" takes the gateway's own token to the backend, and what is set here would be lost. Write another name.`,
    );
  if (isCallerHeader(name))
    fail(
      call,
      "header-of-the-caller",
      `the header "${name}" tells the backend who calls, and is set from a validated token only. ` +
        `Write PolicyStatement.forwardCallerIdentity(), or another name.`,
    );
}
