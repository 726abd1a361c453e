import { Construct } from "constructs";
import { fail, shown } from "../../core/fail";
import { requireGiven } from "../../core/given";
import { CLOUD_NAMES, CloudName, CLOUDS } from "./hosts";
import { cloudOf, sayCloud, stackAround } from "./stack-cloud";

const EXAMPLE = "AzureCloud.use(this, AzureCloud.US_GOVERNMENT)";

/**
 * A cloud of Azure. Sign-in hosts, token resources and the domains of services differ by cloud.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export class AzureCloud {
  /** The public cloud, the default. */
  public static readonly PUBLIC = new AzureCloud("public");
  /** Azure US Government, including the regions of the Department of Defense. */
  public static readonly US_GOVERNMENT = new AzureCloud("usgovernment");
  /** Azure in China, operated by 21Vianet. */
  public static readonly CHINA = new AzureCloud("china");

  /**
   * The cloud of the stack that a construct is in: what `use` says, or else the literal `environment` of the azurerm provider, or else the
   * public cloud. An `environment` that only Terraform knows is an error without `use`.
   *
   * @param scope a stack, or a construct in it
   */
  public static of(scope: Construct): AzureCloud {
    requireScope("AzureCloud.of", scope, "AzureCloud.of(this)");
    if (!stackAround(scope))
      fail(
        "AzureCloud.of",
        "cloud-outside-stack",
        `There is no stack around ${shown(scope)}, and each stack has its own cloud.`,
        "Write AzureCloud.of(this) in a stack.",
      );
    const name = cloudOf(scope);
    return [AzureCloud.PUBLIC, AzureCloud.US_GOVERNMENT, AzureCloud.CHINA].find((each) => each.environment === name)!;
  }

  /**
   * Says which cloud the stack is for, if only Terraform knows the `environment` of the azurerm provider, or an environment variable such as
   * `ARM_ENVIRONMENT` sets it. Call it before you create anything else in the stack. Terraform checks an `environment` from a variable
   * at plan. A provider whose literal `environment` is another cloud is an error.
   *
   * @param scope the stack, or the app for all its stacks
   * @param cloud the cloud
   */
  public static use(scope: Construct, cloud: AzureCloud): void {
    requireScope("AzureCloud.use", scope, EXAMPLE);
    const { environment } = requireGiven("AzureCloud.use", cloud, {
      name: "cloud",
      has: ["signInHost"],
      texts: ["environment"],
      example: EXAMPLE,
    });
    const name = CLOUD_NAMES.find((each) => each === environment);
    if (name === undefined)
      fail(
        "AzureCloud.use",
        "unknown-cloud",
        `The library knows no cloud with the environment "${environment}".`,
        "Write AzureCloud.PUBLIC, AzureCloud.US_GOVERNMENT or AzureCloud.CHINA.",
      );
    sayCloud(scope, name);
  }

  /** The value of `environment` on the azurerm, azuread and azapi providers: `public`, `usgovernment` or `china`. */
  public readonly environment: string;

  /** The host that tokens come from, for example `login.microsoftonline.us`. It is in the issuer of version 2 tokens. */
  public readonly signInHost: string;

  private constructor(name: CloudName) {
    this.environment = name;
    this.signInHost = CLOUDS[name].signIn[0];
  }
}

function requireScope(call: string, scope: Construct, example: string): void {
  requireGiven(call, scope, { name: "scope", has: ["node"], example: `${example} in a stack` });
}

/** The cloud of the stack, if it is not the public one. */
export function cloudUnlessPublic(scope: Construct): AzureCloud | undefined {
  const cloud = AzureCloud.of(scope);
  return cloud === AzureCloud.PUBLIC ? undefined : cloud;
}
