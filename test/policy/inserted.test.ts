import { insertedId } from "../../lib/policy/inserted";
import { scan } from "../../lib/policy/syntax/scanner";

test.each([
  ["secure-apim-backend-rate-limit-0123abcd", { kind: "rate-limit", hash: "0123abcd" }],
  ["secure-apim-backend-self-closed--raw-0123abcd", { kind: "raw", hash: "0123abcd" }],
  ["secure-apim-backend-raw-0123abc", undefined],
  ["secure-apim-backend-raw-0123abcde", undefined],
  ["secure-apim-backend--0123abcd", undefined],
  ["secure-apim-backend-Raw-0123abcd", undefined],
  ["my-secure-apim-backend-raw-0123abcd", undefined],
  ["raw-0123abcd", undefined],
])("the id %s says what a merge has inserted: %p", (id, inserted) => {
  const [element] = scan(`<trace id="${id}" />`).roots;
  expect(insertedId(element)).toEqual(inserted);
});

test("an element without an id was written by somebody", () => {
  expect(insertedId(scan("<trace />").roots[0])).toBeUndefined();
});
