import { Aspects, IAspect, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { stacksWithAspectsOfApp } from "../core/app-aspects";
import { fail, shown } from "../core/fail";
import { described, requireGiven, requireList, requireMember, requireText } from "../core/given";
import { checkRendered } from "../core/last-check";
import { checkReason } from "../core/reason";
import { remembered } from "../core/remembered";
import { warnWhenWritten } from "../core/warn-once";
import { PropertyNames, requireOnly } from "../core/property-names";
import { acknowledge, writeAcknowledgement } from "./acknowledge";
import { unusedText } from "./acknowledgement";
import { ApimRuleSeverity, asRule, IApimSecurityRule } from "./own-rule";
import { SecurityRule } from "./rule";
import { RULES } from "./rules";
import { StackVerdicts } from "./stack-verdicts";
import { messageOf, RuleFinding, Verdicts } from "./verdicts";

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
  /** The path of the construct. What is below it is included. */
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
 * what each stack finally renders. Errors stop synth, and warnings are shown. The command `rules check` judges the output in the
 * same way.
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
      example: `${call}(app, { rule: "excluded-paths", reason: "agreed with the security team, see ADR 12" })`,
    });
    requireGiven(call, scope, {
      name: "scope",
      has: ["node"],
      example: `${call}(app, { rule: "...", reason: "..." })`,
    });
    if (!scope.node.scopes.some(TerraformStack.isStack))
      fail(
        call,
        "acknowledged-outside-stack",
        `The scope is ${shown(scope)}, which is in no stack.`,
        "Write the construct that the finding names, or its stack.",
      );
    requireText(call, "rule", options.rule, `${call}(app, { rule: "excluded-paths", reason: "..." })`);
    requireOnly(call, call, options, { names: ACKNOWLEDGE_OPTIONS, example: `${call}(app, { rule, reason })` });
    acknowledge(
      scope,
      options.rule,
      checkReason(scope, call, options.reason, `app, { rule: "${options.rule}", reason: `),
    );
  }

  /**
   * Judges all stacks of an app, also those that are declared later.
   *
   * @param app the app
   */
  public static judge(app: IConstruct, options: ApimSecurityRulesOptions = {}): void {
    const call = `${PATH}.judge`;
    requireGiven(call, app, { name: "app", has: ["node"], example: `${call}(app) with the App` });
    const aspect = new ApimSecurityRules(options);
    stacksOf(app).forEach((stack) => Aspects.of(stack).add(aspect));
    aspect.isOfApp = true;
    aspect.judgeAtEnd(app.node.root);
  }

  private readonly rules: readonly SecurityRule[];
  private readonly acknowledged: readonly AcknowledgedFinding[];
  private readonly verdicts: StackVerdicts;
  private readonly seen = new Set<TerraformStack>();
  private readonly endsOf = new Set<IConstruct>();
  /** The stack at which a warning was shown. */
  private readonly warned = new Map<string, TerraformStack>();
  private isOfApp = false;

  constructor(options: ApimSecurityRulesOptions = {}) {
    const { rules = [], acknowledged = [] } = requireOnly(PATH, PATH, options, {
      names: APIM_SECURITY_RULES_OPTIONS,
      example: `new ${PATH}()`,
    });
    const own = requireList(PATH, "rules", rules, "rules: [rule]").map(checkedRule);
    this.rules = own.length === 0 ? RULES : [...RULES, ...own];
    const list = requireList(PATH, "acknowledged", acknowledged, `acknowledged: [${EXAMPLE}]`);
    this.acknowledged = list.map((each) => ({
      ...requireOnly(
        PATH,
        "an entry of acknowledged",
        requireGiven(PATH, each, { name: "acknowledged", texts: ["rule", "path"], example: EXAMPLE }),
        { names: ACKNOWLEDGED_FINDING, example: EXAMPLE },
      ),
      reason: checkReason(PATH, "acknowledged", each.reason, `{ rule: "${each.rule}", path: "${each.path}", reason: `),
    }));
    const repeated = rules.find(({ id }, at) => this.rules.findIndex((rule) => rule.id === id) < RULES.length + at);
    if (repeated) fail(PATH, "rule-id-taken", `Two rules have the ID "${repeated.id}".`, "Give your rule another ID.");
    this.verdicts = new StackVerdicts(this.rules);
  }

  /** Registers the rules for a stack. cdktf calls it. */
  public visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    if (this.seen.has(node)) return;
    this.seen.add(node);
    this.judgeAtEnd(node.node.root);
    const isWithin = ({ path }: AcknowledgedFinding): boolean => `${path}/`.startsWith(`${node.node.path}/`);
    this.acknowledged.filter(isWithin).forEach((each) => writeAcknowledgement(node, each));
    checkRendered(node, (json) => this.check(node, json));
  }

  /**
   * A stack of the app that the aspect was added to.
   *
   * @internal
   */
  public _visitOfApp(stack: TerraformStack): void {
    this.isOfApp = true;
    this.visit(stack);
  }

  /** cdktf runs the validations of an app after it has written the stacks. */
  private judgeAtEnd(app: IConstruct): void {
    if (this.endsOf.has(app)) return;
    this.endsOf.add(app);
    app.node.addValidation({
      validate: () => {
        // Those that were declared after the rules.
        const late = this.isOfApp ? stacksOf(app).filter((stack) => !this.seen.has(stack)) : [];
        return errorsIn(this.verdicts.ofAll(app, late, this.acknowledged));
      },
    });
  }

  /** Shows what is a warning, and returns what is an error. */
  private check(stack: TerraformStack, json: Readonly<Record<string, unknown>>): string[] {
    const verdicts = this.verdicts.of(stack, json, this.isLast(stack));
    const ids = this.rules.map(({ id }) => id);
    const unusedTexts = (exists: boolean): string[] =>
      verdicts.unused.filter(({ rule }) => ids.includes(rule) === exists).map((each) => unusedText(each, ids));
    const warnings = verdicts.violated.filter(({ rule }) => rule.severity === "warning").map(textOf);
    [...warnings, ...unusedTexts(true)]
      .filter((text) => remembered(this.warned, text, () => stack) === stack)
      .forEach((text) => warnWhenWritten(stack, text));
    return [...unusedTexts(false).map((text) => `[${stack.node.path}] ${text}`), ...errorsIn(verdicts)];
  }

  /** Whether no stack after this one is judged by the same rules. */
  private isLast(stack: TerraformStack): boolean {
    const stacks = outerStacksOf(stack.node.root);
    const isJudged = (each: TerraformStack): boolean =>
      aspectsOf(each).some((aspect) => aspect instanceof ApimSecurityRules && aspect.rules === this.rules);
    return !stacks.slice(stacks.indexOf(stack) + 1).some(isJudged);
  }
}

/** The aspects that cdktf calls for a stack, and those of its app that the library calls. */
function aspectsOf(stack: TerraformStack): IAspect[] {
  const { root } = stack.node;
  return [...Aspects.of(stack).all, ...(stacksWithAspectsOfApp(stack).has(stack) ? Aspects.of(root).all : [])];
}

function errorsIn({ violated }: Verdicts): string[] {
  return violated.filter(({ rule }) => rule.severity === "error").map(textOf);
}

/** The stacks that are in no other one. To look at each construct for each stack would take long. */
function outerStacksOf({ node }: IConstruct): TerraformStack[] {
  return node.children.flatMap((child) => (TerraformStack.isStack(child) ? [child] : outerStacksOf(child)));
}

/** In the order in which cdktf writes them. */
function stacksOf(app: IConstruct): TerraformStack[] {
  return app.node.findAll().filter(TerraformStack.isStack);
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

function textOf(found: RuleFinding): string {
  const { rule, resource, attribute, line, column } = found;
  const position = line === undefined ? "" : ` (${attribute} ${line}:${column})`;
  return `[${resource.path}]${position} ${messageOf(found)} (${rule.id})`;
}
