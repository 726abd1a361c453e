import { Construct } from "constructs";
import { claim, originalOf } from "../../core/claims";
import { tokenForLiteral } from "../../core/errors";
import { checkName, NAME_RULES } from "../../core/names";
import { isToken } from "../../core/tokens";
import * as errors from "../../core/version-errors";
import { IApimGateway } from "../../gateway/gateway";
import { ApiVersion } from "../api-version";

/** A version that an API on the gateway can be: of a version set there, under a name that no other API has. */
export function checkedVersion(
  scope: Construct,
  gateway: IApimGateway,
  version: ApiVersion,
  givenPath: string | undefined,
): ApiVersion {
  const { versionSet, name } = version;
  const set = versionSet.node.path;
  if (givenPath !== undefined) throw errors.pathBesideVersion(scope, givenPath, set);
  if (isToken(name)) throw tokenForLiteral(scope, "the name of a version");
  checkName(scope, NAME_RULES.version, name, name.replace(/[^\w.-]+/g, "-"));
  if (originalOf(versionSet.gateway) !== originalOf(gateway)) {
    throw errors.versionSetOfOtherGateway(scope, set, versionSet.gateway.node.path, gateway.node.path);
  }
  const sameName = claim(versionSet, "version", name, scope);
  if (sameName !== undefined) throw errors.versionTaken(scope, name, set, sameName);
  const owner = originalOf(versionSet);
  const samePath = claim(gateway, "path", versionSet.path, owner);
  if (samePath !== undefined && samePath !== owner.node.path) {
    throw errors.pathOfVersionSetTaken(scope, versionSet.path, set, gateway.node.path, samePath);
  }
  return version;
}
