import { fail } from "../../core/fail";
import { requireGiven, requireList } from "../../core/given";
import { repeated } from "../../core/repeated";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { optionalAttribute } from "./writing/arguments";
import { checkLiteral, literalAttribute } from "./writing/literal";
import { node } from "./writing/xml";

/** A dimension by which token metrics are split. */
export interface TokenMetricDimension {
  /** Name of the dimension, such as `Client IP`. */
  readonly name: string;

  /**
   * Value of the dimension. Do not use what has many values, such as request IDs: Azure Monitor limits the time series of a region.
   *
   * @default - the value that API Management knows, for the names `API ID`, `Operation ID`, `Product ID`, `User ID`,
   * `Subscription ID`, `Location` and `Gateway ID`
   */
  readonly value?: PolicyValue;
}

/** The names of its properties. */
const TOKEN_METRIC_DIMENSION: PropertyNames<TokenMetricDimension> = { name: true, value: true };

/** Which token metrics are sent, and by what they are split. */
export interface LlmEmitTokenMetricProps {
  /** Dimensions, one to five. */
  readonly dimensions: TokenMetricDimension[];

  /**
   * Namespace of the metrics.
   *
   * @default "API Management"
   */
  readonly namespace?: string;
}

/** The names of its properties. */
const LLM_EMIT_TOKEN_METRIC_PROPS: PropertyNames<LlmEmitTokenMetricProps> = { dimensions: true, namespace: true };

const CALL = "PolicyStatement.llmEmitTokenMetric";
const EXAMPLE = 'dimensions: [{ name: "Subscription ID" }]';

/**
 * Azure Monitor takes ten dimensions for each metric. API Management uses five of them.
 *
 * @see https://learn.microsoft.com/azure/api-management/llm-emit-token-metric-policy#limits-for-custom-metrics
 */
const MAX_DIMENSIONS = 5;

/** The dimensions whose values API Management knows. */
const DEFAULT_DIMENSIONS = [
  "API ID",
  "Operation ID",
  "Product ID",
  "User ID",
  "Subscription ID",
  "Location",
  "Gateway ID",
];

export function llmEmitTokenMetric(props: LlmEmitTokenMetricProps): StatementConfig {
  requireOnly(CALL, CALL, props, { names: LLM_EMIT_TOKEN_METRIC_PROPS, example: `${CALL}({ ${EXAMPLE} })` });
  const dimensions = requireList(CALL, "dimensions", props.dimensions, EXAMPLE);
  if (dimensions.length < 1 || dimensions.length > MAX_DIMENSIONS)
    fail(
      CALL,
      "token-metric-dimensions",
      `There are ${dimensions.length} dimensions, but API Management accepts 1 to ${MAX_DIMENSIONS}.`,
      `Write ${EXAMPLE}, with at most ${MAX_DIMENSIONS} entries.`,
    );
  const children = dimensions.map((dimension) => {
    const { name, value } = requireGiven(CALL, dimension, { name: "a dimension", texts: ["name"], example: EXAMPLE });
    requireOnly(CALL, "an entry of dimensions", dimension, { names: TOKEN_METRIC_DIMENSION, example: EXAMPLE });
    const text = checkLiteral(CALL, "The name of a dimension", name);
    if (value === undefined && !DEFAULT_DIMENSIONS.includes(text))
      fail(
        CALL,
        "dimension-without-value",
        `The dimension "${text}" has no value, and API Management knows none for this name.`,
        `Write { name: "${text}", value: PolicyValue.expression("...") }, or one of the names ${DEFAULT_DIMENSIONS.join(", ")}.`,
      );
    return node("dimension", {
      name: literalAttribute(`the name of a dimension in ${CALL}`, text),
      value: value === undefined ? undefined : checkedValue(CALL, `the dimension "${text}"`, value)._attribute,
    });
  });
  const [twice] = repeated(dimensions, ({ name }) => name);
  if (twice)
    fail(CALL, "dimension-repeated", `Two dimensions are named "${twice[0].name}".`, "Rename or remove one of them.");
  const attributes = { namespace: optionalAttribute(CALL, "namespace", props.namespace) };
  return inbound(PolicySlot.USER, "llm-emit-token-metric", node("llm-emit-token-metric", attributes, children));
}
