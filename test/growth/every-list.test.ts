import { STATEMENTS } from "../policy/statements/every-statement";
import { STATEMENT_OF } from "./lists/many-statements";
import { LISTS_OF_APIS } from "./lists/of-apis";
import { LISTS_OF_APPS } from "./lists/of-apps";
import { LISTS_OF_GATEWAYS } from "./lists/of-gateways";
import { LISTS_OF_DOCUMENTS, LISTS_OF_STATEMENTS } from "./lists/of-policies";
import { publicLists } from "./lists/of-public-api";

/* What `lists.test.ts` makes long. A list that is new here needs a row in a table of `lists`. */

const LISTS = {
  ...LISTS_OF_APIS,
  ...LISTS_OF_APPS,
  ...LISTS_OF_GATEWAYS,
  ...LISTS_OF_STATEMENTS,
  ...LISTS_OF_DOCUMENTS,
};

/** Lists that cannot be long, and lists that nobody writes. */
const OTHERS: Readonly<Record<string, string>> = {
  "SecureApimBackendProps.diagnostics": "one for Application Insights, and one for Azure Monitor",
  "ApimMcpServerProps.diagnostics": "the same",
  "WildcardApiOptions.methods": "seven, which differ in length",
  "CorsProps.allowedMethods": "the same",
  "ApimGatewayProps.zones": "three",
  "AdditionalLocation.zones": "three",
  "LlmEmitTokenMetricProps.dimensions": "five",
  "AppSlotResources.storageRoles": "what was created",
  "AppSlotResources.diagnosticSettings": "what was created",
};

test("each list of the public API has a row", () => {
  const rows = new Set([...Object.keys(LISTS), ...Object.keys(OTHERS)].map((row) => row.split(" ", 1)[0]));
  expect(rows).toEqual(new Set(publicLists()));
});

/** Statements that a policy has once. */
const ONCE = [
  "requireEntraToken",
  "requireJwt",
  "forwardCallerIdentity",
  "rateLimit",
  "cors",
  "retry",
  "forwardRequest",
];

test("each statement that a policy can have many of has a row", () => {
  expect(new Set([...Object.keys(STATEMENT_OF), ...ONCE])).toEqual(new Set(Object.keys(STATEMENTS)));
});
