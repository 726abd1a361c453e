import { TerraformStack } from "cdktf";
import { ApimGateway, ApimSku, IApimGateway } from "cdktf-secure-apim-backend";
import { Construct } from "constructs";
import { EVERY_BACKEND } from "../backends/every-backend";
import { NEW } from "../backends/gateways";
import { CONSTRUCTS } from "../growth/every-construct";
import { Json, stackWithProviders, synth } from "../helpers/synth";

type Make = (stack: TerraformStack, id: string, gateway: IApimGateway) => unknown;

/** A stack with one construct, which was made and removed so many times before. */
function stackWith(make: Make, removed: number, sku = ApimSku.PREMIUM): Json {
  const stack = stackWithProviders();
  const gateway = new ApimGateway(stack, "Gateway", { ...NEW, sku });
  const before = stack.node.children.length;
  for (let times = 0; times < removed; times++) {
    make(stack, "Orders", gateway);
    for (const { node } of stack.node.children.slice(before)) stack.node.tryRemoveChild(node.id);
  }
  make(stack, "Orders", gateway);
  return synth(stack);
}

test.each(Object.keys(CONSTRUCTS))("a %s that was removed from its stack can be made again", (name) => {
  expect(stackWith(CONSTRUCTS[name], 2)).toEqual(stackWith(CONSTRUCTS[name], 0));
});

test.each(Object.keys(EVERY_BACKEND))("%s that was removed from its stack can be made again", (name) => {
  const { make, sku } = EVERY_BACKEND[name];
  const within: Make = (stack, id, gateway) => make(new Construct(stack, id), id, gateway);
  expect(stackWith(within, 2, sku)).toEqual(stackWith(within, 0, sku));
});
