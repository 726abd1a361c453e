import { CLOUD_NAMES, CloudName, cloudOfEnvironment, CLOUDS } from "../../azure/clouds/hosts";
import { attributeOf } from "../../policy/syntax/source-tree";
import { hostOf } from "../model/host";
import type { Resource } from "../model/resource";
import type { Value } from "../model/value";
import { judged, judgedAt, SecurityRule, Verdict } from "../rule";

const REMEDY = "Write the sign-in host of the cloud that the provider azurerm is set to.";

export const ISSUER_OF_OTHER_CLOUD: SecurityRule = {
  id: "issuer-of-other-cloud",
  title: "Tokens come from the sign-in of the cloud that the stack is for.",
  severity: "error",
  control: "IM-1",
  cwe: 346,
  judges: ({ apps, policies }) => [
    ...apps.flatMap(({ signIn }) => {
      if (!signIn) return [];
      const { resource, issuer } = signIn;
      const { verdict, text } = comparison(resource, issuer.value);
      if (verdict === undefined) return [];
      const holds = verdict === "unknown" ? undefined : verdict === "complies";
      return judged(resource, issuer.attribute, holds, `${issuer.attribute} ${text}`, REMEDY);
    }),
    ...policies.flatMap((policy) =>
      policy.located
        .filter(({ element }) => element.name === "openid-config")
        .flatMap(({ element }) => {
          const { verdict, text } = comparison(policy.resource, policy.valueOf(attributeOf(element, "url") ?? ""));
          if (verdict === undefined) return [];
          return judgedAt(policy, element.start, verdict, `<openid-config> ${text}`, REMEDY);
        }),
    ),
  ],
};

/** What the provider of a resource is set to: the one that the resource names, or the one without an alias. */
function environmentOf(resource: Resource): Value {
  const alias = /^(?:\$\{)?azurerm\.([\w-]+)\}?$/.exec(resource.at("provider").template)?.[1];
  const providers = resource.stack.values("provider.azurerm").flatMap(({ elements }) => elements);
  const [provider] = providers.filter((each) => each.at("alias").text === alias);
  return provider?.at("environment") ?? resource.stack.at("provider.azurerm.none");
}

/** None for an issuer that is not Entra ID. */
function comparison(resource: Resource, issuer: Value): { readonly verdict?: Verdict; readonly text: string } {
  const host = hostOf(`${issuer.beginning}/`);
  const clouds = CLOUD_NAMES.filter((name) => [...CLOUDS[name].signIn, CLOUDS[name].issuerOfVersion1].includes(host));
  if (clouds.length === 0) return { text: "" };
  const environment = environmentOf(resource);
  const cloud: CloudName | undefined = environment.isAbsent ? "public" : cloudOfEnvironment(environment.text ?? "");
  const isSame = cloud !== undefined && clouds.includes(cloud);
  // Without an attribute, a variable of the machine can choose the cloud.
  const verdict = isSame ? "complies" : cloud === undefined || environment.isAbsent ? "unknown" : "violated";
  const title = cloud && CLOUDS[cloud].title;
  return {
    verdict,
    text: `has the host ${host}, but the stack is for ${title ?? "another cloud"}: no token is accepted.`,
  };
}
