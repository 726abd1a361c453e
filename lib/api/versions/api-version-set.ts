import { suspendCreationStacks } from "../../core/creation-stacks";
import { asWritten } from "../../core/terraform-template";
import { checkedTexts } from "../../core/text-limits";
import { Construct } from "constructs";
import type { ApiManagementApiVersionSet } from "@cdktf/provider-azurerm/lib/api-management-api-version-set";
import { originalOf, standForNamed } from "../../core/claims";
import { conditionMessage } from "../../core/fail";
import { guardLifecycle } from "../../core/guard";
import { claimNameOnGateway, NAME_RULES } from "../../gateway/name-rules";
import { TEXT_LIMITS } from "../../gateway/text-limits";
import { checkName, defaultName, kebabCase } from "../../core/names";
import { isToken } from "../../core/tokens";
import { checkedGateway, IApimGateway, onGateway } from "../../gateway/gateway";
import { liveOn } from "../../gateway/gateway-child";
import { IApiVersionSet, VersioningScheme } from "./api-version";
import { checkedPath } from "../api-surface";
import { requireGiven } from "../../core/given";
import { PropertyNames, requireConstructProps, requireOnly } from "../../core/property-names";
import { azurerm } from "../../providers/azurerm";

/** Properties of a version set. */
export interface ApiVersionSetProps {
  /** The API Management service to publish the versions on. */
  readonly gateway: IApimGateway;

  /**
   * How consumers select a version.
   *
   * @default VersioningScheme.PATH
   */
  readonly scheme?: VersioningScheme;

  /**
   * Path of all versions below the gateway's address, without a slash at either end. Empty for the root.
   *
   * @default - the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Name of the version set on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly versionSetName?: string;

  /**
   * Title that consumers see, 1 to 100 characters.
   *
   * @default - the construct id
   */
  readonly displayName?: string;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;
}

/** The names of its properties. */
const API_VERSION_SET_PROPS: PropertyNames<ApiVersionSetProps> = {
  gateway: true,
  description: true,
  displayName: true,
  path: true,
  scheme: true,
  versionSetName: true,
};

/** Properties of an existing version set that another state owns. */
export interface ApiVersionSetLookupProps {
  /** The API Management service that the version set is on. */
  readonly gateway: IApimGateway;

  /** Name of the version set on the gateway. */
  readonly versionSetName: string;

  /** How consumers select a version. Terraform checks it at plan. */
  readonly scheme: VersioningScheme;

  /** Path of its versions below the gateway's address. */
  readonly path: string;
}

/** The names of its properties. */
const API_VERSION_SET_LOOKUP_PROPS: PropertyNames<ApiVersionSetLookupProps> = {
  gateway: true,
  path: true,
  scheme: true,
  versionSetName: true,
};

/**
 * The versions of one API, side by side at one path. Each version is an API with a backend and a policy.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-versions
 */
export class ApiVersionSet extends Construct implements IApiVersionSet {
  /** An existing version set that another state owns. Terraform reads it at plan. */
  public static fromLookup(scope: Construct, id: string, props: ApiVersionSetLookupProps): IApiVersionSet {
    return existingVersionSet(new Construct(scope, id), props);
  }

  public readonly gateway: IApimGateway;
  public readonly versionSetId: string;
  public readonly path: string;
  public readonly scheme: VersioningScheme;

  /** The version set that was created. Use it to set anything that has no property here. */
  public readonly versionSet: ApiManagementApiVersionSet;

  constructor(scope: Construct, id: string, props: ApiVersionSetProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: API_VERSION_SET_PROPS,
        example: `new ApiVersionSet(this, "${id}", { gateway })`,
      });
      const { gateway } = props;
      const path = props.path ?? defaultName(this);
      const texts = { displayName: props.displayName ?? id, description: props.description };
      this.gateway = gateway;
      this.scheme = checkedScheme(this, props.scheme ?? VersioningScheme.PATH);
      this.path = checkedPath(this, path);
      this.versionSet = new azurerm.ApiManagementApiVersionSet(this, "Resource", {
        name: claimNameOnGateway(this, gateway, "versionSet", props.versionSetName),
        ...onGateway(gateway),
        ...asWritten(checkedTexts(this, TEXT_LIMITS.versionSet, texts)),
        ...this.scheme._attributes(this),
      });
      liveOn(this.versionSet, gateway, { named: [] });
      this.versionSetId = this.versionSet.id;
    } finally {
      resume();
    }
  }
}

function checkedScheme(scope: Construct, scheme: VersioningScheme): VersioningScheme {
  return requireGiven(scope, scheme, {
    name: "scheme",
    has: ["_attributes", "scheme"],
    example:
      'scheme: VersioningScheme.PATH, VersioningScheme.header("Api-Version") or VersioningScheme.query("api-version")',
  });
}

const SCHEME = "[self.versioning_scheme, self.version_header_name, self.version_query_name]";

function existingVersionSet(scope: Construct, props: ApiVersionSetLookupProps): IApiVersionSet {
  requireOnly(scope, "ApiVersionSet.fromLookup", props, {
    names: API_VERSION_SET_LOOKUP_PROPS,
    example: "{ gateway, versionSetName, scheme }",
  });
  const { scheme, versionSetName } = props;
  const gateway = checkedGateway(scope, props.gateway);
  const { versioningScheme, versionHeaderName, versionQueryName } = checkedScheme(scope, scheme)._attributes(scope);
  const expected = `${versioningScheme}:${versionHeaderName ?? ""}:${versionQueryName ?? ""}`;
  if (!isToken(versionSetName))
    standForNamed(scope, `${originalOf(gateway).node.path}/${versionSetName}`.toLowerCase());
  const path = checkedPath(scope, props.path);
  const versionSet = new azurerm.DataAzurermApiManagementApiVersionSet(scope, "Resource", {
    name: checkName(scope, NAME_RULES.versionSet, versionSetName, kebabCase(versionSetName)),
    ...onGateway(gateway),
    lifecycle: {
      postcondition: [
        {
          condition: `\${join(":", [for each in ${SCHEME} : each == null ? "" : each]) == "${expected}"}`,
          errorMessage: conditionMessage(
            "other-versioning-scheme",
            'The version set "${self.name}" has the scheme ${self.versioning_scheme}, which differs from the scheme here in kind or in name.',
            "Set scheme to that of the version set: VersioningScheme.PATH, VersioningScheme.header(...) or VersioningScheme.query(...).",
          ),
        },
      ],
    },
  });
  guardLifecycle(versionSet);
  return Object.assign(scope, { gateway, scheme, path, versionSetId: versionSet.id });
}
