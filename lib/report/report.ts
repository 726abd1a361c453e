import { grouped } from "../core/grouped";
import { acknowledgementsIn } from "../rules/acknowledgement";
import { isSlotType, kindOf } from "../rules/model/app-type";
import type { Model } from "../rules/model/model";
import type { SignIn } from "../rules/model/sign-in";
import { Judgement, SecurityRule } from "../rules/rule";
import { RULES } from "../rules/rules";
import { judge, RuleFinding } from "../rules/verdicts";
import { accessOfVariants } from "./access/access-of-variants";
import { apiAccess } from "./access/api-access";
import { appAccess } from "./access/app-access";
import { RoleAssignments } from "./access/role-assignments";
import { serviceAccess } from "./access/service-access";
import { Callers } from "./calls/callers";
import { GatewayCalls } from "./calls/calls";
import { Roles } from "./calls/entra-roles";
import { Inbound } from "./calls/inbound";
import { checked, ReadFiles } from "./checked";
import { leftToOperator } from "./left-to-operator";
import { counted } from "./names";
import { openOnPurpose } from "./open-on-purpose";
import { apisIn } from "./parties/apis";
import { callingIn, undecidedIn, variantsOf } from "./parties/one-of-several";
import { Gateways } from "./parties/gateways";
import { compared, Parties } from "./parties/parties";
import { Target, Targets } from "./parties/targets";
import { secretsIn } from "./secrets/secrets";
import { withoutLiterals } from "./secrets/without-literals";
import { withoutSecretsInAddresses } from "./shown";
import type { Access, Call, Party, ReportedFinding, TrustReport } from "./trust-report";

/** Draws the report from the configurations of stacks. */
export function reportOn(model: Model, files: ReadFiles): TrustReport {
  const judgements = new Map<string, readonly Judgement[]>();
  const verdicts = judge(model, recording(judgements), acknowledgementsIn(model));
  const parties = new Parties();
  const gateways = new Gateways(model, parties);
  const apis = apisIn(model, gateways, parties);
  const inbound = new Inbound(model, gateways);
  const roles = new Roles(model);
  const targets = new Targets(model, gateways, apis, parties);
  const variants = apis.map((api) => variantsOf(model, api));
  const gatewayCalls = new GatewayCalls(
    model,
    variants.flatMap(callingIn).map(({ api }) => api),
    inbound,
    targets,
    roles,
  ).all;
  const callers = new Callers(inbound, gateways, parties, gatewayCalls);
  const admitted = variants.map((ofApi) => ofApi.map((variant) => ({ variant, admission: callers.of(variant.api) })));
  const admissions = admitted.flat().map(({ admission }) => admission);
  const calls = [...admissions.flatMap((each) => each.calls), ...gatewayCalls.map(({ call }) => call)];
  const { secrets, literals } = secretsIn(model, [...verdicts.violated, ...verdicts.acknowledged]);
  const access = [
    ...admitted.map((ofApi) =>
      accessOfVariants(
        ofApi.map(({ variant, admission }) => ({ variant, access: apiAccess(admission, inbound.of(variant.api)) })),
      ),
    ),
    ...accessOfTargets(model, targets, gatewayCalls, roles),
  ];
  const report: TrustReport = {
    format: 1,
    title: titleOf(model),
    stacks: model.stacks.map(({ name, files: ofStack }) => ({ name, files: ofStack.map(({ path }) => path) })),
    parties: parties.all,
    calls: [...new Map(calls.map((call) => [call.id, call])).values()].sort(byParties(parties)),
    access: inOrder(access, parties),
    secrets,
    openOnPurpose: openOnPurpose(model, verdicts.acknowledged),
    findings: verdicts.violated.map(findingOf),
    notJudged: verdicts.unknown.map(findingOf),
    leftToOperator: leftToOperator({
      model,
      calls: gatewayCalls,
      admissions,
      roles,
      secrets,
      undecided: undecidedIn(model, variants.flat()),
    }),
    checked: checked(model, verdicts, judgements, parties.all, calls, files),
  };
  return withoutLiterals(report, literals);
}

