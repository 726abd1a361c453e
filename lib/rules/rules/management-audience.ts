import { isManagementAudience, MANAGEMENT_HOSTS } from "../../entra/audience-text";
import { isAtOrBelow } from "../../azure/clouds/hosts";
import { attributeOf } from "../../policy/syntax/source-tree";
import { tokensForBackend } from "../identity";
import { hostOf } from "../model/host";
import { canGoElsewhere, destinationsOf } from "../model/destinations";
import type { Model } from "../model/model";
import type { PolicyText } from "../model/policy-text";
import { judgedAt, Judgement, SecurityRule, Verdict } from "../rule";

/** With such a token, a backend can act as the gateway in Azure or Microsoft Graph. */
export const MANAGEMENT_AUDIENCE: SecurityRule = {
  id: "management-audience",
  title: "Tokens for Azure Resource Manager and Microsoft Graph go only there.",
  severity: "error",
  control: "IM-8",
  cwe: 522,
  judges: (model) => model.policies.flatMap((policy) => judgePolicy(model, policy)),
};

function judgePolicy(model: Model, policy: PolicyText): Judgement[] {
  return tokensForBackend(policy).map(({ element }) => {
    const audience = policy.valueOf(attributeOf(element, "resource") ?? "");
    const text = `<${element.name}> gets a token for ${audience.text}, which goes to a backend that is not Azure. The backend could act as the gateway.`;
    const remedy = "Write the client ID or the application ID URI of the backend's own app registration in resource.";
    if (audience.text === undefined || /^\s*@|\{\{/.test(audience.text))
      return judgedAt(
        policy,
        element.start,
        isReference(policy, audience.template),
        "The audience of the token is known only when Terraform or the gateway runs.",
        remedy,
      );
    const verdict = isManagementAudience(audience.text.trim()) ? goesTo(model, policy) : "complies";
    const unknown = `Where the token for ${audience.text} goes is known only when Terraform runs.`;
    return judgedAt(policy, element.start, verdict, verdict === "unknown" ? unknown : text, remedy);
  });
}

/** What refers to a registration of this app is no registration of Microsoft's. */
function isReference(policy: PolicyText, template: string): Verdict {
  const referenced = policy.resource.stack.referencedBy(policy.resource.stack.valueOf(template));
  return referenced.some(({ mode, type }) => mode === "resource" && type.startsWith("azuread_application"))
    ? "complies"
    : "unknown";
}

function goesTo(model: Model, policy: PolicyText): Verdict {
  const hosts = destinationsOf(model, policy).map(({ text, beginning }) => hostOf(text ?? beginning));
  const isManagement = (host: string): boolean => MANAGEMENT_HOSTS.some((domain) => isAtOrBelow(host, domain));
  if (hosts.length === 0 || !hosts.every(isManagement)) return "violated";
  return canGoElsewhere(model, policy) ? "unknown" : "complies";
}
