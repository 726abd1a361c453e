import { Audience, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { ApimGateway } from "../../lib/gateway/apim-gateway";
import { GROUP, stackWithProviders } from "../helpers/synth";
import * as scanner from "../../lib/policy/syntax/scanner";

const stack = stackWithProviders();
const gateway = new ApimGateway(stack, "Gateway", {
  resourceGroup: GROUP,
  publisherName: "Contoso",
  publisherEmail: "api@contoso.com",
});

/** The texts that are scanned for one API, in order. */
function scannedFor(name: string, audience: string): string[] {
  const spies = [jest.spyOn(scanner, "scan"), jest.spyOn(scanner, "tryScan")];
  new SecureApimBackend(stack, name, {
    gateway,
    backend: Backend.url(`https://${name}.contoso.com`, Audience.clientId(audience)),
  });
  const texts = spies.flatMap(({ mock }) => mock.calls.map(([text]) => text));
  spies.forEach((spy) => spy.mockRestore());
  return texts;
}

test("each text is scanned once, and constant statements once a process", () => {
  const first = scannedFor("Orders", "11111111-1111-1111-1111-111111111111");
  expect(first.filter((text, index) => first.indexOf(text) < index)).toEqual([]);
  expect(first.map((text) => /^<[\w-]+/.exec(text)?.[0])).toEqual([
    ...Array<string>(5).fill("<set-header"),
    "<set-query-parameter",
    "<set-backend-service",
    "<authentication-managed-identity",
    "<policies",
  ]);

  const second = scannedFor("Stock", "22222222-2222-2222-2222-222222222222");
  expect(second.map((text) => /^<[\w-]+/.exec(text)?.[0])).toEqual([
    "<set-backend-service",
    "<authentication-managed-identity",
    "<policies",
  ]);
  expect(second.filter((text) => first.includes(text))).toEqual([]);
});