/** The rules. Each keeps what it says. */
function recording(judgements: Map<string, readonly Judgement[]>): SecurityRule[] {
  return RULES.map((rule) => ({
    ...rule,
    judges: (model) => {
      const made = rule.judges(model);
      judgements.set(rule.id, made);
      return made;
    },
  }));
}

function accessOfTargets(
  model: Model,
  targets: Targets,
  calls: readonly { readonly target: Target }[],
  roles: Roles,
): Access[] {
  const called = new Map(calls.map(({ target }) => [target.party.id, target]));
  for (const { resource, slots } of model.apps)
    for (const each of [resource, ...slots.map((slot) => slot.resource)])
      if (kindOf(each) !== undefined || isSlotType(each.type)) {
        const target = targets.ofApp(each);
        called.set(target.party.id, target);
      }
  const beside = model.apps.flatMap(({ resource, signIn }) =>
    kindOf(resource) === undefined && !isSlotType(resource.type) && signIn && !isOfData(signIn)
      ? appAccess({ party: targets.ofSignIn(signIn).party.id, resource, signIn, slots: [] }, model, roles)
      : [],
  );
  const assignments = new RoleAssignments(model);
  const slots = new Map(model.apps.map((app) => [app.resource, app.slots.map((slot) => slot.resource)]));
  // A sign-in can be declared for an app that is only looked up.
  const signInsOfData = grouped(
    model.apps.filter(({ signIn }) => signIn !== undefined),
    ({ resource }) => resource.referenced("parent_id"),
  );
  const declared = [...called.values()].flatMap(({ party, resource }) => {
    if (!resource) return [];
    if (party.kind === "service") return [serviceAccess(party.id, resource, model, assignments)];
    if (party.kind !== "app" && party.kind !== "slot") return [];
    const signIn =
      resource.mode === "data" ? signInsOfData.get(resource)?.[0].signIn : model.appParts.signInOf(resource);
    return [appAccess({ party: party.id, resource, signIn, slots: slots.get(resource) ?? [] }, model, roles)];
  });
  return [...declared, ...beside];
}

/** Whether a sign-in is of an app that the configuration looks up. */
function isOfData({ resource }: SignIn): boolean {
  return resource.referenced("parent_id").length > 0;
}

function titleOf({ stacks }: Model): string {
  const names = stacks.map(
    ({ name }) =>
      name
        .split(/[\\/]/)
        .filter((part) => part !== "")
        .pop() ?? name,
  );
  return names.length <= 3 ? names.join(", ") : counted(names.length, "stack");
}

function findingOf(found: RuleFinding): ReportedFinding {
  const { rule, resource, attribute, line, column, verdict, text, remedy } = found;
  return {
    rule: rule.id,
    severity: rule.severity,
    control: rule.control,
    ...(rule.cwe !== undefined && { cwe: rule.cwe }),
    stack: resource.stack.name,
    place: resource.path,
    address: resource.address,
    ...(attribute !== undefined && { attribute }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    message: withoutSecretsInAddresses(text),
    remedy: verdict === "unknown" ? `Make sure that this holds: ${rule.title}` : remedy,
  };
}

function byParties(parties: Parties): (one: Call, other: Call) => number {
  const ranks = ranksOf(parties.all);
  const rank = (id: string): number => ranks.get(id) ?? 0;
  return (one, other) =>
    rank(one.from) - rank(other.from) || rank(one.to) - rank(other.to) || compared(one.id, other.id);
}

function inOrder(access: readonly Access[], parties: Parties): Access[] {
  const ranks = ranksOf(parties.all);
  return [...access].sort((one, other) => (ranks.get(one.party) ?? 0) - (ranks.get(other.party) ?? 0));
}

function ranksOf(parties: readonly Party[]): ReadonlyMap<string, number> {
  return new Map(parties.map(({ id }, index) => [id, index]));
}
