import { locatedInDocument } from "../../../lib/policy/findings/located";
import { named } from "../../../lib/policy/findings/named";
import { scan } from "../../../lib/policy/syntax/scanner";

/* Rules ask for policies by their names. */

const elements = locatedInDocument(
  scan("<policies><inbound><a /><b><a /></b><c /></inbound><outbound><b /><toString /></outbound></policies>"),
);
const foundBy = (...names: string[]): string[] => named(elements, names).map(({ name, column }) => `${name} ${column}`);

test("policies of one name are found wherever they are", () => {
  expect(foundBy("a")).toEqual(["a 20", "a 28"]);
});

test("policies of several names are found in the order of the document", () => {
  expect(foundBy("b", "c", "a")).toEqual(["a 20", "b 25", "a 28", "c 37", "b 62"]);
});

test("no policy has another name", () => {
  expect(foundBy("d", "valueOf")).toEqual([]);
  expect(foundBy("toString")).toEqual(["toString 67"]);
});
