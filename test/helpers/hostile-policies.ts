/* Policies, well-formed or not, that take more work than others of their length. */

const policyOf = (inbound: string): string =>
  `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base /></outbound></policies>`;

const repeated = (part: string) => (length: number) => policyOf(part.repeat(length / part.length));

/** Hostile policies by name, each of about the given length. */
export const HOSTILE_POLICIES: Record<string, (length: number) => string> = {
  "many elements with a bare &": repeated("<trace>&</trace>"),
  "many elements with a bare & and code": repeated("<trace>&</trace><trace>@(a && b)</trace>"),
  "many unknown elements": repeated("<x/>"),
  "many elements with a text": repeated("<trace>a</trace>"),
};
