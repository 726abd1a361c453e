import { TerraformResource, Testing } from "cdktf";
import { EXAMPLES } from "../../examples/index";
import { blocksOf, replacedWith, upstreamOf } from "../helpers/graph";
import { findings, Json, synth } from "../helpers/synth";

const names = Object.keys(EXAMPLES);
const synthesized = Object.fromEntries(names.map((name): [string, Json] => [name, synth(make(name))]));

function make(name: string) {
  return new EXAMPLES[name](Testing.app(), name);
}

/** The service that a resource hangs on by name or by id, if the same state makes it. */
function serviceOf({ api_management_name, api_management_id, api_id, parent_id }: Json): string | undefined {
  const value = [api_management_name, api_management_id, api_id, parent_id].find((each) => each !== undefined);
  return /(?<![\w.])azurerm_api_management\.[\w-]+/.exec(String(value))?.[0];
}

/** What hangs on a service of the same state, with the service. */
function children(json: Json): { address: string; service: string }[] {
  return [...blocksOf(json)]
    .filter(([address]) => !address.startsWith("data."))
    .flatMap(([address, block]) => {
      const service = serviceOf(block);
      return service === undefined ? [] : [{ address, service }];
    });
}

test.each(names)("%s makes everything on its gateway again when the gateway is replaced", (name) => {
  const json = synthesized[name];
  const without = children(json).filter(({ address, service }) => !replacedWith(json, service).has(address));
  expect(without.map(({ address }) => address)).toEqual([]);
});

test.each(names.filter((name) => children(synthesized[name]).length > 0))("%s lets no override change that", (name) => {
  const stack = make(name);
  const triggered = stack.node
    .findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
    .filter(({ lifecycle }) => lifecycle?.replaceTriggeredBy !== undefined);
  triggered.forEach((resource) =>
    resource.addOverride("lifecycle", { prevent_destroy: true, replace_triggered_by: undefined }),
  );
  const removed = findings(stack).filter((line) => line.includes("(replace-trigger-removed)"));
  expect(removed).toHaveLength(triggered.length);
});

/** What exists once under its name, or is a right: Terraform must not make a second one before it removes the first. */
const NAMED = /^azurerm_api_management_(?:api_version_set|backend|named_value|policy_fragment)\./;
const DATA = /^data\.(?:azurerm_client_config|terraform_remote_state|azurerm_api_management)\./;

test.each(names)(
  "%s creates nothing before it destroys but what policies name on a gateway of another state",
  (name) => {
    const json = synthesized[name];
    const seeds = [...blocksOf(json)].filter(([, { lifecycle }]) => lifecycle?.create_before_destroy);
    const spread = upstreamOf(
      json,
      seeds.map(([address]) => address),
    );
    expect([...spread].filter((address) => !NAMED.test(address) && !DATA.test(address))).toEqual([]);
  },
);
