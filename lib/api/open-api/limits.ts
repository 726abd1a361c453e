/** How deep objects and lists may be nested. Documents that people or tools write stay below 50. */
export const MAX_DEPTH = 200;

/** How many characters the aliases may stand for. API Management would have to take them all in one request. */
export const MAX_EXPANSION = 4 * 1024 * 1024;

/**
 * How many keys and values a document in YAML may have: in 4 MB, one for each 8 characters. Documents that people or tools write need
 * more than 8 for each, with names and white space. A key without a value has the value `null`, and counts as two.
 */
export const MAX_NODES = 524_288;

/** How many anchors a document in YAML may have. Documents that people or tools write have a few thousand. */
export const MAX_ANCHORS = 50_000;

/**
 * How many paths, and how many operations, a document may have. Those that people or tools write need more than 400 characters for each,
 * and so have fewer in 4 MB. A gateway of the Basic tier has no more in all of its APIs.
 *
 * @see https://learn.microsoft.com/azure/api-management/service-limits
 */
export const MAX_OPERATIONS = 10_000;
