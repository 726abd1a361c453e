import { TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { mayBeMajor } from "../core/version-constraint";
import { finding } from "../core/fail";

/*
 * What azurerm has no resource for is written with the azapi provider, for which there are no bindings: these are the two
 * classes of it that are needed.
 */

const GENERATOR = { providerName: "azapi", providerVersionConstraint: "~> 2.0" };
const PROVIDER_ID = "SecureApimBackendAzapi";

/**
 * What says nothing of the settings that an azapi resource writes. Everything else is watched over: azapi lays other attributes,
 * `sensitive_body` among them, over the body.
 */
const ASIDE = new Set([
  "//",
  "provider",
  "depends_on",
  "lifecycle",
  "timeouts",
  "retry",
  "locks",
  "response_export_values",
]);

/**
 * The default azapi provider of a stack, with no settings of its own: it signs in as azurerm does. It steps back as soon as
 * the stack has one of the user's.
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

  /** Those of the user. */
  private get others(): TerraformProvider[] {
    return TerraformStack.of(this)
      .node.findAll()
      .filter(isAzapiProvider)
      .filter((provider) => provider !== this);
  }
}

function isAzapiProvider(node: IConstruct): node is TerraformProvider {
  return TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === "azapi";
}

/** A stack has each provider in one version, whatever its alias. */
function ofOtherVersion({ node, terraformGeneratorMetadata: asked }: TerraformProvider): string[] {
  const version = asked?.providerVersion || asked?.providerVersionConstraint;
  return version && !mayBeMajor(version, 2)
    ? [
        finding(
          "azapi-of-other-version",
          `The azapi provider "${node.path}" asks for version "${version}", and the sign-in of container apps and of apps of other states ` +
            `is written for version 2. Write "Azure/azapi@~> 2.0" in terraformProviders of cdktf.json, and run cdktf get.`,
        ),
      ]
    : [];
}

/** What azapi writes to Azure Resource Manager. */
export interface AzapiConfig {
  /**
   * `azapi_resource` makes and deletes what did not exist; `azapi_update_resource` writes to what is there already, and leaves
   * it as it is when it is taken out of the stack.
   */
  readonly resourceType: "azapi_resource" | "azapi_update_resource";
  /** Resource type and API version. */
  readonly type: string;
  readonly name: string;
  readonly parentId: string;
  readonly body: object;
}

/** A resource of the azapi provider, which comes into the stack with it. */
export class AzapiResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly config: AzapiConfig,
  ) {
    super(scope, id, { terraformResourceType: config.resourceType, terraformGeneratorMetadata: GENERATOR });
    const stack = TerraformStack.of(this);
    if (!stack.node.tryFindChild(PROVIDER_ID)) new AzapiProvider(stack);
  }

  /** What is to be rendered when nobody changes it. */
  public get settings(): { [attribute: string]: unknown } {
    const { type, name, parentId, body } = this.config;
    // A new object each time: cdktf merges overrides into it.
    return { type, name, parent_id: parentId, body: structuredClone(body) };
  }

  /** The part of what is rendered that must be `settings`. */
  public static written(rendered: { [attribute: string]: unknown }): { [attribute: string]: unknown } {
    return Object.fromEntries(
      Object.entries(rendered).filter(([attribute, value]) => value !== undefined && !ASIDE.has(attribute)),
    );
  }

  protected override synthesizeAttributes(): { [attribute: string]: unknown } {
    // Nothing of the answer is needed, and none of it shall be in the state.
    return { ...this.settings, response_export_values: [] };
  }
}
