import { Construct } from "constructs";
import { claim, originalOf } from "../../core/claims";
import { fail } from "../../core/fail";
import { requireLiteral } from "../../core/literal";
import { checkName } from "../../core/names";
import { IApimGateway } from "../../gateway/gateway";
import { NAME_RULES } from "../../gateway/name-rules";
import { ApiVersion } from "./api-version";

/** The version, if an API on the gateway can have it: of a version set on this gateway, with a name that no other API has. */
export function checkedVersion(
  scope: Construct,
  gateway: IApimGateway,
  version: ApiVersion,
  givenPath: string | undefined,
): ApiVersion {
  const { versionSet, name } = version;
  const set = versionSet.node.path;
  if (givenPath !== undefined) {
    fail(
      scope,
      "path-with-version",
      `You gave the path "${givenPath}" and a version, whose path is that of the version set "${set}".`,
      "Omit path here, and write it on the version set.",
    );
  }
  requireLiteral(scope, "The name of a version", name);
  checkName(scope, NAME_RULES.version, name, name.replace(/[^\w.-]+/g, "-"));
  if (originalOf(versionSet.gateway) !== originalOf(gateway)) {
    fail(
      scope,
      "version-set-on-other-gateway",
      `The version set "${set}" is on the gateway "${versionSet.gateway.node.path}", but this API is on "${gateway.node.path}".`,
      "Use a version set on the gateway of the API.",
    );
  }
  const sameName = claim(versionSet, "version", name, scope);
  if (sameName !== undefined) {
    fail(
      scope,
      "version-taken",
      `The version "${name}" of the version set "${set}" is already taken by "${sameName}".`,
      'Use another name: version: { versionSet, name: "..." }.',
    );
  }
  const owner = originalOf(versionSet);
  const samePath = claim(gateway, "path", versionSet.path, owner);
  if (samePath !== undefined && samePath !== owner.node.path) {
    fail(
      scope,
      "version-set-path-taken",
      `The path "${versionSet.path}" of the version set "${set}" is already taken by "${samePath}" on the gateway "${gateway.node.path}".`,
      'Use another path: new ApiVersionSet(this, "...", { gateway, path: "..." }).',
    );
  }
  return version;
}
