import { TerraformStack } from "cdktf";
import { Backend, Caller } from "cdktf-secure-apim-backend";
import { refusal } from "../../../helpers/refusal";
import { findings, stackWithProviders, synth } from "../../../helpers/synth";
import { CREATED, gatewayOf, secure } from "../behind-gateway";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

/** As many callers as the number, the gateway included. */
function letIn(count: number): void {
  const { registration } = secure(stack, Backend.functionApp(CREATED));
  for (let i = 10; i < 9 + count; i++) {
    registration?.grantInvoke(Caller.servicePrincipal(`111111${i}-2222-3333-4444-555555555555`));
  }
}

test("an app keeps thirteen callers", () => {
  letIn(13);
  expect(() => synth(stack)).not.toThrow();
});

test("a fourteenth caller is an error", () => {
  letIn(14);
  expect(findings(stack)).toEqual([
    refusal(
      "allow-list-too-long",
      "[app/Orders/Backend] ",
      "14 callers",
      '"app/Orders/Backend/Resource"',
      "room for only 13",
    ),
  ]);
});

test("an empty list lets in nobody rather than everyone", () => {
  Backend.functionApp(CREATED).bind(stack, { gateway: gatewayOf(stack), defaultName: "orders" });
  expect(findings(stack)).toEqual([
    refusal("empty-allow-list", "[app] ", '"app/Resource"', 'registration.grantInvoke(gateway) on "app/Registration"'),
  ]);
});
