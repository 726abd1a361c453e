import { dependable, ITerraformDependable, TerraformElement, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { hclExpression } from "./hcl/expression";
import { HclWriter } from "./hcl/readable-hcl";
import { providersIn } from "./survey";
import { resolved } from "./tokens";

/** What a check calls, and what must be answered. */
export interface CheckBlockProps {
  readonly url: string;
  readonly status: number;
  /** What is said if another status is answered. */
  readonly message: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * A `check` block that calls an address with the provider hashicorp/http, which is added to the stack unless the stack has one. cdktf
 * has no class for such blocks, and does not write them in HCL.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/check
 * @see https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http
 */
export class CheckBlock extends TerraformElement implements HclWriter {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CheckBlockProps,
  ) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    if (!stack.node.tryFindChild(PROVIDER_ID)) new HttpProvider(stack, PROVIDER_ID);
  }

  public override toTerraform(): object {
    const { url, status, message, dependsOn } = this.props;
    // Terraform wants the name of a data source to be unique, also within checks.
    const name = this.friendlyUniqueId;
    const call = { url, request_timeout_ms: 10_000, depends_on: dependsOn.map(dependable) };
    const assert = { condition: `\${data.http.${name}.status_code == ${status}}`, error_message: message };
    return { check: { [name]: { data: { http: { [name]: call } }, assert: [assert] } } };
  }

  public hclBlock(): string {
    const { url, status, message, dependsOn } = this.props;
    const name = this.friendlyUniqueId;
    const written = (value: unknown): string => hclExpression(resolved(this, value));
    return `check "${name}" {
  data "http" "${name}" {
    url                = ${written(url)}
    request_timeout_ms = 10000
    depends_on         = [${dependsOn.map((each) => String(resolved(this, dependable(each)))).join(", ")}]
  }

  assert {
    condition     = data.http.${name}.status_code == ${status}
    error_message = ${written(message)}
  }
}
`;
  }
}

const PROVIDER_ID = "SecureApimBackendHttp";

/** The provider hashicorp/http of a stack. It is not written if the stack has one of the user. */
class HttpProvider extends TerraformElement {
  public override toTerraform(): object {
    const isOfUser = providersIn(TerraformStack.of(this), "http").length > 0;
    return isOfUser ? {} : { terraform: { required_providers: { http: HTTP } } };
  }

  public override toHclTerraform(): object {
    return this.toTerraform();
  }
}

const HTTP = { source: "hashicorp/http", version: "~> 3.4" };
