import { capitalized } from "../core/capitalized";
import { FRAGMENT_NOT_VISIBLE } from "../policy/findings/backend-choice";
import { BROKEN_CODE } from "../policy/findings/broken-code";
import * as gatewayToken from "../policy/findings/gateway-token";
import { LATE_CORS } from "../policy/findings/limits";
import { LITERAL_SECRET } from "../policy/findings/literal-secret";
import { NOT_XML } from "../policy/findings/not-xml";
import { operationFindings } from "../policy/findings/operation-policy";
import { findingsOf } from "../policy/findings/findings";
import { allOf, examine, Examined, PolicyFinding, PolicyRule } from "../policy/findings/rule";
import * as structure from "../policy/findings/structure";
import { UNKNOWN_POLICY, UNKNOWN_SECTION } from "../policy/findings/unknown";
import { signsIn } from "./model/apis";
import type { Model } from "./model/model";
import type { PolicyText } from "./model/policy-text";
import { Judgement, SecurityRule } from "./rule";

/** What lib/policy finds in a document, as a rule of the same id. */
function ofPolicy(rule: PolicyRule, title: string, control: string, cwe?: number): SecurityRule {
  const { id, severity } = rule;
  return {
    id,
    title,
    severity: severity === "conflict" ? "error" : "warning",
    control,
    cwe,
    judges: (model) => judgements(model, id, (policy) => findingsOf([{ ...rule, when: undefined }], examined(policy))),
  };
}

/** What lib/policy finds in the policy of an operation, whose API adds the gateway's token. */
function ofOperation(id: string, title: string, severity: SecurityRule["severity"] = "error"): SecurityRule {
  return { id, title, severity, control: "IM-3", judges: (model) => judgements(model, id, () => []) };
}

function judgements(model: Model, id: string, ofDocument: (policy: PolicyText) => PolicyFinding[]): Judgement[] {
  return model.policies.flatMap((policy) => {
    if (!policy.tree || !isDocument(policy))
      return id in ROOTS && policy.tree ? inText(policy, ofDocument(policy)) : [];
    // What Terraform puts there is not known to be a text.
    if (id === structure.TEXT_BESIDE_POLICIES.id && policy.hasUnknownPolicies) return [];
    const alone = inText(policy, ofDocument(policy));
    const adds = policy.scope === "operation" ? model.apis.addsToken(policy) : false;
    const found = adds === false ? [] : operationFindings(policy.tree).filter((each) => each.id === id);
    if (found.length === 0 || (adds === undefined && alone.length > 0)) return alone;
    return adds === true ? inText(policy, found) : inText(policy, found).map(unknown);
  });
}

/** What is only wrong if the API of an operation adds the gateway's token. */
function unknown({ text, ...more }: Judgement): Judgement {
  const why = "Whether the API of this operation adds the gateway's token is known only when Terraform runs.";
  return { ...more, verdict: "unknown", text: `${why} If it does: ${text}` };
}

const ROOTS = { "root-missing": true, "second-root": true, "other-root": true };

/** Whether the other rules can look at it. */
function isDocument({ tree }: PolicyText): boolean {
  return tree?.roots.length === 1 && tree.roots[0].name === "policies";
}

function inText(policy: PolicyText, findings: readonly PolicyFinding[]): Judgement[] {
  const { resource, attribute } = policy;
  return findings.map(({ line, column, message, resolutions }) => {
    const remedy = `${capitalized(resolutions.join("; or "))}.`;
    return { resource, attribute, line, column, verdict: "violated", text: message, remedy };
  });
}

function examined(policy: PolicyText): Examined {
  return { ...examine(policy.tree!, []), reach: signsIn(policy) ? "after inbound" : "nowhere" };
}

/** The same rule, for policies with a token only. */
function withToken(rule: PolicyRule): PolicyRule {
  return { ...rule, finds: (each) => (each.reach === "nowhere" ? [] : rule.finds(each)) };
}

