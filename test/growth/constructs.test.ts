import { growthOf } from "../helpers/growth";
import { TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ApimGateway, ApimSku, IApimGateway } from "cdktf-secure-apim-backend";
import { EVERY_BACKEND } from "../backends/every-backend";
import { NEW } from "../backends/gateways";
import { CONSTRUCTS } from "./every-construct";
import { newId, synthesized } from "./stacks";

/*
 * A construct costs the same, however many a stack has. To look at all others for each of them would take time that grows with the square
 * of their number.
 */

const NAMED = { apimName: "contoso", resourceGroupName: "platform" };

const GATEWAYS: Record<string, (stack: TerraformStack) => IApimGateway> = {
  "a new gateway": (stack) => new ApimGateway(stack, "Gateway", { ...NEW, sku: ApimSku.PREMIUM }),
  "a gateway that was looked up": (stack) => ApimGateway.fromLookup(stack, "Gateway", NAMED),
  "a gateway that a local value names": (stack) =>
    ApimGateway.fromAttributes(stack, "Gateway", {
      ...NAMED,
      apimName: new TerraformLocal(stack, "Name", "contoso").asString,
      sku: ApimSku.PREMIUM,
      principalId: "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
      publicIpAddresses: ["203.0.113.7"],
    }),
};

describe.each(Object.keys(GATEWAYS))("on %s", (kind) => {
  test.each(Object.keys(CONSTRUCTS))("a %s costs the same, however many there are", (name) => {
    const growth = growthOf((count) =>
      synthesized((stack) => {
        const gateway = GATEWAYS[kind](stack);
        for (let i = 0; i < count; i++) CONSTRUCTS[name](stack, newId(), gateway);
      }),
    );
    expect(growth).toEqual([]);
  });
});

test.each(Object.keys(EVERY_BACKEND))("a backend of this kind costs the same, however many there are: %s", (kind) => {
  const { make, sku } = EVERY_BACKEND[kind];
  const growth = growthOf((count) =>
    synthesized((stack) => {
      const gateway = new ApimGateway(stack, "Gateway", { ...NEW, sku });
      for (let i = 0; i < count; i++) make(new Construct(stack, newId()), newId(), gateway);
    }),
  );
  expect(growth).toEqual([]);
});
