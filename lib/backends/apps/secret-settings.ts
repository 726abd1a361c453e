import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../../core/fail";
import { signsOfSecret } from "../../core/signs-of-secret";

/** A reference to a secret, and how a binding of the functions host says that it uses an identity. */
const NO_SECRET = /^(@Microsoft\.KeyVault\(.*\)|managedidentity)$/is;

/**
 * Warns of settings of an app that seem to hold a secret.
 *
 * @param property the property of the settings, such as `appSettings`
 */
export function warnOfSecrets(
  scope: Construct,
  property: string,
  settings?: { readonly [name: string]: string },
): void {
  for (const [name, value] of Object.entries(settings ?? {})) {
    const signs = typeof value === "string" && !NO_SECRET.test(value) ? signsOfSecret(scope, name, value) : undefined;
    if (signs !== undefined)
      Annotations.of(scope).addWarning(
        finding(
          "secret-in-app-setting",
          `"${name}" in ${property} seems to be a secret (${signs}). It is plain text in the Terraform state and in Azure.`,
          `Give the app's identity (principalId of the backend) a role on the service instead. If the service needs a secret, refer to a key vault: ` +
            `"@Microsoft.KeyVault(SecretUri=https://<vault>.vault.azure.net/secrets/<name>)", or to a secret of the container app.`,
        ),
      );
  }
}
