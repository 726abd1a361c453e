import { Construct } from "constructs";
import * as lib from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { CONSTRUCTS } from "../growth/every-construct";
import { newId } from "../growth/stacks";
import { added, Added, tallies } from "../helpers/tally";

/*
 * What one more construct costs, counted: resources, tokens, renderings and passes over policy texts. A number that changes has a reason.
 * If it is a good one, write the new number.
 * With `PLACES=1`, a test prints the lines that add tokens, walks, renderings and readings.
 */

/**
 * What one more of each adds to a stack with a gateway. Tokens are those at construction, and those later. Renderings
 * are those of JSON, and those of HCL.
 */
const WORK: Record<string, string> = {
  SecureApimBackend: "9 resources, 65 + 1 tokens, 36 + 19 renderings, 3 readings",
  "SecureApimBackend with callers": "12 resources, 96 + 4 tokens, 46 + 24 renderings, 4 readings",
  "SecureApimBackend with branches": "10 resources, 76 + 1 tokens, 40 + 21 renderings, 2 readings",
  "SecureApimBackend with a policy": "9 resources, 65 + 1 tokens, 36 + 19 renderings, 3 readings",
  "SecureApimBackend with a written policy": "9 resources, 65 + 1 tokens, 36 + 19 renderings, 3 readings",
  "SecureApimBackend with the policy of an operation": "5 resources, 33 + 3 tokens, 20 + 12 renderings, 4 readings",
  "SecureApimBackend with diagnostics": "12 resources, 90 + 1 tokens, 49 + 31 renderings, 3 readings",
  "SecureApimBackend in products with tags": "13 resources, 74 + 2 tokens, 52 + 29 renderings, 3 readings",
  "SecureApimBackend with checks": "9 resources, 65 + 4 tokens, 36 + 19 renderings, 3 readings",
  "SecureApimBackend with an app with roles, closed to other addresses":
    "15 resources, 160 + 4 tokens, 56 + 29 renderings, 3 readings",
  "SecureApimBackend with an OpenAPI document": "3 resources, 22 + 1 tokens, 12 + 7 renderings, 3 readings",
  "SecureApimBackend with an existing API": "3 resources, 19 + 1 tokens, 12 + 7 renderings, 3 readings",
  "SecureApimBackend with an API of the user's own": "3 resources, 22 + 1 tokens, 14 + 7 renderings, 3 readings",
  "SecureApimBackend with a version": "5 resources, 32 + 1 tokens, 20 + 11 renderings, 3 readings",
  SecurePolicyFragment: "2 resources, 13 + 0 tokens, 8 + 5 renderings, 3 readings",
  "ApimMcpServer with an app": "11 resources, 121 + 11 tokens, 43 + 26 renderings, 10 readings",
  "ApimMcpServer with tools": "13 resources, 91 + 16 tokens, 52 + 40 renderings, 15 readings",
  ApimGateway: "1 resources, 36 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimGateway with everything beside it": "4 resources, 53 + 0 tokens, 12 + 6 renderings, 0 readings",
  "ApimGateway.fromLookup": "1 resources, 19 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimGateway.fromAttributes": "0 resources, 2 + 0 tokens, 0 + 0 renderings, 0 readings",
  "ApimGateway.fromApiManagement": "1 resources, 29 + 0 tokens, 3 + 1 renderings, 0 readings",
  ApimProduct: "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimProduct.fromLookup": "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimProduct.fromLookupOpen": "1 resources, 2 + 0 tokens, 2 + 1 renderings, 0 readings",
  ApimTag: "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimTag.fromAttributes": "0 resources, 0 + 0 tokens, 0 + 0 renderings, 0 readings",
  ApimNamedValue: "1 resources, 3 + 0 tokens, 4 + 2 renderings, 0 readings",
  ApimLogger: "1 resources, 4 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApimLogger.fromAttributes": "0 resources, 1 + 0 tokens, 0 + 0 renderings, 0 readings",
  ApiVersionSet: "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  "ApiVersionSet.fromLookup": "1 resources, 2 + 0 tokens, 4 + 2 renderings, 0 readings",
  AppRegistration: "2 resources, 29 + 0 tokens, 8 + 4 renderings, 0 readings",
  "AppRegistration.fromAttributes": "0 resources, 1 + 0 tokens, 0 + 0 renderings, 0 readings",
  "AppRegistration.fromLookup": "2 resources, 24 + 0 tokens, 8 + 4 renderings, 0 readings",
  "AppRegistration.fromRequest": "0 resources, 2 + 0 tokens, 0 + 0 renderings, 0 readings",
};

function shown({ resources, tokens, laterTokens, renderings, hclRenderings, readings }: Added): string {
  return `${resources} resources, ${tokens} + ${laterTokens} tokens, ${renderings} + ${hclRenderings} renderings, ${readings} readings`;
}

test("every public construct, and each of its factories, has a row", () => {
  const made = Object.entries<object>(lib).flatMap(([name, value]) => {
    if (!(Object(value).prototype instanceof Construct)) return [];
    const factories = Object.getOwnPropertyNames(value).filter((each) => /^from/.test(each));
    return [name, ...factories.map((each) => `${name}.${each}`)];
  });
  const rows = Object.keys(CONSTRUCTS).map((row) => row.split(" ")[0]);
  expect(made.filter((name) => !rows.includes(name))).toEqual([]);
});

test.each(Object.keys({ ...CONSTRUCTS, ...WORK }))("a second %s costs what the table says", (name) => {
  const [one, two] = tallies(name, (stack, count) => {
    const gateway = new lib.ApimGateway(stack, "Gateway", { ...NEW, sku: lib.ApimSku.PREMIUM });
    for (let i = 0; i < count; i++) CONSTRUCTS[name](stack, newId(), gateway);
  });
  expect(shown(added(one, two))).toBe(WORK[name]);
});
