import { BACKEND_ALREADY_CHOSEN, BACKEND_KEPT, TOKEN_FOR_OTHER_BACKEND } from "./backend-choice";
import {
  AUTHORIZATION_ALREADY_SET,
  CERTIFICATE_ALREADY_USED,
  HEADER_NAME_UNKNOWN,
  IDENTITY_ERROR_IGNORED,
  MANAGED_IDENTITY_ALREADY_USED,
  TOKEN_REPLACED_LATER,
} from "./backend-sign-in";
import { BROKEN_CODE, BROKEN_CODE_HIDES_ENDS, READ_DIFFERENTLY } from "./broken-code";
import { CALLER_HEADER_SET } from "./caller-headers";
import { ConflictRule } from "./conflict-rule";
import { LATE_CORS, SECOND_CORS } from "./cors";
import { EARLY_RESPONSE } from "./early-response";
import { BACKEND_SECTION_EMPTY, BACKEND_SECTION_OCCUPIED, SEVERAL_FORWARDINGS } from "./forwarding";
import { FRAGMENT_NOT_VISIBLE } from "./fragments";
import { LIMIT_REPEATED } from "./limits";
import { HEADER_REMOVED_LATER } from "./removed-header";
import { PolicyRule } from "./rule";
import {
  BASE_REPEATED,
  INBOUND_WITHOUT_BASE,
  OTHER_ROOT,
  ROOT_IS_FRAGMENT,
  ROOT_MISSING,
  SECOND_ROOT,
  SECTION_MISSING,
  SECTION_REPEATED,
} from "./structure";
import { REDIRECTS_FOLLOWED, TOKEN_COPIED } from "./token-leaks";
import { CONDITIONAL_TOKEN_VALIDATION, SECOND_TOKEN_VALIDATION, TOKEN_VARIABLE_LOST } from "./token-validation";

/** Whether the document has a root to merge into. Without one, no other rule makes sense. */
export const ROOT_RULES: readonly PolicyRule[] = [ROOT_MISSING, SECOND_ROOT, ROOT_IS_FRAGMENT, OTHER_ROOT];

/** Whether the document has the sections to merge into. */
export const SECTION_RULES: readonly PolicyRule[] = [
  SECTION_REPEATED,
  BASE_REPEATED,
  SECTION_MISSING,
  SEVERAL_FORWARDINGS,
];

/** What the document and the statements contradict each other in. */
export const CONFLICT_RULES: readonly ConflictRule[] = [
  SECOND_CORS,
  SECOND_TOKEN_VALIDATION,
  EARLY_RESPONSE,
  BACKEND_ALREADY_CHOSEN,
  TOKEN_FOR_OTHER_BACKEND,
  CALLER_HEADER_SET,
  MANAGED_IDENTITY_ALREADY_USED,
  AUTHORIZATION_ALREADY_SET,
  CERTIFICATE_ALREADY_USED,
  BACKEND_SECTION_OCCUPIED,
];

/** What no resolution settles, and what is good to know about the merged document. */
export const MERGED_RULES: readonly PolicyRule[] = [
  IDENTITY_ERROR_IGNORED,
  TOKEN_REPLACED_LATER,
  LIMIT_REPEATED,
  CONDITIONAL_TOKEN_VALIDATION,
  BACKEND_KEPT,
  HEADER_REMOVED_LATER,
  TOKEN_COPIED,
  REDIRECTS_FOLLOWED,
  HEADER_NAME_UNKNOWN,
  FRAGMENT_NOT_VISIBLE,
  BROKEN_CODE,
  INBOUND_WITHOUT_BASE,
  LATE_CORS,
  BACKEND_SECTION_EMPTY,
  TOKEN_VARIABLE_LOST,
];

/** Why a document cannot be merged into, although its structure is sound. */
export const UNREADABLE_RULES: readonly PolicyRule[] = [BROKEN_CODE_HIDES_ENDS, READ_DIFFERENTLY];
