import { Postcondition, TerraformDataSource, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { azapiEnvironment } from "./clouds/stack-cloud";
import { finding } from "../core/fail";
import { providersIn } from "../core/survey";
import { mayBeMajor } from "../core/version-constraint";

/*
 * azurerm has no resource for some settings. The azapi provider writes them, and has no bindings: these are the classes
 * that are needed.
 */

const GENERATOR = { providerName: "azapi", providerVersionConstraint: "~> 2.0" };
const PROVIDER_ID = "SecureApimBackendAzapi";

/**
 * The default azapi provider of a stack: it signs in as azurerm does, in the cloud of the stack. It is not rendered if the stack has
 * an azapi provider of the user.
 *
 * @see docs/design/decisions.md#azapi-on-demand
 */
class AzapiProvider extends TerraformProvider {
  constructor(stack: TerraformStack) {
    super(stack, PROVIDER_ID, {
      terraformResourceType: "azapi",
      terraformProviderSource: "Azure/azapi",
      terraformGeneratorMetadata: GENERATOR,
    });
    this.node.addValidation({ validate: () => this.others.flatMap(ofOtherVersion) });
  }

  public override toTerraform(): ReturnType<TerraformProvider["toTerraform"]> {
    const { others } = this;
    if (others.some(({ alias }) => alias === undefined)) return {};
    const { terraform, provider } = super.toTerraform();
    return others.length > 0 ? { provider } : { terraform, provider };
  }

  public override toHclTerraform(): ReturnType<TerraformProvider["toHclTerraform"]> {
    return this.toTerraform();
  }

  protected override synthesizeAttributes(): { [attribute: string]: unknown } {
    const environment = azapiEnvironment(TerraformStack.of(this));
    return environment === undefined ? {} : { environment };
  }

  private get others(): TerraformProvider[] {
    return providersIn(TerraformStack.of(this), "azapi").filter((provider) => provider !== this);
  }
}

/** A stack has one version of each provider, for all its aliases. */
function ofOtherVersion({ node, terraformGeneratorMetadata: metadata }: TerraformProvider): string[] {
  const version = metadata?.providerVersion || metadata?.providerVersionConstraint;
  return version && !mayBeMajor(version, 2)
    ? [
        finding(
          "azapi-version",
          `The azapi provider "${node.path}" requires version "${version}", but this library needs version 2.`,
          'Write "Azure/azapi@~> 2.0" under "terraformProviders" in cdktf.json, and run cdktf get.',
        ),
      ]
    : [];
}

function addProvider(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (!stack.node.tryFindChild(PROVIDER_ID)) new AzapiProvider(stack);
}

/** What azapi writes to Azure Resource Manager. */
export interface AzapiConfig {
  /**
   * `azapi_resource` creates and deletes a resource. `azapi_update_resource` changes an existing one, and leaves it unchanged
   * when it is removed from the stack.
   */
  readonly resourceType: "azapi_resource" | "azapi_update_resource";
  /** Resource type and API version. */
  readonly type: string;
  readonly name: string;
  readonly parentId: string;
  readonly body: object;
  /** Written to a version that the schemas of azapi 2 do not contain. */
  readonly withoutSchema?: boolean;
  /** IDs of resources. Terraform changes azapi resources that name the same one here one after the other. */
  readonly locks?: readonly string[];
  /** Paths in the body. When a value there changes, Terraform replaces the resource. */
  readonly replacedBy?: readonly string[];
}

/** A resource of the azapi provider. It adds the provider to the stack. */
export class AzapiResource extends TerraformResource {
  /**
   * Attributes that do not change what an azapi resource writes. All others can: azapi merges some of them, such as
   * `sensitive_body`, into the body.
   */
  public static readonly OTHERS: ReadonlySet<string> = new Set([
    "//",
    "provider",
    "depends_on",
    "lifecycle",
    "timeouts",
    "retry",
    "locks",
    "response_export_values",
    "output",
    "schema_validation_enabled",
  ]);

  constructor(
    scope: Construct,
    id: string,
    private readonly config: AzapiConfig,
  ) {
    super(scope, id, { terraformResourceType: config.resourceType, terraformGeneratorMetadata: GENERATOR });
    addProvider(this);
  }

  /** Azure resource id. */
  public get id(): string {
    return this.getStringAttribute("id");
  }

  /** What is rendered if nothing changes it. */
  public get settings(): { [attribute: string]: unknown } {
    const { type, name, parentId, body, withoutSchema, locks, replacedBy } = this.config;
    // A new object each time: cdktf merges overrides into it.
    return {
      type,
      name,
      parent_id: parentId,
      body: structuredClone(body),
      ...(withoutSchema && { schema_validation_enabled: false }),
      ...(locks && { locks: [...locks] }),
      ...(replacedBy && { replace_triggers_refs: [...replacedBy] }),
    };
  }

  protected override synthesizeAttributes(): { [attribute: string]: unknown } {
    // Keeps the response out of the state.
    return { ...this.settings, response_export_values: [] };
  }

  protected override synthesizeHclAttributes(): { [attribute: string]: unknown } {
    return this.synthesizeAttributes();
  }
}

/** What azapi reads from Azure Resource Manager. */
export interface AzapiReadingConfig {
  /** Type and API version of the resource. */
  readonly type: string;
  readonly resourceId: string;
  /** What is read, below the resource. */
  readonly action: string;
  /** What must be true of it, as `self.output`. */
  readonly postcondition: Postcondition;
}

/** Something below an existing resource that is read at plan. It adds the provider to the stack. */
export class AzapiReading extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: AzapiReadingConfig,
  ) {
    super(scope, id, {
      terraformResourceType: "azapi_resource_action",
      terraformGeneratorMetadata: GENERATOR,
      lifecycle: { postcondition: [config.postcondition] },
    });
    addProvider(this);
  }

  protected override synthesizeAttributes(): { [attribute: string]: unknown } {
    const { type, resourceId, action } = this.config;
    return { type, resource_id: resourceId, action, method: "GET", response_export_values: ["*"] };
  }

  protected override synthesizeHclAttributes(): { [attribute: string]: unknown } {
    return this.synthesizeAttributes();
  }
}
