import { Construct } from "constructs";
import { ApiSurfaceConfig } from "../api/api-surface";
import { claim, originalOf } from "../core/claims";
import { fail } from "../core/fail";
import { IApimGateway } from "../gateway/gateway";

/** Claims the path and the name of an API on the gateway. The versions of a version set that have one path share it. */
export function claimApi(scope: Construct, gateway: IApimGateway, api: ApiSurfaceConfig): void {
  const owner = api.version ? originalOf(api.version.versionSet) : scope;
  const samePath = claim(gateway, "path", api.path, owner);
  if (samePath !== undefined && samePath !== owner.node.path) {
    if (api.version)
      fail(
        scope,
        "path-of-version-taken",
        `The path "${api.path}" of version "${api.version.name}" on gateway "${gateway.node.path}" is already used by "${samePath}".`,
        "Choose another name for the version, or another path on its version set.",
      );
    fail(
      scope,
      "path-taken",
      `The path "${api.path}" on gateway "${gateway.node.path}" is already used by "${samePath}".`,
      'Choose another path: surface: ApiSurface.wildcard({ path: "..." }).',
    );
  }
  const sameName = claim(gateway, "name", api.apiName, scope);
  if (sameName !== undefined)
    fail(
      scope,
      "api-name-taken",
      `The API name "${api.apiName}" on gateway "${gateway.node.path}" is already used by "${sameName}".`,
      'Choose another name: surface: ApiSurface.wildcard({ apiName: "..." }).',
    );
}
