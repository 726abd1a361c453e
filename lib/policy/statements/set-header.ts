import { fail } from "../../core/fail";
import { isCallerHeader, POLICY_NAMES } from "../names";
import { inSection, PolicySection, StatementConfig } from "../statement";
import { checkedValue, PolicyValue } from "../policy-value";
import { plainName } from "./writing/arguments";
import { leaf, node } from "./writing/xml";
import { requireMember } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

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

/** The names of its properties. */
const REMOVE_HEADER_OPTIONS: PropertyNames<RemoveHeaderOptions> = { section: true };

/** Where and how a header is set. */
export interface SetHeaderOptions extends RemoveHeaderOptions {
  /**
   * What happens to values that the header already has.
   *
   * @default ExistsAction.OVERRIDE
   */
  readonly existsAction?: ExistsAction;
}

/** The names of its properties. */
const SET_HEADER_OPTIONS: PropertyNames<SetHeaderOptions> = { section: true, existsAction: true };

export function setHeader(name: string, value: PolicyValue, options: SetHeaderOptions): StatementConfig {
  const call = "PolicyStatement.setHeader";
  requireOnly(call, call, options, {
    names: SET_HEADER_OPTIONS,
    example: `${call}("...", PolicyValue.literal("..."), { existsAction: ExistsAction.SKIP })`,
  });
  const section = checkSection(call, options.section);
  checkHeader(call, name);
  if (section === PolicySection.INBOUND) checkRequestHeader(call, name);
  const literal = checkedValue(call, "value", value)._literal;
  if (literal !== undefined && !/^[ -~]*$/.test(literal))
    fail(
      call,
      "header-value-not-ascii",
      `The value "${literal}" of the header "${name}" contains characters that HTTP headers cannot carry.`,
      `Write it in ASCII, for example percent-encoded: PolicyValue.literal("${encodeURI(literal)}").`,
    );
  const existsAction = options.existsAction ?? ExistsAction.OVERRIDE;
  requireMember(call, "existsAction", existsAction, ExistsAction, "ExistsAction.SKIP");
  const attributes = { name, "exists-action": existsAction };
  const xml = node("set-header", attributes, [leaf("value", value._text)]);
  return inSection(section, "set-header", xml);
}

export function removeHeader(name: string, options: RemoveHeaderOptions): StatementConfig {
  const call = "PolicyStatement.removeHeader";
  requireOnly(call, call, options, {
    names: REMOVE_HEADER_OPTIONS,
    example: `${call}("...", { section: PolicySection.OUTBOUND })`,
  });
  const section = checkSection(call, options.section);
  checkHeader(call, name);
  const xml = node("set-header", { name, "exists-action": "delete" });
  return inSection(section, "remove-header", xml);
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

/** What happens to values that a header or query parameter already has. */
export enum ExistsAction {
  /** They are replaced with the new value. */
  OVERRIDE = "override",
  /** They are kept, and the new value is added. */
  APPEND = "append",
  /** They are kept, and the new value is dropped. */
  SKIP = "skip",
}
