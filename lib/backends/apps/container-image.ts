import { Annotations, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { LinuxFunctionAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-function-app";
import type { LinuxWebAppSiteConfigApplicationStack } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { IDENTITY } from "../../azure/refs/user-assigned-identity";
import { fail, finding } from "../../core/fail";
import { described, requireGiven } from "../../core/given";
import { guard } from "../../core/guard";
import { isToken } from "../../core/tokens";
import { checkedRegistry, ContainerRegistryAccess } from "./container-registry";

const EXAMPLE = 'AppRuntime.container("contoso.azurecr.io/orders:1.4.2", { server: "contoso.azurecr.io", identity })';
const DOCKER_HUB = "index.docker.io";

/** An image in a registry: `contoso.azurecr.io/orders:1.4.2` is `orders:1.4.2` on `contoso.azurecr.io`. */
interface LocatedImage {
  readonly server: string;
  readonly name: string;
}

/** The image as a web app has it. */
export function webStack(
  scope: Construct,
  image: string,
  registry?: ContainerRegistryAccess,
): LinuxWebAppSiteConfigApplicationStack {
  const { server, name } = located(scope, image, registry);
  return { dockerImageName: name, dockerRegistryUrl: `https://${server}` };
}

/** The image as a function app has it, which takes the tag separately. */
export function functionStack(
  scope: Construct,
  image: string,
  registry?: ContainerRegistryAccess,
): LinuxFunctionAppSiteConfigApplicationStack {
  const { server, name } = located(scope, image, registry);
  const colon = name.lastIndexOf(":");
  if (colon < 0 && isToken(name.slice(name.lastIndexOf("/") + 1)))
    fail(
      scope,
      "tag-of-image-unknown",
      `Only Terraform knows whether the image "${image}" has a tag. Function apps take the tag separately from the name.`,
      `Write the tag after a colon: ${EXAMPLE}.`,
    );
  const [imageName, imageTag] = colon < 0 ? [name, "latest"] : [name.slice(0, colon), name.slice(colon + 1)];
  return { docker: [{ registryUrl: `https://${server}`, imageName, imageTag }] };
}

/** What makes App Service read a private registry with an identity, without a password. */
export function registryConfig(scope: Construct, registry: ContainerRegistryAccess | undefined) {
  if (registry === undefined) return {};
  const { clientId } = requireGiven(scope, registry.identity, { name: "identity in registry", ...IDENTITY });
  return { containerRegistryUseManagedIdentity: true, containerRegistryManagedIdentityClientId: clientId };
}

function located(scope: Construct, image: string, registry?: ContainerRegistryAccess): LocatedImage {
  if (typeof image !== "string" || image === "" || image.includes("://") || /\s|[/:@]$/.test(image))
    fail(
      scope,
      "invalid-container-image",
      `AppRuntime.container(${described(image)}) is not the name of an image.`,
      `Write the registry, the name and the tag: ${EXAMPLE}.`,
    );
  if (registry !== undefined) {
    const { server } = checkedRegistry(scope, registry);
    if (!image.startsWith(`${server}/`))
      fail(
        scope,
        "image-of-another-registry",
        `The image "${image}" is not in the registry "${server}".`,
        `Begin the name of the image with the registry: ${EXAMPLE}.`,
      );
    return { server, name: image.slice(server.length + 1) };
  }
  const [first, ...rest] = image.split("/");
  if (isToken(first))
    fail(
      scope,
      "registry-of-image-unknown",
      `Only Terraform knows the registry of the image "${image}".`,
      `Name the registry: ${EXAMPLE}.`,
    );
  const isServer = rest.length > 0 && /[.:]/.test(first);
  if (!isServer) return { server: DOCKER_HUB, name: image };
  if (/\.azurecr\.(?:io|us|cn)$/i.test(first)) warnOfRegistry(scope, first);
  return { server: first, name: rest.join("/") };
}

function warnOfRegistry(scope: Construct, server: string): void {
  Annotations.of(scope).addWarning(
    finding(
      "registry-without-identity",
      `The app has no identity for the registry "${server}". Unless the registry allows anonymous pull, the app will not start.`,
      `Pass an identity with the role AcrPull: ${EXAMPLE}.`,
    ),
  );
}

/** Guards that the app reads its registry with its identity, and with no password. */
export function guardRegistry(app: TerraformResource, registry: ContainerRegistryAccess | undefined): void {
  const { identity } = registry ?? {};
  const ofStack = app.terraformResourceType.includes("function_app") ? "docker.registry" : "docker_registry";
  const credentials = `site_config.application_stack.${ofStack}`;
  guard(app, {
    attributes: {
      ...(identity && {
        "site_config.container_registry_use_managed_identity": true,
        "site_config.container_registry_managed_identity_client_id": identity.clientId,
      }),
      [`${credentials}_username`]: undefined,
      [`${credentials}_password`]: undefined,
    },
    changed: (attributes) =>
      finding(
        "registry-access-changed",
        `The registry access of the app "${app.node.path}" was changed after it was set, so the password of the registry's admin could be ` +
          `in the Terraform state.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Pass an identity with the role AcrPull: ${EXAMPLE}.`,
      ),
  });
}
