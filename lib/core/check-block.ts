import { dependable, ITerraformDependable, TerraformElement, TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";

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
 * has no class for such blocks.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/check
 * @see https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http
 */
export class CheckBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: CheckBlockProps,
  ) {
    super(scope, id);
  }

  public override toTerraform(): object {
    const { url, status, message, dependsOn } = this.props;
    // Terraform wants the name of a data source to be unique, also within checks.
    const name = this.friendlyUniqueId;
    const call = { url, request_timeout_ms: 10_000, depends_on: dependsOn.map(dependable) };
    const assert = { condition: `\${data.http.${name}.status_code == ${status}}`, error_message: message };
    return {
      check: { [name]: { data: { http: { [name]: call } }, assert: [assert] } },
      ...(this.hasProvider ? {} : { terraform: { required_providers: { http: HTTP } } }),
    };
  }

  private get hasProvider(): boolean {
    return TerraformStack.of(this)
      .node.findAll()
      .filter(TerraformProvider.isTerraformProvider)
      .some(({ terraformResourceType }) => terraformResourceType === "http");
  }
}

const HTTP = { source: "hashicorp/http", version: "~> 3.4" };
