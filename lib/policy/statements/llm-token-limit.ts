import { fail } from "../../core/fail";
import { requireMember } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { POLICY_NAMES } from "../names";
import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { optionalName, optionalNumber } from "./writing/arguments";
import { node } from "./writing/xml";

/** How often a token quota begins again. A period begins with the hour, day, week, month or year in UTC. */
export enum TokenQuotaPeriod {
  /** Each hour. */
  HOURLY = "Hourly",
  /** Each day. */
  DAILY = "Daily",
  /** Each week. */
  WEEKLY = "Weekly",
  /** Each month. */
  MONTHLY = "Monthly",
  /** Each year. */
  YEARLY = "Yearly",
}

/** A limit of tokens of a language model. Requires `tokensPerMinute`, or `tokenQuota` and `tokenQuotaPeriod`, or all of them. */
export interface LlmTokenLimitProps {
  /** What is counted: calls with the same key share a counter, across all APIs whose policies use the key. */
  readonly counterKey: PolicyValue;

  /**
   * Number of tokens of prompts and completions allowed in a minute. Above it, consumers get 429.
   *
   * @default - any number
   */
  readonly tokensPerMinute?: number;

  /**
   * Number of tokens allowed in a `tokenQuotaPeriod`. Above it, consumers get 403.
   *
   * @default - any number
   */
  readonly tokenQuota?: number;

  /**
   * The period of `tokenQuota`.
   *
   * @default - no quota
   */
  readonly tokenQuotaPeriod?: TokenQuotaPeriod;

  /**
   * Whether the gateway estimates the tokens of a prompt, so that a prompt above the limit never reaches the model. This takes time.
   * Otherwise it counts what the model reports, so one prompt can exceed the limit. For a streamed response, it always estimates.
   *
   * @default false
   */
  readonly estimatePromptTokens?: boolean;

  /**
   * Response header with the number of seconds after which a rejected consumer can try again.
   *
   * @default "Retry-After"
   */
  readonly retryAfterHeaderName?: string;

  /**
   * Variable with the number of seconds after which a rejected consumer can try again.
   *
   * @default - none
   */
  readonly retryAfterVariableName?: string;

  /**
   * Response header with the number of tokens left of the quota.
   *
   * @default - none
   */
  readonly remainingQuotaTokensHeaderName?: string;

  /**
   * Variable with the number of tokens left of the quota.
   *
   * @default - none
   */
  readonly remainingQuotaTokensVariableName?: string;

  /**
   * Response header with the number of tokens left in the minute.
   *
   * @default - none
   */
  readonly remainingTokensHeaderName?: string;

  /**
   * Variable with the number of tokens left in the minute.
   *
   * @default - none
   */
  readonly remainingTokensVariableName?: string;

  /**
   * Response header with the number of tokens of the prompt and the completion.
   *
   * @default - none
   */
  readonly tokensConsumedHeaderName?: string;

  /**
   * Variable with the number of tokens of the prompt and the completion.
   *
   * @default - none
   */
  readonly tokensConsumedVariableName?: string;
}

/** The names of its properties. */
const LLM_TOKEN_LIMIT_PROPS: PropertyNames<LlmTokenLimitProps> = {
  counterKey: true,
  estimatePromptTokens: true,
  remainingQuotaTokensHeaderName: true,
  remainingQuotaTokensVariableName: true,
  remainingTokensHeaderName: true,
  remainingTokensVariableName: true,
  retryAfterHeaderName: true,
  retryAfterVariableName: true,
  tokenQuota: true,
  tokenQuotaPeriod: true,
  tokensConsumedHeaderName: true,
  tokensConsumedVariableName: true,
  tokensPerMinute: true,
};

const CALL = "PolicyStatement.llmTokenLimit";

export function llmTokenLimit(props: LlmTokenLimitProps): StatementConfig {
  requireOnly(CALL, CALL, props, {
    names: LLM_TOKEN_LIMIT_PROPS,
    example: `${CALL}({ counterKey, tokensPerMinute: 5000 })`,
  });
  const { header, variable } = POLICY_NAMES;
  const attributes = {
    "counter-key": checkedValue(CALL, "counterKey", props.counterKey)._attribute,
    "tokens-per-minute": optionalNumber(CALL, "tokensPerMinute", props.tokensPerMinute, 1),
    "token-quota": optionalNumber(CALL, "tokenQuota", props.tokenQuota, 1),
    "token-quota-period": quotaPeriod(props),
    "estimate-prompt-tokens": String(props.estimatePromptTokens ?? false),
    "retry-after-header-name": optionalName(CALL, header, props.retryAfterHeaderName),
    "retry-after-variable-name": optionalName(CALL, variable, props.retryAfterVariableName),
    "remaining-quota-tokens-header-name": optionalName(CALL, header, props.remainingQuotaTokensHeaderName),
    "remaining-quota-tokens-variable-name": optionalName(CALL, variable, props.remainingQuotaTokensVariableName),
    "remaining-tokens-header-name": optionalName(CALL, header, props.remainingTokensHeaderName),
    "remaining-tokens-variable-name": optionalName(CALL, variable, props.remainingTokensVariableName),
    "tokens-consumed-header-name": optionalName(CALL, header, props.tokensConsumedHeaderName),
    "tokens-consumed-variable-name": optionalName(CALL, variable, props.tokensConsumedVariableName),
  };
  return inbound(PolicySlot.USER, "llm-token-limit", node("llm-token-limit", attributes));
}

/** The period of the quota, which goes with a quota. */
function quotaPeriod({ tokensPerMinute, tokenQuota, tokenQuotaPeriod: period }: LlmTokenLimitProps) {
  if ((tokenQuota === undefined) !== (period === undefined))
    fail(
      CALL,
      "half-a-token-quota",
      tokenQuota === undefined
        ? "There is a tokenQuotaPeriod, but no tokenQuota."
        : "There is a tokenQuota, but no tokenQuotaPeriod.",
      "Write both, for example tokenQuota: 100000, tokenQuotaPeriod: TokenQuotaPeriod.DAILY, or remove the one that is there.",
    );
  if (tokenQuota === undefined && tokensPerMinute === undefined)
    fail(
      CALL,
      "token-limit-without-limit",
      "Neither tokensPerMinute nor tokenQuota is set.",
      "Write one or both of them, for example tokensPerMinute: 5000.",
    );
  if (period === undefined) return undefined;
  return requireMember(CALL, "tokenQuotaPeriod", period, TokenQuotaPeriod, "TokenQuotaPeriod.DAILY");
}
