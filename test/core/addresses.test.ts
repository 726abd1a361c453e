import { TerraformResource, TerraformStack } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { ApimGateway, ApimSku } from "cdktf-secure-apim-backend";
import { everythingOn, resourcesOf } from "../gateway/everything";
import { bodiesOf } from "../helpers/graph";
import { everything } from "../helpers/security-table";
import { GROUP, Json, stackWithProviders, synth } from "../helpers/synth";

/* An address is an identity: `moved` is the way to rename. It works for everything that the library makes, and nothing opens by it. */

/** A resource with the same attributes in another place. */
class Copy extends TerraformResource {
  constructor(private readonly original: TerraformResource) {
    super(original, "Copy", { terraformResourceType: original.terraformResourceType });
  }

  public override get terraformMetaArguments(): Json {
    return this.original["terraformMetaArguments"];
  }

  protected override synthesizeAttributes(): Json {
    return this.original["synthesizeAttributes"]();
  }
}

/** Every kind of app, gateway and registration. */
const apps = (): TerraformStack => everything(lib);

/** Every kind of resource on a gateway. */
function onGateway(): TerraformStack {
  const stack = stackWithProviders();
  const publisher = { publisherName: "Contoso", publisherEmail: "api@contoso.com" };
  everythingOn(stack, new ApimGateway(stack, "Gateway", { resourceGroup: GROUP, sku: ApimSku.BASIC, ...publisher }));
  return stack;
}

const movedIn = (json: Json): Json[] => json.moved ?? [];
const kindsOf = (addresses: readonly string[]): string[] =>
  [...new Set(addresses.map((each) => each.split(".")[0]))].sort();

describe.each([
  ["apps, gateways and registrations", apps],
  ["what is on a gateway", onGateway],
])("the address of %s can be changed", (_, make) => {
  test("by moveTo", () => {
    const stack = make();
    const resources = resourcesOf(stack);
    for (const resource of resources) {
      new Copy(resource).addMoveTarget(resource.node.path);
      resource.moveTo(resource.node.path);
    }
    const moved = movedIn(synth(stack));
    expect(moved).toHaveLength(resources.length);
    expect(kindsOf(moved.map(({ to }) => to))).toEqual(
      kindsOf(resources.map(({ terraformResourceType }) => terraformResourceType)),
    );
  });

  test("by moveToId", () => {
    const stack = make();
    const resources = resourcesOf(stack);
    for (const resource of resources)
      resource.moveToId(`${resource.terraformResourceType}.${new Copy(resource).friendlyUniqueId}`);
    expect(movedIn(synth(stack))).toHaveLength(resources.length);
  });

  test("by moveFromId, and the resource stays as it is guarded", () => {
    const stack = make();
    const resources = resourcesOf(stack);
    const before = [...bodiesOf(synth(stack)).keys()];
    for (const resource of resources) resource.moveFromId(`${resource.terraformResourceType}.former`);
    const json = synth(stack);
    expect(movedIn(json)).toHaveLength(resources.length);
    expect([...bodiesOf(json).keys()]).toEqual(before);
  });

  test("by overrideLogicalId, if nothing refers to it", () => {
    const stack = make();
    const free = resourcesOf(stack).filter((resource) => resource["_friendlyUniqueId"] === undefined);
    free.forEach((resource, index) => resource.overrideLogicalId(`chosen${index}`));
    const { resource } = synth(stack);
    expect(
      free.filter(({ terraformResourceType }, index) => !resource[terraformResourceType][`chosen${index}`]),
    ).toEqual([]);
    expect(free.length).toBeGreaterThan(5);
  });
});
