import { growthOf } from "../helpers/growth";
import { TerraformStack } from "cdktf";
import {
  IApimBackend,
  IApimGateway,
  PolicyDocument,
  SecureApimBackend,
  SecurePolicyFragment,
} from "cdktf-secure-apim-backend";
import { elsewhere } from "../gateway/everything";
import { messageOf } from "../helpers/synth";
import { Entries, gatewayWith, MakeList } from "./lists/make";
import { documentOfDepth, documentWith, documentWithBackends, ELEMENT_OF, STATEMENT_OF } from "./lists/many-statements";
import { LISTS_OF_APIS } from "./lists/of-apis";
import { LISTS_OF_APPS } from "./lists/of-apps";
import { LISTS_OF_GATEWAYS } from "./lists/of-gateways";
import { LISTS_OF_DOCUMENTS, LISTS_OF_STATEMENTS, MakePolicy } from "./lists/of-policies";
import { NEIGHBORS } from "./lists/neighbors";
import { REFUSED } from "./lists/refused";
import { newId, synthesized } from "./stacks";

/*
 * An entry of a list costs the same, however many the list has. To look at all others for each of them would take time that grows with
 * the square of their number.
 */

/** What is sorted is compared more than once for each. */
const COMPARES = /\(a, b\) => |byLabel/;

function growth(make: MakeList, synth: (fill: (stack: TerraformStack) => void) => void = synthesized): string[] {
  const entries = (count: number): Entries => Array.from({ length: count }, newId);
  const found = growthOf((count) => synth((stack) => void make(stack, entries(count))));
  return found.filter((each) => !COMPARES.test(each));
}

const LISTS = { ...LISTS_OF_APIS, ...LISTS_OF_APPS, ...LISTS_OF_GATEWAYS };

test.each(Object.keys(LISTS))("an entry of %s costs the same, however many there are", (name) => {
  expect(growth(LISTS[name])).toEqual([]);
});

const callsOn = (stack: TerraformStack): { gateway: IApimGateway; backend: IApimBackend } => ({
  gateway: gatewayWith(stack),
  backend: elsewhere(newId()),
});

function policyOfApi(policy: MakePolicy): MakeList {
  return (stack, entries) => new SecureApimBackend(stack, newId(), { ...callsOn(stack), policy: policy(entries) });
}

function policyOfFragment(policy: MakePolicy): MakeList {
  return (stack, entries) => new SecurePolicyFragment(stack, newId(), { ...callsOn(stack), policy: policy(entries) });
}

describe("in the policy of an API", () => {
  const lists = { ...LISTS_OF_STATEMENTS, ...LISTS_OF_DOCUMENTS };

  test.each(Object.keys(lists))("an entry of %s costs the same, however many there are", (name) => {
    expect(growth(policyOfApi(lists[name]))).toEqual([]);
  });

  test.each(Object.keys(STATEMENT_OF))("a statement %s costs the same, however many there are", (name) => {
    const policy = policyOfApi((entries) => PolicyDocument.of(...entries.map(STATEMENT_OF[name])));
    expect(growth(policy)).toEqual([]);
  });

  test.each(Object.keys(ELEMENT_OF))("existing text costs the same for each %s, however many there are", (name) => {
    expect(growth(policyOfApi((entries) => documentWith(entries.map(ELEMENT_OF[name]))))).toEqual([]);
  });

  test.each(Object.entries({ documentOfDepth, documentWithBackends }))("%s, however many there are", (_, policy) => {
    expect(growth(policyOfApi(policy))).toEqual([]);
  });
});

describe("in a fragment", () => {
  test.each(Object.keys(LISTS_OF_STATEMENTS))("an entry of %s costs the same, however many there are", (name) => {
    expect(growth(policyOfFragment(LISTS_OF_STATEMENTS[name]))).toEqual([]);
  });
});

test.each(Object.keys(NEIGHBORS))("an API costs the same, however many there are, with %s", (name) => {
  expect(growth(NEIGHBORS[name])).toEqual([]);
});

test.each(Object.keys(REFUSED))(
  "an API costs the same, however many there are, which is refused because of %s",
  (name) => {
    const synth = (fill: (stack: TerraformStack) => void): void => void messageOf(() => synthesized(fill));
    expect(growth(REFUSED[name], synth)).toEqual([]);
  },
);
