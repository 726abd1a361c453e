import { TerraformResource } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { ApimGateway } from "cdktf-secure-apim-backend";
import { IConstruct } from "constructs";
import { GuardedAttributes } from "../../lib/core/guard";
import { stateOf } from "../../lib/core/state";
import { refusal } from "../helpers/refusal";
import { asIgnored, changedIn, everything, FAMILIES, ignoredIn, Row } from "../helpers/security-table";
import { findings, GROUP, Json, stackWithProviders, synth } from "../helpers/synth";

/* What docs/reference/security-defaults.md says is checked: looser is an error, stricter is not. */

const cases = FAMILIES.flatMap(({ id, resources, rows }) =>
  resources.flatMap((resource) =>
    rows.map(({ attribute, named = attribute, looser, stricter = [] }) => ({
      id,
      resource,
      attribute,
      named,
      looser,
      stricter,
    })),
  ),
);

const stack = everything(lib);
const find = (path: string): TerraformResource =>
  path
    .split("/")
    .reduce((scope, id) => scope.findChild(id).node, stack.node)
    .scopes.at(-1) as TerraformResource;

/** Runs what is said with another value of an attribute, and sets it back. */
function whileSet(resource: TerraformResource, attribute: string, value: unknown, run: () => void): void {
  resource.addOverride(attribute, value);
  try {
    run();
  } finally {
    const raw: Record<string, unknown> = resource["rawOverrides"];
    Object.keys(raw).forEach((name) => delete raw[name]);
  }
}

test("what nothing changes has no finding", () => {
  expect(() => synth(everything(lib))).not.toThrow();
});

test.each(cases)("$attribute of $resource", ({ id, resource: path, attribute, named, looser, stricter }) => {
  const resource = find(path);
  for (const value of looser)
    whileSet(resource, attribute, value, () => {
      const found = resource.node.validate();
      expect(found).toEqual([refusal(id, `app/${path.replace(/\/(Resource|ServicePrincipal)$/, "")}`)]);
      expect(changedIn(found[0])).toContain(named);
    });
  for (const value of stricter)
    whileSet(resource, attribute, value, () => expect(resource.node.validate()).toEqual([]));
  expect(resource.node.validate()).toEqual([]);
});

test.each(cases.filter(({ looser, attribute }) => looser.length > 0 && !["count", "for_each"].includes(attribute)))(
  "$attribute of $resource cannot be ignored",
  ({ resource: path, named }) => {
    const resource = find(path);
    whileSet(resource, "lifecycle.ignore_changes", [asIgnored(named)], () => {
      const found = resource.node.validate();
      expect(found).toEqual([refusal("guarded-attribute-ignored")]);
      expect(ignoredIn(found[0])).toEqual([named]);
    });
  },
);

test("every checked attribute has a row", () => {
  const nameOf = ({ attribute, named = attribute }: Row): string => named;
  const checked = new Map<string, string[]>();
  const isGuarded = (node: IConstruct): node is TerraformResource => TerraformResource.isTerraformResource(node);
  for (const resource of stack.node.findAll().filter(isGuarded)) {
    const { attributes }: Pick<Json, "attributes"> = stateOf(resource, "guard", () => ({ attributes: [] }));
    const type = resource.terraformResourceType;
    const names = attributes.flatMap((each: GuardedAttributes) => Object.keys(each.attributes));
    checked.set(type, [...(checked.get(type) ?? []), ...names]);
  }
  const rows = new Map<string, Set<string>>();
  for (const { resources, rows: ofFamily } of FAMILIES)
    for (const path of resources) {
      const type = find(path).terraformResourceType;
      rows.set(type, new Set([...(rows.get(type) ?? []), ...ofFamily.map(nameOf)]));
    }
  const missing = [...checked].flatMap(([type, names]) =>
    names.filter((name) => !rows.get(type)?.has(name)).map((name) => `${type}.${name}`),
  );
  expect([...new Set(missing)]).toEqual([]);
});

test("more app roles may be added", () => {
  const application = find("Web/Backend/Registration/Resource");
  whileSet(application, "app_role", [{ value: "Other", allowed_member_types: ["User"] }], () =>
    expect(application.node.validate()).toEqual([]),
  );
});

test("a gateway on Consumption has no settings for ciphers, and none may be turned on", () => {
  const consumption = stackWithProviders();
  const gateway = new ApimGateway(consumption, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  expect(() => synth(consumption)).not.toThrow();
  gateway.apiManagement.addOverride("security.triple_des_ciphers_enabled", true);
  expect(findings(consumption)).toEqual([
    refusal("gateway-security-changed", "app/Gateway/Resource", "security.triple_des_ciphers_enabled"),
  ]);
});