/** The findings about policies that do not depend on a merge. */
export const POLICY_RULES: readonly SecurityRule[] = [
  ofPolicy(
    gatewayToken.TOKEN_REPLACED_LATER,
    "Nothing changes the gateway's token before the backend gets it.",
    "IM-3",
  ),
  ofPolicy(gatewayToken.TOKEN_COPIED, "No copy of a request takes the gateway's token to another address.", "IM-8"),
  ofPolicy(gatewayToken.TOKEN_READ, "No code reads the gateway's token.", "IM-8"),
  ofPolicy(gatewayToken.REDIRECTS_FOLLOWED, "The gateway does not follow redirects with its token.", "IM-8"),
  ofPolicy(withToken(gatewayToken.SENT_THROUGH_PROXY), "The gateway's token does not go through a proxy.", "IM-8"),
  ofPolicy(withToken(gatewayToken.HEADER_NAME_UNKNOWN), "Headers that a policy sets have written names.", "IM-3"),
  ofOperation("operation-changes-backend", "An operation does not send the gateway's token to another backend."),
  ofOperation("operation-sets-caller-header", "An operation does not set the headers that name the consumer."),
  ofOperation("operation-validates-gateway-token", "An operation validates the consumer's token, not the gateway's."),
  ofOperation("operation-answers-before-base", "An operation answers after the policy of its API has run.", "warning"),
  ofOperation("operation-sends-certificate", "An operation signs in as its API does.", "warning"),
  ofPolicy(LITERAL_SECRET, "No policy contains a secret.", "IM-8", 798),
  ofPolicy(structure.ROOT_MISSING, "A policy has a root element.", "PV-1"),
  ofPolicy(structure.SECOND_ROOT, "A policy has one root element.", "PV-1"),
  ofPolicy(structure.OTHER_ROOT, "The root element of a policy is <policies>.", "PV-1"),
  ofPolicy(UNKNOWN_SECTION, "A policy has only the sections that API Management knows.", "PV-1"),
  ofPolicy(structure.SECTION_REPEATED, "A policy has each section once.", "PV-1"),
  ofPolicy(structure.BASE_REPEATED, "A section has <base /> once.", "PV-1"),
  ofPolicy(structure.SEVERAL_FORWARDINGS, "The <backend> section has one element.", "PV-1"),
  ofPolicy(structure.BACKEND_SECTION_EMPTY, "The <backend> section forwards requests.", "PV-1"),
  ofPolicy(structure.TEXT_BESIDE_POLICIES, "Sections contain policies only.", "PV-1"),
  ofPolicy(LATE_CORS, "<cors> is the first policy.", "PV-1"),
  ofPolicy(BROKEN_CODE, "The code of expressions is complete.", "PV-1"),
  ofPolicy(NOT_XML, "A policy is XML, its expressions aside.", "PV-1"),
  ofPolicy(UNKNOWN_POLICY, "A policy has only elements that API Management knows.", "PV-1"),
];

/** What the fragments of another configuration do. */
export const FRAGMENT_RULE: SecurityRule = {
  id: FRAGMENT_NOT_VISIBLE.id,
  title: "The policy fragments that policies include are in the configuration.",
  severity: "warning",
  control: "PV-1",
  judges: (model) => {
    const elsewhere: PolicyRule = {
      ...FRAGMENT_NOT_VISIBLE,
      when: undefined,
      finds: (each) =>
        allOf(FRAGMENT_NOT_VISIBLE.finds(each)).filter(({ value = "" }) => model.fragmentsNamed(value).length === 0),
    };
    return model.policies.flatMap((policy) => {
      if (!policy.tree || !isDocument(policy)) return [];
      const findings = findingsOf([elsewhere], examined(policy));
      return inText(policy, findings).map((judgement) => ({ ...judgement, verdict: "unknown" as const }));
    });
  },
};
