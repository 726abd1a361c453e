import { fail } from "../../core/fail";
import { isCallerHeader } from "../gateway/caller-headers";
import { PolicySection } from "../policy-section";
import { PolicyValue } from "../policy-value";
import { PolicySlot, StatementConfig } from "../statement";
import { ExistsAction } from "./exists-action";
import { plainName } from "./writing/arguments";
import { replaceTokens } from "./writing/literal";
import { POLICY_NAMES } from "./writing/policy-names";
import { leaf, node } from "./writing/xml";

const CONNECTION_HEADERS = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

/** Where a header is removed. */
export interface RemoveHeaderOptions {
  /**
   * `INBOUND` for a header of the request, `OUTBOUND` or `ON_ERROR` for a header of the response. `BACKEND` is an error.
   *
   * @default PolicySection.INBOUND
   */
  readonly section?: PolicySection;
}

/** Where and how a header is set. */
export interface SetHeaderOptions extends RemoveHeaderOptions {
  /**
   * What happens to values that the header already has.
   *
   * @default ExistsAction.OVERRIDE
   */
  readonly existsAction?: ExistsAction;
}

/** See `PolicyStatement.setHeader`. */
export function setHeader(name: string, value: PolicyValue, options: SetHeaderOptions): StatementConfig {
  const call = "PolicyStatement.setHeader";
  const section = checkSection(call, options.section);
  checkHeader(call, name);
  if (section === PolicySection.INBOUND) checkRequestHeader(call, name);
  const literal = value._literal;
  if (literal !== undefined && !/^[ -~]*$/.test(replaceTokens(literal, "")))
    fail(
      call,
      "header-value-not-ascii",
      `The value "${literal}" of the header "${name}" contains characters that HTTP headers cannot carry.`,
      `Write it in ASCII, for example percent-encoded: PolicyValue.literal("${encodeURI(literal)}").`,
    );
  const attributes = { name, "exists-action": options.existsAction ?? ExistsAction.OVERRIDE };
  const xml = node("set-header", attributes, [leaf("value", value._text)]);
  return { section, slot: PolicySlot.USER, kind: "set-header", xml };
}

/** See `PolicyStatement.removeHeader`. */
export function removeHeader(name: string, options: RemoveHeaderOptions): StatementConfig {
  const call = "PolicyStatement.removeHeader";
  const section = checkSection(call, options.section);
  checkHeader(call, name);
  const xml = node("set-header", { name, "exists-action": "delete" });
  return { section, slot: PolicySlot.USER, kind: "remove-header", xml };
}

function checkSection(call: string, section: PolicySection | undefined): PolicySection {
  if (section === PolicySection.BACKEND)
    fail(
      call,
      "header-in-backend-section",
      "The backend section holds only one statement, which forwards the request.",
      "Write section: PolicySection.INBOUND, PolicySection.OUTBOUND or PolicySection.ON_ERROR.",
    );
  return section ?? PolicySection.INBOUND;
}

function checkHeader(call: string, name: string): void {
  plainName(call, POLICY_NAMES.header, name);
  if (CONNECTION_HEADERS.has(name.toLowerCase()))
    fail(
      call,
      "connection-header",
      `The header "${name}" belongs to the connection, and API Management does not change it.`,
      "Write another name.",
    );
}

/** The user must not set headers that tell the backend who calls, or the backend could no longer trust them. */
function checkRequestHeader(call: string, name: string): void {
  if (name.toLowerCase() === "authorization")
    fail(
      call,
      "authorization-header-of-gateway",
      `The header "${name}" carries the gateway's token to the backend, so a value that you set here would be lost.`,
      "Write another name.",
    );
  if (isCallerHeader(name))
    fail(
      call,
      "caller-header-by-hand",
      `The header "${name}" tells the backend who the caller is, and can be set from a validated token only.`,
      "Write PolicyStatement.forwardCallerIdentity(), or another name.",
    );
}
