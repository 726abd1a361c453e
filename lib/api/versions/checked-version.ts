import { requireLiteral } from "../../core/literal";
import { Construct } from "constructs";
import { claim, originalOf } from "../../core/claims";
import { checkName } from "../../core/names";
import { NAME_RULES } from "../../gateway/name-rules";
import { IApimGateway } from "../../gateway/gateway";
import { ApiVersion } from "./api-version";
import { fail } from "../../core/fail";

/** A version that an API on the gateway can be: of a version set there, under a name that no other API has. */
export function checkedVersion(
  scope: Construct,
  gateway: IApimGateway,
  version: ApiVersion,
  givenPath: string | undefined,
): ApiVersion {
  const { versionSet, name } = version;
  const set = versionSet.node.path;
  if (givenPath !== undefined)
    fail(
      scope,
      "path-beside-version",
      `The path "${givenPath}" is given beside a version, whose path is that of the version set "${set}". Leave path out here, and ` +
        `write it on the version set.`,
    );
  requireLiteral(scope, "the name of a version", name);
  checkName(scope, NAME_RULES.version, name, name.replace(/[^\w.-]+/g, "-"));
  if (originalOf(versionSet.gateway) !== originalOf(gateway)) {
    fail(
      scope,
      "version-set-of-other-gateway",
      `The version set "${set}" is on the gateway "${versionSet.gateway.node.path}", and this API on "${gateway.node.path}". Write a version set on the gateway of ` +
        `the API.`,
    );
  }
  const sameName = claim(versionSet, "version", name, scope);
  if (sameName !== undefined)
    fail(
      scope,
      "version-taken",
      `The version "${name}" of the version set "${set}" is taken by "${sameName}". Write another one: ` +
        `version: { versionSet, name: "..." }.`,
    );
  const owner = originalOf(versionSet);
  const samePath = claim(gateway, "path", versionSet.path, owner);
  if (samePath !== undefined && samePath !== owner.node.path) {
    fail(
      scope,
      "path-of-version-set-taken",
      `The path "${versionSet.path}" of the version set "${set}" is taken by "${samePath}" on the gateway "${gateway.node.path}". Write another one: ` +
        `new ApiVersionSet(this, "...", { gateway, path: "..." }).`,
    );
  }
  return version;
}
