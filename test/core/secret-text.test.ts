import { signsInCode, signsInText } from "../../lib/core/secret-text";

describe("a text seems to be a secret", () => {
  test.each<[string, string, string]>([
    ["x-api-key", "abc", "its name suggests one"],
    ["value", "Endpoint=sb://a;SharedAccessKey=abc", "a connection string"],
    ["value", "https://a?sv=1&sig=abc", "a shared access signature"],
    ["value", "sk-live_51HqLyjWDarjtT1zdp7dc", "a service key"],
    ["value", "Bearer ghp_abcdefgh", "a service key"],
    ["value", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "a token"],
    ["value", "Basic dXNlcjpwYXNz", "credentials"],
    ["value", "https://user:pass@host", "a URL with a password"],
    ["value", "d41d8cd98f00b204e9800998ecf8427e", "random characters"],
  ])("%s: %s", (name, text, signs) => {
    expect(signsInText(name, text)).toContain(signs);
  });

  test.each([
    "orders",
    "00000000-0000-0000-0000-000000000000",
    "https://orders.contoso.com/api",
    "/subscriptions/0/resourceGroups/rg-orders-production-westeurope",
  ])("but not %s", (text) => {
    expect(signsInText("value", text)).toBeUndefined();
  });
});

test("of a string in code only what is a whole secret", () => {
  expect(signsInCode("Bearer sk-live_51HqLyjWDarjtT1zdp7dc")).toContain("a service key");
  expect(signsInCode("SharedAccessSignature sr={0}&sig={1}")).toBeUndefined();
  expect(signsInCode("Basic ")).toBeUndefined();
});
