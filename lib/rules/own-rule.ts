import { fail } from "../core/fail";
import { described, requireGiven, requireList } from "../core/given";
import { Configuration } from "./model/configuration";
import { Resource } from "./model/resource";
import { Judgement, SecurityRule } from "./rule";

/** What a finding of a rule means for the synthesis. */
export enum ApimRuleSeverity {
  /** Synth fails until it is fixed or acknowledged. */
  ERROR = "error",
  /** Synth goes on, and shows it. */
  WARNING = "warning",
}

/** A rule of your own, which judges what the stacks finally render. */
export interface IApimSecurityRule {
  /** Stable, in kebab-case and unique, such as `orders-tags-missing`. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  /** Whether a finding fails the synthesis, or is only a warning. */
  readonly severity: ApimRuleSeverity;
  /** The control that the rule serves, such as `IM-1` of the Microsoft cloud security benchmark. */
  readonly control: string;

  /**
   * What is wrong, if anything.
   *
   * @param configuration the resources of all stacks that the rules were given. In a unit test, of those that it has synthesized so far
   */
  findings(configuration: RenderedConfiguration): ApimRuleFinding[];
}

/** What a rule of your own finds. */
export interface ApimRuleFinding {
  /** The resource that is wrong. */
  readonly resource: RenderedResource;
  /**
   * The attribute that is wrong.
   *
   * @default - the resource as a whole
   */
  readonly attribute?: string;
  /** What is wrong, with the value, as a sentence. */
  readonly text: string;
  /** What to write instead, as a sentence. */
  readonly remedy: string;
}

/** The resources of the stacks of an app, as they are rendered. */
export class RenderedConfiguration {
  /** @internal */
  public static _of(configuration: Configuration): RenderedConfiguration {
    return new RenderedConfiguration(configuration);
  }

  private constructor(private readonly configuration: Configuration) {}

  /**
   * The resources of a type, such as `azurerm_linux_web_app`.
   *
   * @param type the type in Terraform
   */
  public resourcesOfType(type: string): RenderedResource[] {
    return this.configuration.ofType(type).map((resource) => RenderedResource._of(resource));
  }
}

/** A resource as it is rendered. Attributes are named as in Terraform, with dots: `site_config.minimum_tls_version`. */
export class RenderedResource {
  /** @internal */
  public static _of(resource: Resource): RenderedResource {
    return new RenderedResource(resource);
  }

  /** The path of its construct. */
  public readonly path: string;
  /** Its address in Terraform. */
  public readonly address: string;

  private constructor(
    /** @internal */
    public readonly _resource: Resource,
  ) {
    this.path = _resource.path;
    this.address = _resource.address;
  }

  /**
   * Whether an attribute or a block is written.
   *
   * @param attribute its path
   */
  public isSet(attribute: string): boolean {
    return !this._resource.at(attribute).isAbsent;
  }

  /**
   * Whether only Terraform knows the value of an attribute, so that it cannot be judged.
   *
   * @param attribute its path
   */
  public isUnknown(attribute: string): boolean {
    return this._resource.at(attribute).isUnknown;
  }

  /**
   * The value of an attribute as a text: a number and `true` too. None if it is not written, or if only Terraform knows it.
   *
   * @param attribute its path
   */
  public text(attribute: string): string | undefined {
    return this._resource.at(attribute).text;
  }

  /**
   * The resources that an attribute refers to.
   *
   * @param attribute its path
   */
  public referenced(attribute: string): RenderedResource[] {
    return this._resource.referenced(attribute).map((resource) => new RenderedResource(resource));
  }
}

/** A rule of the user's as the library judges it. */
export function asRule(rule: IApimSecurityRule): SecurityRule {
  const { id, title, severity, control } = rule;
  return {
    id,
    title,
    severity: severity === ApimRuleSeverity.WARNING ? "warning" : "error",
    control,
    judges: (model) => {
      const found = attempted(() => rule.findings(RenderedConfiguration._of(model)));
      return requireList(`The rule "${id}"`, "findings", found, EXAMPLE).map(judgement);
    },
  };

  function attempted<T>(find: () => T): T {
    try {
      return find();
    } catch (error) {
      fail(
        `The rule "${id}"`,
        "rule-failed",
        `Its method findings throws: ${error instanceof Error ? error.message : described(error)}.`,
        "Correct it. In a unit test, the configuration has only the stacks that the test has synthesized.",
      );
    }
  }

  function judgement(found: ApimRuleFinding): Judgement {
    const given = requireGiven(`The rule "${id}"`, found, {
      name: "findings",
      has: ["resource"],
      texts: ["text", "remedy"],
      example: EXAMPLE,
    });
    const { resource, attribute, text, remedy } = given;
    if (!(resource instanceof RenderedResource))
      fail(
        `The rule "${id}"`,
        "rule-finding-resource",
        `The resource of a finding is ${described(resource)}.`,
        "Write a resource of the configuration that findings gets: configuration.resourcesOfType(...)[0].",
      );
    return { resource: resource._resource, attribute, verdict: "violated", text, remedy };
  }
}

const EXAMPLE = '[{ resource, text: "The plan is in one zone.", remedy: "Write zoneBalancingEnabled: true." }]';
