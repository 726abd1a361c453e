import { FRAGMENT_RULE, POLICY_RULES } from "./policy-findings";
import { SecurityRule } from "./rule";
import { ALLOW_LIST_EMPTY } from "./rules/allow-list-empty";
import { CACHE_BEFORE_VALIDATION } from "./rules/cache-before-validation";
import { CALLER_AUTHORIZATION_FORWARDED } from "./rules/caller-authorization-forwarded";
import { EXCLUDED_PATHS } from "./rules/excluded-paths";
import { HTTP_BACKEND } from "./rules/http-backend";
import { IDENTITY_BEFORE_VALIDATION } from "./rules/identity-before-validation";
import { IDENTITY_ERROR_IGNORED } from "./rules/identity-error-ignored";
import { IDENTITY_OUTSIDE_API } from "./rules/identity-outside-api";
import { INBOUND_WITHOUT_BASE } from "./rules/inbound-without-base";
import { ISSUER_MISMATCH } from "./rules/issuer-mismatch";
import { ISSUER_OF_OTHER_CLOUD } from "./rules/issuer-of-other-cloud";
import { KEY_INSTEAD_OF_IDENTITY } from "./rules/key-instead-of-identity";
import { LOCAL_KEYS_ENABLED } from "./rules/local-keys-enabled";
import { MANAGEMENT_AUDIENCE } from "./rules/management-audience";
import { OPERATION_WITHOUT_BASE } from "./rules/operation-without-base";
import { ONE_POLICY } from "./rules/one-policy";
import { PASSWORD_PUBLISHING } from "./rules/password-publishing";
import { POLICY_TOO_LARGE } from "./rules/policy-too-large";
import { POLICY_UNREADABLE } from "./rules/policy-unreadable";
import { ROLE_TOO_WIDE } from "./rules/role-too-wide";
import { SERVICE_TAG_RESTRICTION } from "./rules/service-tag-restriction";
import { SIGN_IN_NOT_REQUIRED } from "./rules/sign-in-not-required";
import { SIGN_IN_REDIRECTS } from "./rules/sign-in-redirects";
import { SLOT_MORE_OPEN } from "./rules/slot-more-open";
import { TLS_TOO_OLD } from "./rules/tls-too-old";

/** All rules: what is open to everyone first. */
export const RULES: readonly SecurityRule[] = [
  SIGN_IN_NOT_REQUIRED,
  ALLOW_LIST_EMPTY,
  EXCLUDED_PATHS,
  SLOT_MORE_OPEN,
  SIGN_IN_REDIRECTS,
  PASSWORD_PUBLISHING,
  MANAGEMENT_AUDIENCE,
  IDENTITY_OUTSIDE_API,
  IDENTITY_BEFORE_VALIDATION,
  IDENTITY_ERROR_IGNORED,
  CALLER_AUTHORIZATION_FORWARDED,
  CACHE_BEFORE_VALIDATION,
  INBOUND_WITHOUT_BASE,
  OPERATION_WITHOUT_BASE,
  ONE_POLICY,
  HTTP_BACKEND,
  TLS_TOO_OLD,
  KEY_INSTEAD_OF_IDENTITY,
  LOCAL_KEYS_ENABLED,
  SERVICE_TAG_RESTRICTION,
  ROLE_TOO_WIDE,
  ISSUER_MISMATCH,
  ISSUER_OF_OTHER_CLOUD,
  POLICY_TOO_LARGE,
  POLICY_UNREADABLE,
  ...POLICY_RULES,
  FRAGMENT_RULE,
];
