import { TerraformResource } from "cdktf";
import * as lib from "cdktf-secure-apim-backend";
import { ApimGateway } from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { everything, FAMILIES } from "../helpers/security-table";
import { findings, GROUP, stackWithProviders, synth } from "../helpers/synth";

/* What docs/reference/security-defaults.md says is checked: looser is an error, stricter is not. */

const cases = FAMILIES.flatMap(({ id, resources, rows }) =>
  resources.flatMap((resource) =>
    rows.map(({ attribute, looser, stricter = [] }) => ({ id, resource, attribute, looser, stricter })),
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

test.each(cases)("$attribute of $resource", ({ id, resource: path, attribute, looser, stricter }) => {
  const resource = find(path);
  for (const value of looser)
    whileSet(resource, attribute, value, () =>
      expect(resource.node.validate()).toEqual([
        refusal(id, `app/${path.replace(/\/(Resource|ServicePrincipal)$/, "")}`, attribute.split(".")[0]),
      ]),
    );
  for (const value of stricter)
    whileSet(resource, attribute, value, () => expect(resource.node.validate()).toEqual([]));
  expect(resource.node.validate()).toEqual([]);
});

test.each(cases.filter(({ looser, attribute }) => looser.length > 0 && !["count", "for_each"].includes(attribute)))(
  "$attribute of $resource cannot be ignored",
  ({ resource: path, attribute }) => {
    const resource = find(path);
    const entry = attribute.replace(/\.0\..*/, "").replace(".", "[0].");
    whileSet(resource, "lifecycle.ignore_changes", [entry], () =>
      expect(resource.node.validate()).toEqual([refusal("guarded-attribute-ignored", attribute.split(".")[0])]),
    );
  },
);

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
