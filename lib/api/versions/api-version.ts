import { IConstruct, Construct } from "constructs";
import { IApimGateway } from "../../gateway/gateway";
import { areSame, claim, originalOf } from "../../core/claims";
import { fail } from "../../core/fail";
import { requireLiteral } from "../../core/literal";
import { checkName } from "../../core/names";
import { checkedTexts } from "../../core/text-limits";
import { NAME_RULES } from "../../gateway/name-rules";
import { TEXT_LIMITS } from "../../gateway/text-limits";
import { POLICY_NAMES } from "../../policy/names";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";
import { requireGiven } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

/** One version of an API. */
export interface ApiVersion {
  /** The version set that the version belongs to. */
  readonly versionSet: IApiVersionSet;

  /** Name by which consumers select the version, such as `v1`: 1 to 100 letters, digits and _ . -, a plain string, unique in the set. */
  readonly name: string;

  /**
   * Description of the version that consumers see, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

/** The names of its properties. */
const API_VERSION: PropertyNames<ApiVersion> = { name: true, versionSet: true, description: true };

/** The versions of one API, which share a path. */
export interface IApiVersionSet extends IConstruct {
  /** The API Management service that the version set is on. */
  readonly gateway: IApimGateway;

  /** Azure resource id of the version set. */
  readonly versionSetId: string;

  /** Path of all its versions below the gateway's address. */
  readonly path: string;

  /** How consumers select a version. */
  readonly scheme: VersioningScheme;
}

/** The version, if an API on the gateway can have it: of a version set on this gateway, with a name that no other API has. */
export function checkedVersion(
  scope: Construct,
  gateway: IApimGateway,
  version: ApiVersion,
  givenPath: string | undefined,
): ApiVersion {
  const example = 'version: { versionSet, name: "v1" }';
  requireGiven(scope, version, { name: "version", has: ["versionSet"], texts: ["name"], example });
  requireOnly(scope, "version", version, { names: API_VERSION, example });
  const { versionSet, name } = version;
  requireGiven(scope, versionSet, { name: "versionSet", has: ["gateway", "versionSetId", "path", "scheme"], example });
  const set = versionSet.node.path;
  if (givenPath !== undefined)
    fail(
      scope,
      "path-with-version",
      `The path "${givenPath}" is set on an API with a version, which takes its path from the version set "${set}".`,
      "Omit path here. To change the path, set path on the version set.",
    );
  requireLiteral(scope, "The name of a version", name);
  checkName(scope, NAME_RULES.version, name, name.replace(/[^\w.-]+/g, "-"));
  checkedTexts(scope, TEXT_LIMITS.version, { description: version.description }, name);
  const [setGateway, apiGateway] = [versionSet.gateway, gateway].map(({ node }) => node.path);
  if (!areSame(versionSet.gateway, gateway))
    fail(
      scope,
      "version-set-on-other-gateway",
      `The version set "${set}" is on the gateway "${setGateway}", but this API is on "${apiGateway}".`,
      "Use a version set on the gateway of the API.",
    );
  const nameOwner = claim(versionSet, "version", name, scope);
  if (nameOwner !== undefined)
    fail(
      scope,
      "version-taken",
      `The version "${name}" of the version set "${set}" is already used by "${nameOwner}".`,
      'Use another name: version: { versionSet, name: "..." }.',
    );
  const owner = originalOf(versionSet);
  const pathOwner = claim(gateway, "path", versionSet.path, owner);
  if (pathOwner !== undefined && pathOwner !== owner.node.path)
    fail(
      scope,
      "version-set-path-taken",
      `The path "${versionSet.path}" of the version set "${set}" is already used by "${pathOwner}" on the gateway "${gateway.node.path}".`,
      'Use another path: new ApiVersionSet(this, "...", { gateway, path: "..." }).',
    );
  return version;
}

/**
 * How consumers select the version of an API.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-versions
 */
export class VersioningScheme {
  /** In the path: `/orders/v1`. */
  public static readonly PATH = new VersioningScheme("Segment");

  /**
   * In a request header.
   *
   * @param name name of the header, such as `Api-Version`; a plain string
   */
  public static header(name: string): VersioningScheme {
    return new VersioningScheme("Header", name);
  }

  /**
   * In a query parameter.
   *
   * @param name name of the parameter, such as `api-version`; a plain string
   */
  public static query(name: string): VersioningScheme {
    return new VersioningScheme("Query", name);
  }

  private constructor(
    private readonly scheme: "Segment" | "Header" | "Query",
    private readonly name = "",
  ) {}

  /**
   * Path of a version of the API at `path`.
   *
   * @internal
   */
  public _pathOf(path: string, version: string): string {
    if (this.scheme !== "Segment") return path;
    return path === "" ? version : `${path}/${version}`;
  }

  /** @internal */
  public _attributes(scope: Construct): {
    readonly versioningScheme: string;
    readonly versionHeaderName?: string;
    readonly versionQueryName?: string;
  } {
    const versioningScheme = this.scheme;
    if (versioningScheme === "Segment") return { versioningScheme };
    const header = versioningScheme === "Header";
    requireLiteral(scope, `The name given to VersioningScheme.${header ? "header" : "query"}`, this.name);
    checkName(scope, header ? POLICY_NAMES.header : NAME_RULES.queryName, this.name);
    return { versioningScheme, [header ? "versionHeaderName" : "versionQueryName"]: this.name };
  }

  /**
   * What a request needs besides the address to reach a version.
   *
   * @internal
   */
  public _select(version: string): PolicyStatement[] {
    if (this.scheme === "Segment") return [];
    const value = PolicyValue.literal(version);
    if (this.scheme === "Header") return [PolicyStatement.setHeader(this.name, value)];
    return [PolicyStatement.setQueryParameter(this.name, value)];
  }
}
