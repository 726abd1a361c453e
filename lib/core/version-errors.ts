import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about versions and revisions of APIs; see `errors.ts`. */

export function otherVersioningScheme(): string {
  return (
    'The version set "${self.name}" has the scheme ${self.versioning_scheme}, or another header or query parameter than was ' +
    "given. Write the scheme that it has: scheme: VersioningScheme.PATH, .header(...) or .query(...)."
  );
}

export function pathBesideVersion(scope: Construct, path: string, versionSet: string): Error {
  return at(
    scope,
    `The path "${path}" is given beside a version, whose path is that of the version set "${versionSet}". Leave path out here, and ` +
      `write it on the version set.`,
  );
}

export function versionSetOfOtherGateway(scope: Construct, versionSet: string, its: string, gateway: string): Error {
  return at(
    scope,
    `The version set "${versionSet}" is on the gateway "${its}", and this API on "${gateway}". Write a version set on the gateway of ` +
      `the API.`,
  );
}

export function versionTaken(scope: Construct, version: string, versionSet: string, holder: string): Error {
  return at(
    scope,
    `The version "${version}" of the version set "${versionSet}" is taken by "${holder}". Write another one: ` +
      `version: { versionSet, name: "..." }.`,
  );
}

export function pathOfVersionSetTaken(
  scope: Construct,
  path: string,
  versionSet: string,
  gateway: string,
  holder: string,
): Error {
  return at(
    scope,
    `The path "${path}" of the version set "${versionSet}" is taken by "${holder}" on the gateway "${gateway}". Write another one: ` +
      `new ApiVersionSet(this, "...", { gateway, path: "..." }).`,
  );
}

export function pathOfVersionTaken(
  scope: Construct,
  path: string,
  version: string,
  gateway: string,
  holder: string,
): Error {
  return at(
    scope,
    `The path "${path}" of the version "${version}" is taken by "${holder}" on the gateway "${gateway}". Write another name for the ` +
      `version, or another path on its version set.`,
  );
}
