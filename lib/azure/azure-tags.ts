import { Aspects, Fn, IAspect, TerraformResource, Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { fail, Place } from "../core/fail";
import { described, requireGiven, requireText } from "../core/given";
import { repeated } from "../core/repeated";
import { asWritten } from "../core/terraform-template";
import { isToken } from "../core/tokens";

/** Tags of Azure resources: names and values. */
export type Tags = { readonly [name: string]: string };

const TAGS = { name: "tags", example: 'tags: { environment: "production" }' };

const MAX_TAGS = 50;
const NAME = /^[^<>%&\\?/]{1,512}$/;
const MAX_VALUE_LENGTH = 256;

/** @see https://learn.microsoft.com/rest/api/resources/tags/create-or-update */
const RESERVED = /^(?:microsoft|azure|windows)/i;

/**
 * The tags as azurerm takes them.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 */
export function checkedTags(place: Place, tags: Tags): { [name: string]: string } {
  requireGiven(place, tags, TAGS);
  if (Token.isUnresolved(tags)) return tags;
  const entries = Object.entries(tags);
  if (entries.length > MAX_TAGS)
    fail(
      place,
      "too-many-tags",
      `There are ${entries.length} tags, but an Azure resource has at most ${MAX_TAGS}.`,
      "Remove some of them.",
    );
  entries.forEach(([name, value]) => checkTag(place, name, value));
  const [tag] = repeated(entries, ([name]) => name.toLowerCase());
  if (tag)
    fail(
      place,
      "tag-given-twice",
      `The tag ${described(tag[0][0])} is given twice. Azure does not distinguish upper case from lower case in names of tags.`,
      "Remove one of the two.",
    );
  return asWritten(tags);
}

function checkTag(place: Place, name: string, value: unknown): void {
  if (!isToken(name) && RESERVED.test(name))
    fail(
      place,
      "reserved-tag",
      `The name of the tag ${described(name)} begins with microsoft, azure or windows. Azure reserves these names.`,
      "Use a name that begins with another word.",
    );
  const isName = isToken(name) || NAME.test(name);
  const text = requireText(place, `value of the tag ${described(name)}`, value, `${JSON.stringify(name)}: "..."`);
  if (isName && (isToken(text) || text.length <= MAX_VALUE_LENGTH)) return;
  fail(
    place,
    "invalid-tag",
    `The tag ${described(name)} with the value ${described(text)} is not valid.`,
    `Use a name of 1 to 512 characters without < > % & \\ ? /, and a value of at most ${MAX_VALUE_LENGTH} characters.`,
  );
}

/**
 * Tags for everything in a scope that azurerm can tag: what the library creates, and what you create. Tags of a single resource come
 * first, then those of the nearest scope.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources
 */
export class AzureTags implements IAspect {
  /**
   * Tags all Azure resources of an app, a stack or a construct, whenever they are created.
   *
   * @param scope such as your stack
   * @param tags names and values
   */
  public static addTo(scope: IConstruct, tags: { [name: string]: string }): void {
    if (!Construct.isConstruct(scope))
      fail(
        "AzureTags.addTo",
        "no-scope-for-tags",
        `The scope is ${described(scope)}, which is not a construct.`,
        'Write AzureTags.addTo(this, { environment: "production" }) in your stack.',
      );
    Aspects.of(scope).add(new AzureTags(checkedTags(scope, tags)));
  }

  private constructor(private readonly tags: { [name: string]: string }) {}

  /** Tags one element, with the tags of all its scopes. cdktf calls this at synth, once for each of these. */
  public visit(node: IConstruct): void {
    if (!isTaggable(node)) return;
    const aspects = node.node.scopes.flatMap((scope) => Aspects.of(scope).all).filter(isAzureTags);
    if (aspects[0] !== this) return;
    node.tags = [...aspects.map(({ tags }) => tags), node.tagsInput ?? {}].reduce(merged);
  }
}

function isAzureTags(aspect: IAspect): aspect is AzureTags {
  return aspect instanceof AzureTags;
}

/** Tags, and others that come first. Azure ignores case in names of tags. */
function merged(tags: Tags, first: Tags): Tags {
  if ([tags, first].some((each) => Token.isUnresolved(each))) return Token.asStringMap(Fn.merge([tags, first]));
  const taken = new Set(Object.keys(first).map((name) => name.toLowerCase()));
  const others = Object.entries(tags).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...first };
}

/** Resources of azurerm whose `tags` are a list of words, not Azure tags. */
const OTHER_TAGS: ReadonlySet<string> = new Set([
  "azurerm_api_management_named_value",
  "azurerm_sentinel_threat_intelligence_indicator",
]);

/** A resource of azurerm that has tags. The tags of azuread are words with a meaning of their own. */
type Taggable = TerraformResource & { tags: Tags; readonly tagsInput?: Tags };

function isTaggable(node: IConstruct): node is Taggable {
  return (
    TerraformResource.isTerraformResource(node) &&
    node.terraformResourceType.startsWith("azurerm_") &&
    !OTHER_TAGS.has(node.terraformResourceType) &&
    "tagsInput" in node
  );
}
