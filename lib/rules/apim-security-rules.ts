import { Aspects, IAspect, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { fail, shown } from "../core/fail";
import { described, requireGiven, requireList, requireMember, requireText } from "../core/given";
import { checkReason } from "../core/reason";
import { PropertyNames, requireOnly } from "../core/property-names";
import { acknowledge } from "./acknowledge";
import { JudgedApp } from "./judged-app";
import { ApimRuleSeverity, asRule, IApimSecurityRule } from "./own-rule";
import { SecurityRule } from "./rule";
import { RuleSet, stacksIn } from "./rule-set";
import { RULES } from "./rules";

/** What `ApimSecurityRules` judges by, besides its own rules. */
export interface ApimSecurityRulesOptions {
  /**
   * Rules of your own.
   *
   * @default - the rules of the library only
   */
  readonly rules?: IApimSecurityRule[];

  /**
   * What is accepted, where you cannot call `ApimSecurityRules.acknowledge` on the construct.
   *
   * @default - nothing
   */
  readonly acknowledged?: AcknowledgedFinding[];
}

/** The names of its properties. */
const APIM_SECURITY_RULES_OPTIONS: PropertyNames<ApimSecurityRulesOptions> = { acknowledged: true, rules: true };

/** A finding that somebody has accepted. */
export interface AcknowledgedFinding {
  /** The ID of the rule, with which its message ends. */
  readonly rule: string;
  /** The path of the construct, of a stack, or of a construct around stacks. What is below it is included. */
  readonly path: string;
  /** Who decided this, and where it is documented. */
  readonly reason: string;
}

/** The names of its properties. */
const ACKNOWLEDGED_FINDING: PropertyNames<AcknowledgedFinding> = { path: true, reason: true, rule: true };

/** What is accepted at a construct. */
export interface AcknowledgeOptions {
  /** The ID of the rule, with which its message ends. */
  readonly rule: string;
  /** Who decided this, and where it is documented. */
  readonly reason: string;
}

/** The names of its properties. */
const ACKNOWLEDGE_OPTIONS: PropertyNames<AcknowledgeOptions> = { reason: true, rule: true };

const PATH = "ApimSecurityRules";
const EXAMPLE = '{ rule: "excluded-paths", path: "app/Orders", reason: "agreed with the security team, see ADR 12" }';

/**
 * Judges whether the apps behind your gateways, their policies and roles are closed, also those that this library did not create:
 * `ApimSecurityRules.judge(app)` before `app.synth()`, or `Aspects.of(stack).add(new ApimSecurityRules())` for one stack. It judges
 * what all stacks have rendered in the end, together. With an error, synth fails, and warnings are shown. The command `rules check`
 * judges the output in the same way.
 *
 * cdktf does not call aspects of an app. `Aspects.of(app)` works if a construct of this library is in it.
 *
 * @see docs/reference/rules.md
 */
export class ApimSecurityRules implements IAspect {
  /**
   * Accepts what a rule finds at a construct and below it. The output of the stack lists it with the reason.
   *
   * @param scope the construct that the finding names, or one around it
   */
  public static acknowledge(scope: IConstruct, options: AcknowledgeOptions): void {
    const call = `${PATH}.acknowledge`;
    requireGiven(call, options, {
      name: "options",
      has: ["rule"],
      example: `${call}(this, { rule: "excluded-paths", reason: "agreed with the security team, see ADR 12" })`,
    });
    requireGiven(call, scope, {
      name: "scope",
      has: ["node"],
      example: `${call}(this, { rule: "...", reason: "..." })`,
    });
    if (!scope.node.scopes.some(TerraformStack.isStack))
      fail(
        call,
        "acknowledged-outside-stack",
        `The scope is ${shown(scope)}, which is in no stack.`,
        "Write the construct that the finding names, or its stack.",
      );
    requireText(call, "rule", options.rule, `${call}(this, { rule: "excluded-paths", reason: "..." })`);
    requireOnly(call, call, options, { names: ACKNOWLEDGE_OPTIONS, example: `${call}(this, { rule, reason })` });
    const { rule, reason } = options;
    acknowledge(scope, rule, checkReason(scope, call, reason, [`${call}(this, { rule: "${rule}", reason: `, " })"]));
  }

  /**
   * Judges all stacks of an app, also those that are declared later.
   *
   * @param app the app, or a construct whose stacks are judged
   */
  public static judge(app: IConstruct, options: ApimSecurityRulesOptions = {}): void {
    const call = `${PATH}.judge`;
    requireGiven(call, app, { name: "app", has: ["node"], example: `${call}(app) with the App` });
    const rules = new ApimSecurityRules(options);
    JudgedApp.of(app).addScope(app, rules.ruleSet);
    stacksIn(app).forEach((stack) => Aspects.of(stack).add(rules));
  }

  private readonly ruleSet: RuleSet;

  constructor(options: ApimSecurityRulesOptions = {}) {
    const { rules = [], acknowledged = [] } = requireOnly(PATH, PATH, options, {
      names: APIM_SECURITY_RULES_OPTIONS,
      example: `new ${PATH}()`,
    });
    const own = requireList(PATH, "rules", rules, "rules: [rule]").map(checkedRule);
    const ids = [...RULES, ...own].map(({ id }) => id);
    const id = ids.find((each, at) => ids.indexOf(each) < at);
    if (id !== undefined) fail(PATH, "rule-id-taken", `Two rules have the ID "${id}".`, "Give your rule another ID.");
    const list = requireList(PATH, "acknowledged", acknowledged, `acknowledged: [${EXAMPLE}]`);
    this.ruleSet = new RuleSet(own, list.map(checkedAcknowledgement));
  }

  /** Registers the rules for a stack. cdktf calls it. */
  public visit(node: IConstruct): void {
    if (TerraformStack.isStack(node)) JudgedApp.of(node).addStack(node, this.ruleSet);
  }

  /**
   * A stack of the app that the aspect was added to.
   *
   * @internal
   */
  public _visitOfApp(stack: TerraformStack): void {
    JudgedApp.of(stack).addScope(stack.node.root, this.ruleSet);
    this.visit(stack);
  }
}

function checkedAcknowledgement(given: AcknowledgedFinding): AcknowledgedFinding {
  const named = requireGiven(PATH, given, { name: "acknowledged", texts: ["rule", "path"], example: EXAMPLE });
  const { rule, path, reason } = requireOnly(PATH, "an entry of acknowledged", named, {
    names: ACKNOWLEDGED_FINDING,
    example: EXAMPLE,
  });
  return {
    rule,
    path,
    reason: checkReason(PATH, "acknowledged", reason, [
      `acknowledged: [{ rule: "${rule}", path: "${path}", reason: `,
      " }]",
    ]),
  };
}

function checkedRule(rule: IApimSecurityRule): SecurityRule {
  const given = requireGiven(PATH, rule, {
    name: "rules",
    has: ["findings"],
    texts: ["id", "title"],
    example: "an object with id, title, severity, control and findings(configuration)",
  });
  if (typeof given.findings !== "function")
    fail(
      PATH,
      "rule-without-findings",
      `The rule ${described(given.id)} has no method findings, but ${described(given.findings)} in its place.`,
      "Write findings(configuration), which returns a list.",
    );
  requireMember(PATH, "severity", given.severity, ApimRuleSeverity, "severity: ApimRuleSeverity.ERROR");
  requireText(PATH, "control", given.control, 'control: "IM-1"');
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(given.id))
    fail(
      PATH,
      "rule-id-invalid",
      `The ID ${described(given.id)} of a rule is not in kebab-case.`,
      'Write an ID such as "orders-tags-missing".',
    );
  return asRule(given);
}
