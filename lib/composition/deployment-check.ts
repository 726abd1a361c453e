import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { CheckBlock } from "../core/check-block";
import { fail, finding } from "../core/fail";
import { described, requireGiven, requireList } from "../core/given";

/** What is deployed. */
interface Deployed {
  readonly apiUrl: string;
  readonly backendUrl: string;
  readonly dependencies: readonly ITerraformDependable[];
}

/** What a check calls, and what must be answered. */
interface Call {
  readonly url: string;
  readonly status: number;
  readonly message: string;
}

/**
 * A call that Terraform makes at each plan and apply, to see whether only the gateway gets in. If another status is answered, Terraform
 * shows a warning and goes on. The call has neither a token nor a key, because Terraform would show them.
 *
 * Checks need Terraform 1.5 or later and the provider hashicorp/http, which is added to the stack. Terraform must be able to reach the
 * backend and the gateway.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/check
 */
export class DeploymentCheck {
  /** The backend answers 401 if it is called directly, without a token. */
  public static directCallIsRejected(): DeploymentCheck {
    return new DeploymentCheck("DirectCall", ({ backendUrl }) => ({
      url: backendUrl,
      status: 401,
      message: finding(
        "direct-call-not-rejected",
        "The backend does not answer 401 to a call without a token, so its sign-in may be off.",
        "Run cdktf-secure-apim-backend verify to see the cause.",
      ),
    }));
  }

  /**
   * The gateway gives a status to a call without a key and without a token: 401 if consumers need one of them, and the status of the
   * backend if they do not.
   *
   * @param path below the address of the API, such as `/orders`. It begins with a slash.
   * @param status from 200 to 499
   */
  public static gatewayAnswers(path: string, status: number): DeploymentCheck {
    const place = "DeploymentCheck.gatewayAnswers";
    if (typeof path !== "string" || !PATH.test(path))
      fail(
        place,
        "check-path-invalid",
        `The path "${path}" does not begin with a slash, or has characters that no path has.`,
        'Write a path below the address of the API, such as "/orders".',
      );
    if (!Number.isInteger(status) || status < 200 || status > 499)
      fail(
        place,
        "check-status-invalid",
        `The status ${described(status)} is not a whole number from 200 to 499.`,
        "Write the status that a call without a key gets, such as 401.",
      );
    return new DeploymentCheck("Gateway", ({ apiUrl }) => ({
      url: `${apiUrl}${path}`,
      status,
      message: finding(
        "gateway-answer-unexpected",
        `The gateway does not answer ${status} to a call of ${path} without a key.`,
        "Run cdktf-secure-apim-backend verify to see the cause. After a first deployment, wait some minutes.",
      ),
    }));
  }

  private constructor(
    private readonly id: string,
    private readonly call: (deployed: Deployed) => Call,
  ) {}

  /** @internal */
  public _addCheck(scope: Construct, position: number, deployed: Deployed): void {
    new CheckBlock(scope, `Check${position}${this.id}`, { ...this.call(deployed), dependsOn: deployed.dependencies });
  }
}

/** Letters, digits and the other characters that a path may have, without a query. */
const PATH = /^\/[A-Za-z0-9\-._~!&'()*+,;=:@/]*$/;

/** Creates the checks of an API. */
export function createDeploymentChecks(scope: Construct, checks: DeploymentCheck[], deployed: Deployed): void {
  const example = "deploymentChecks: [DeploymentCheck.directCallIsRejected()]";
  requireList(scope, "deploymentChecks", checks, example).forEach((check, position) =>
    requireGiven(scope, check, { name: "deploymentChecks", has: ["_addCheck"], example })._addCheck(
      scope,
      position + 1,
      deployed,
    ),
  );
}
