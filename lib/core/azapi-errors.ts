/* Every message about the azapi provider; cdktf adds the construct. */

export function azapiOfOtherVersion(provider: string, version: string): string {
  return (
    `The azapi provider "${provider}" asks for version "${version}", and the sign-in of container apps and of apps of other states ` +
    `is written for version 2. Write "Azure/azapi@~> 2.0" in terraformProviders of cdktf.json, and run cdktf get.`
  );
}
