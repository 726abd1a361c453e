import type { Model } from "../rules/model/model";
import { Judgement, SecurityRule } from "../rules/rule";
import { RULES } from "../rules/rules";
import { Verdicts } from "../rules/verdicts";
import { listed, nameOf, once } from "./names";
import { partyIdOf } from "./parties/of-resource";
import { isAppOrSlot } from "./parties/targets";
import { withoutSecrets } from "./shown";
import type { Call, Checked, CheckedRule, Party } from "./trust-report";

/** What was read, besides the configuration. */
export interface ReadFiles {
  readonly unreadable: readonly { readonly file: string; readonly error: string }[];
  readonly skipped: readonly string[];
}

/** What was checked, and what cannot be. */
export function checked(
  model: Model,
  verdicts: Verdicts,
  judgements: ReadonlyMap<string, readonly Judgement[]>,
  parties: readonly Party[],
  calls: readonly Call[],
  { unreadable, skipped }: ReadFiles,
): Checked {
  const modules = model.modules.map((name) => withoutSecrets(name));
  const count = (kind: Party["kind"]): number => parties.filter((party) => party.kind === kind).length;
  return {
    rules: RULES.map((rule) => checkedRule(rule, judgements.get(rule.id) ?? [], verdicts)),
    resources: model.resources.length,
    policies: model.policies.length,
    gateways: count("gateway"),
    apps: count("app") + count("slot"),
    complies: verdicts.complies,
    unreadable,
    skipped,
    ...(modules.length > 0 && { modules }),
    cannotBeKnown: [...notRead(modules), ...notCalled(model, parties), ...cannotBeKnown(parties, calls)],
  };
}

function checkedRule(rule: SecurityRule, judgements: readonly Judgement[], verdicts: Verdicts): CheckedRule {
  const { id, title, severity, control, cwe } = rule;
  const ofRule = (list: Verdicts["violated"]): number => list.filter((each) => each.rule.id === id).length;
  return {
    id,
    title,
    severity,
    control,
    ...(cwe !== undefined && { cwe }),
    complies: judgements.filter(({ verdict }) => verdict === "complies").length,
    violated: ofRule(verdicts.violated),
    notJudged: ofRule(verdicts.unknown),
    acknowledged: ofRule(verdicts.acknowledged),
  };
}

/** The JSON has only the calls of modules. */
function notRead(modules: readonly string[]): string[] {
  if (modules.length === 0) return [];
  return [
    `What the ${modules.length === 1 ? "module" : "modules"} ${listed(modules)} ${modules.length === 1 ? "creates" : "create"}, and who gets in there. The report reads no modules.`,
  ];
}

/** Apps that have no row, because no gateway calls them. */
function notCalled({ resources }: Model, parties: readonly Party[]): string[] {
  const known = new Set(parties.map(({ id }) => id));
  const others = resources.filter(
    (each) => each.mode === "resource" && isAppOrSlot(each) && !known.has(partyIdOf(each)),
  );
  if (others.length === 0) return [];
  return [
    `Who gets into the ${others.length === 1 ? "app" : "apps"} ${listed(once(others.map(nameOf)))}. The report shows apps that a gateway calls.`,
  ];
}

/** What no configuration says, as far as it concerns this one. */
function cannotBeKnown(parties: readonly Party[], calls: readonly Call[]): string[] {
  const has = (...kinds: Party["kind"][]): boolean => parties.some(({ kind }) => kinds.includes(kind));
  return [
    "Whether what is deployed is what the configuration says. Compare it with terraform plan, and call it with the command verify.",
    "Who can change the deployed resources with a role in Azure, and with it the sign-in, the network and the policies.",
    ...(has("app", "slot") ? ["What the code of the apps does with a request, once it is let in."] : []),
    ...(has("app", "slot", "service") ? ["Role assignments and app role assignments that were made elsewhere."] : []),
    ...(calls.some(({ how, also }) => how === "subscription key" || also?.includes("subscription key"))
      ? ["Who has subscription keys."]
      : []),
    ...(has("caller") ? ["Who the callers let act for them, such as the users of an application."] : []),
    ...(has("outside") ? ["What answers at addresses that are not in the configuration."] : []),
    "Policies of Entra ID, such as conditional access, and who is in its groups.",
  ];
}
