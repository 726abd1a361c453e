import { Construct } from "constructs";
import { ApiSurfaceConfig } from "../api/api-surface";
import { refuseSecondBackend } from "../api/second-backend";
import { claim, originalOf } from "../core/claims";
import { fail } from "../core/fail";
import { IApimGateway } from "../gateway/gateway";

/**
 * Claims the path and the name of an API on the gateway. The versions of a version set that have one path share it.
 *
 * @param factory the call that published the API
 */
export function claimApi(scope: Construct, gateway: IApimGateway, factory: string, api: ApiSurfaceConfig): void {
  const isOwn = factory === "ApiSurface.fromApi";
  const owner = api.version ? originalOf(api.version.versionSet) : scope;
  const pathOwner = claim(gateway, "path", api.path, owner);
  if (pathOwner !== undefined && pathOwner !== owner.node.path) {
    if (api.version)
      fail(
        scope,
        "path-of-version-taken",
        `The path "${api.path}" of version "${api.version.name}" on gateway "${gateway.node.path}" is already used by "${pathOwner}".`,
        "Choose another name for the version, or another path on its version set.",
      );
    fail(
      scope,
      "path-taken",
      `The path "${api.path}" on gateway "${gateway.node.path}" is already used by "${pathOwner}".`,
      isOwn
        ? "Choose another path on your ApiManagementApi."
        : `Choose another path: surface: ${factory}(...) with path: "...".`,
    );
  }
  const nameOwner = claim(gateway, "name", api.apiName, scope);
  if (nameOwner === undefined) return;
  if (!api.api) refuseSecondBackend(scope, api.apiName, nameOwner);
  fail(
    scope,
    "api-name-taken",
    `The API name "${api.apiName}" on gateway "${gateway.node.path}" is already used by "${nameOwner}".`,
    isOwn
      ? "Choose another name on your ApiManagementApi."
      : `Choose another name: surface: ${factory}(...) with apiName: "...".`,
  );
}
