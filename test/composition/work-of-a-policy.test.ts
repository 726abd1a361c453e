import {
  ApimGateway,
  ApimSku,
  ApiSurface,
  HttpMethod,
  PolicyDocument,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { NEW } from "../backends/gateways";
import { elsewhere } from "../gateway/everything";
import { stackWithProviders } from "../helpers/synth";
import { workOf } from "../helpers/work";

const LINE = '    <set-header name="X-Team" exists-action="override"><value>contoso</value></set-header>\n';

/** A written policy of about so many characters. */
function policyOf(length: number): PolicyDocument {
  const lines = LINE.repeat(length / LINE.length);
  return PolicyDocument.fromXml(`<policies>\n  <inbound>\n    <base />\n${lines}  </inbound>\n</policies>`);
}

const OPERATION = { method: HttpMethod.GET, urlTemplate: "/orders", operationId: "get-orders" };

/** What takes a policy, and goes over it when it is made. */
const TAKERS: Record<string, (policy: PolicyDocument) => object> = {
  "an API": (policy) => ({ policy }),
  "an operation": (policy) => ({
    surface: ApiSurface.operations([OPERATION]),
    operationPolicies: [{ operationId: "get-orders", policy }],
  }),
  "an existing API": (policy) => ({ surface: ApiSurface.existingApi("orders", policy) }),
};

test.each(Object.keys(TAKERS))("the work for the policy of %s grows with its length", (name) => {
  const work = (length: number): number => {
    const stack = stackWithProviders();
    const gateway = new ApimGateway(stack, "Gateway", { ...NEW, sku: ApimSku.BASIC_V2 });
    return workOf(() => {
      new SecureApimBackend(stack, "Orders", {
        gateway,
        backend: elsewhere("orders"),
        ...TAKERS[name](policyOf(length)),
      });
    });
  };
  work(1_000);
  const [small, large] = [12_000, 96_000].map(work);
  expect(large / small).toBeLessThan(8 * 1.1);
});
