import { Construct } from "constructs";
import { requireLiteral } from "../../core/literal";
import { checkName } from "../../core/names";
import { NAME_RULES } from "../../gateway/name-rules";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";

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
    checkName(scope, header ? NAME_RULES.headerName : NAME_RULES.queryName, this.name);
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
