/*
 * What differs between the package for CDK for Terraform (`cdktf`) and the one for CDK Terrain (`cdktn`): names of packages and of
 * commands. The framework's files and folders, `cdktf.json` and `cdktf.out`, keep their names on CDK Terrain.
 */

/** What an import names, or a file of it. */
const IMPORT = /(?<=\bfrom |\bimport\(|\brequire\()"cdktf(?=["/])/g;

/** The package and its command. Not the repository, which has both, and not what all copies in an app share. */
const PACKAGE = /(?<!\/|Symbol\.for\(")cdktf(?=[-_]secure[-_]apim[-_]backend)/g;

/** The framework and its command in a sentence. */
const FRAMEWORK = /\bcdktf(?=(?:-cli@[\d.]+)?(?: [a-z]|, ))/g;

/** The file that names both packages, and the line in it that says which one it is in. */
const OF_BOTH = "lib/core/one-framework.ts";
const OWN = "const OWN: string = CDKTF;";

/** A file of the package for CDK Terrain, from the one with the same path in this repository. */
export function rewritten(path, text) {
  const imported = text.replace(IMPORT, '"cdktn').replaceAll('"@cdktf/provider-', '"@cdktn/provider-');
  if (path !== OF_BOTH) return imported.replace(PACKAGE, "cdktn").replace(FRAMEWORK, "cdktn");
  if (!imported.includes(OWN)) throw new Error(`${path} does not have the line ${OWN}`);
  return imported.replace(OWN, "const OWN: string = CDK_TERRAIN;");
}
