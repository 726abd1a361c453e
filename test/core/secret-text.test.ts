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

describe("a name that suggests a secret does not make one of", () => {
  test.each([
    ["Access-Control-Allow-Credentials", "true"],
    ["secretName", "orders-db"],
    ["secret-uri", "https://orders.vault.azure.net/secrets/db"],
    ["passwordReset", "https://contoso.com/reset"],
    ["passwordResetUrl", "/reset"],
  ])("%s: %s", (name, text) => {
    expect(signsInText(name, text)).toBeUndefined();
  });

  test.each([
    ["passwordResetUrl", "https://contoso.com/reset?sig=abc"],
    ["passwordResetUrl", "https://user:pass@contoso.com"],
    ["password", "true1"],
    ["secretName", "sk-live_51HqLyjWDarjtT1zdp7dc"],
  ])("but %s: %s is one", (name, text) => {
    expect(signsInText(name, text)).toBeDefined();
  });

  test.each(["tenant", "traceId", "content-hash"])("the digits of %s", (name) => {
    expect(signsInText(name, "0123456789abcdef0123456789abcdef")).toBeUndefined();
    expect(signsInText(name, "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5")).toBeDefined();
  });
});

test("of a string in code only what is a whole secret", () => {
  expect(signsInCode("Bearer sk-live_51HqLyjWDarjtT1zdp7dc")).toContain("a service key");
  expect(signsInCode("SharedAccessSignature sr={0}&sig={1}")).toBeUndefined();
  expect(signsInCode("Basic ")).toBeUndefined();
});
