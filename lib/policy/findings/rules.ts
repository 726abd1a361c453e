import * as backendChoice from "./backend-choice";
import * as signIn from "./backend-sign-in";
import * as brokenCode from "./broken-code";
import * as headers from "./headers";
import * as gatewayToken from "./gateway-token";
import * as limits from "./limits";
import { LITERAL_SECRET } from "./literal-secret";
import * as structure from "./structure";
import * as tokenValidation from "./token-validation";
import * as unknown from "./unknown";
import * as variables from "./variables";
import { EARLIER_STATEMENT_EDITED, EARLIER_STATEMENT_STAYS } from "./earlier-merge";
import { NOT_XML } from "./not-xml";
import { MERGED_POLICY_TOO_LARGE } from "./size";
import { ConflictRule } from "./conflict-rule";
import { PolicyRule } from "./rule";

/** Whether the document has a root to merge into. Without one, no other rule makes sense. */
export const ROOT_RULES: readonly PolicyRule[] = [
  structure.ROOT_MISSING,
  structure.SECOND_ROOT,
  structure.ROOT_IS_FRAGMENT,
  structure.OTHER_ROOT,
];

/** Whether the document has the sections to merge into. */
export const SECTION_RULES: readonly PolicyRule[] = [
  unknown.UNKNOWN_SECTION,
  structure.SECTION_REPEATED,
  structure.BASE_REPEATED,
  structure.SECTION_MISSING,
  structure.SEVERAL_FORWARDINGS,
];

/** What the document and the statements contradict each other in. */
export const CONFLICT_RULES: readonly ConflictRule[] = [
  limits.SECOND_CORS,
  tokenValidation.SECOND_TOKEN_VALIDATION,
  backendChoice.EARLY_RESPONSE,
  backendChoice.BACKEND_ALREADY_CHOSEN,
  backendChoice.TOKEN_FOR_OTHER_BACKEND,
  headers.CALLER_HEADER_SET,
  signIn.MANAGED_IDENTITY_ALREADY_USED,
  signIn.AUTHORIZATION_ALREADY_SET,
  signIn.CERTIFICATE_ALREADY_USED,
  structure.BACKEND_SECTION_OCCUPIED,
];

/** What no resolution settles, and what is good to know about the merged document. */
export const MERGED_RULES: readonly PolicyRule[] = [
  signIn.IDENTITY_ERROR_IGNORED,
  gatewayToken.TOKEN_REPLACED_LATER,
  limits.LIMIT_REPEATED,
  tokenValidation.CONDITIONAL_TOKEN_VALIDATION,
  tokenValidation.REQUIRED_CLAIMS_LOST,
  tokenValidation.TOKEN_SET_AFTER_VALIDATION,
  tokenValidation.TOKEN_NOT_SET,
  tokenValidation.ANSWERED_BEFORE_CHECK,
  backendChoice.BACKEND_KEPT,
  headers.HEADER_REMOVED_LATER,
  gatewayToken.TOKEN_COPIED,
  gatewayToken.TOKEN_READ,
  gatewayToken.REDIRECTS_FOLLOWED,
  gatewayToken.SENT_THROUGH_PROXY,
  gatewayToken.HEADER_NAME_UNKNOWN,
  backendChoice.FRAGMENT_NOT_VISIBLE,
  brokenCode.BROKEN_CODE,
  NOT_XML,
  unknown.UNKNOWN_POLICY,
  EARLIER_STATEMENT_STAYS,
  EARLIER_STATEMENT_EDITED,
  structure.TEXT_BESIDE_POLICIES,
  structure.INBOUND_WITHOUT_BASE,
  limits.LATE_CORS,
  structure.BACKEND_SECTION_EMPTY,
  variables.TOKEN_VARIABLE_LOST,
  variables.IDENTITY_TOKEN_UNUSED,
  LITERAL_SECRET,
];

/** What the text after the merge must be. */
export const RESULT_RULES: readonly PolicyRule[] = [MERGED_POLICY_TOO_LARGE];

/** Why a document cannot be merged into, although its structure is sound. */
export const UNREADABLE_RULES: readonly PolicyRule[] = [brokenCode.BROKEN_CODE_HIDES_ENDS, brokenCode.READ_DIFFERENTLY];
