import { Located, locatedInDocument, sectionOf } from "../../policy/findings/located";
import { PolicySection } from "../../policy/statement";
import { scan } from "../../policy/syntax/scanner";
import { SourceElement, SourceTree } from "../../policy/syntax/source-tree";
import { apiOf, OwnerApi } from "./api";
import { azapiProperty, azapiTypeOf } from "./azapi";
import type { Configuration } from "./configuration";
import type { Resource } from "./resource";
import { filledIn } from "./template";
import { Value } from "./value";

/** What a policy applies to. */
export type PolicyScope = "global" | "product" | "api" | "operation" | "fragment";

const SCOPES: ReadonlyMap<string, PolicyScope> = new Map([
  ["azurerm_api_management_policy", "global"],
  ["azurerm_api_management_product_policy", "product"],
  ["azurerm_api_management_api_policy", "api"],
  ["azurerm_api_management_api_operation_policy", "operation"],
  ["azurerm_api_management_policy_fragment", "fragment"],
]);

const AZAPI_SCOPES: ReadonlyMap<string, PolicyScope> = new Map([
  ["microsoft.apimanagement/service/policies", "global"],
  ["microsoft.apimanagement/service/products/policies", "product"],
  ["microsoft.apimanagement/service/apis/policies", "api"],
  ["microsoft.apimanagement/service/apis/operations/policies", "operation"],
  ["microsoft.apimanagement/service/policyfragments", "fragment"],
]);

/** What stands in a policy for a part that only Terraform knows: two characters that no policy contains, and a number between them. */
const UNKNOWN_PART = /\uE000(\d+)\uE001/g;

/** What is in a condition or a loop of Terraform's cannot be judged. */
const DIRECTIVE = /(?:^|[^%])%\{/;

/** The policy of a gateway, a product, an API or an operation, or a fragment. */
export class PolicyText {
  /** The expressions that only Terraform knows. */
  private readonly unknown: string[] = [];
  private read?: { readonly tree?: SourceTree; readonly error?: string };
  private elements?: readonly Located[];
  private owner?: OwnerApi;
  private readonly text: string | undefined;

  constructor(
    public readonly resource: Resource,
    public readonly scope: PolicyScope,
    /** The attribute that contains it. */
    public readonly attribute: string,
    content: Value,
  ) {
    const isKnown = !content.isAbsent && !content.isUnknownWhole && !DIRECTIVE.test(content.template);
    this.text = isKnown ? this.withoutExpressions(content) : undefined;
  }

  /** The document, if the configuration contains a text that can be read as a policy. */
  public get tree(): SourceTree | undefined {
    return this.reading().tree;
  }

  /** Why the text cannot be read as a policy. */
  public get error(): string | undefined {
    return this.reading().error;
  }

  /** Its text, with marks for what only Terraform knows. */
  public get written(): string | undefined {
    return this.text;
  }

  /** Its policies, in document order. */
  public get located(): readonly Located[] {
    return (this.elements ??= this.tree ? locatedInDocument(this.tree) : []);
  }

  /** The value of an attribute or a text in it. */
  public valueOf(text: string): Value {
    const escaped = text.replace(/([$%])\{/g, "$1$1{");
    return this.resource.stack.valueOf(
      escaped.replace(UNKNOWN_PART, (_, index: string) => `\${${this.unknown[+index]}}`),
    );
  }

  /** The API that it belongs to, if it is the policy of an API or an operation. */
  public get api(): OwnerApi {
    return (this.owner ??= apiOf(this.resource));
  }

  /** Whether a part of a section is only known to Terraform, which could be any policy. */
  public get hasUnknownPolicies(): boolean {
    const { tree } = this;
    if (!tree) return true;
    const sections = tree.roots.flatMap((root) => [root, ...root.children]);
    return sections.some((section) => UNKNOWN_TEXT.test(directText(tree.text, section)));
  }

  /** Whether the policies above it run. One that cannot be read can have them run. */
  public get inheritsInbound(): boolean {
    const inbound = this.tree && sectionOf(this.tree, PolicySection.INBOUND);
    return this.tree === undefined || inbound?.children.some(({ name }) => name === "base") === true;
  }

  /** Whether the policies above it do not run, or need not. */
  public get isApart(): boolean {
    return this.tree === undefined || !this.inheritsInbound;
  }

  private reading(): { readonly tree?: SourceTree; readonly error?: string } {
    return (this.read ??= readAsPolicy(this.text, this.resource.address, this.scope));
  }

  private withoutExpressions(content: Value): string {
    const mark = (expression: string): string => `\uE000${this.unknown.push(expression) - 1}\uE001`;
    return filledIn(content.template, (expression) => content.evaluated(expression)?.text, mark).text;
  }
}

const UNKNOWN_TEXT = /\uE000/;

/** The text of an element without its children. */
function directText(text: string, { children, startTagEnd, endTagStart }: SourceElement): string {
  const starts = [startTagEnd, ...children.map(({ end }) => end)];
  const ends = [...children.map(({ start }) => start), endTagStart];
  return starts.map((start, index) => text.slice(start, ends[index])).join(" ");
}

function readAsPolicy(
  text: string | undefined,
  source: string,
  scope: PolicyScope,
): { tree?: SourceTree; error?: string } {
  if (text === undefined) return {};
  try {
    const tree = scan(text, source);
    return { tree: scope === "fragment" ? asInbound(tree) : tree };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** A fragment as the content of `inbound`, where most are included. */
function asInbound(tree: SourceTree): SourceTree {
  const [root] = tree.roots;
  if (root?.name !== "fragment") return tree;
  const inbound = { ...root, name: PolicySection.INBOUND };
  return new SourceTree(tree.text, tree.source, [{ ...root, name: "policies", children: [inbound] }]);
}

/** The policies in a configuration. */
export function policiesIn(configuration: Configuration): PolicyText[] {
  return configuration.resources.flatMap((resource) => {
    if (resource.mode === "data") return [];
    const scope = SCOPES.get(resource.type);
    if (scope !== undefined) {
      const attribute = scope === "fragment" ? "value" : "xml_content";
      return [new PolicyText(resource, scope, attribute, resource.at(attribute))];
    }
    const azapiScope = AZAPI_SCOPES.get(azapiTypeOf(resource) ?? "");
    if (azapiScope === undefined) return [];
    const attribute = "body.properties.value";
    const isLink = azapiProperty(resource, "properties.format").text?.endsWith("-link") === true;
    const content = azapiProperty(resource, "properties.value").doubted(isLink ? "link" : undefined);
    return [new PolicyText(resource, azapiScope, attribute, content)];
  });
}
