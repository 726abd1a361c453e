import { suspendCreationStacks } from "../core/creation-stacks";
import { asWritten } from "../core/terraform-template";
import { checkedTexts } from "../core/text-limits";
import { IConstruct, Construct } from "constructs";
import { checkedGateway, IApimGateway } from "../gateway/gateway";
import type { ApiManagementTag } from "@cdktf/provider-azurerm/lib/api-management-tag";
import { checkName, kebabCase } from "../core/names";
import { PropertyNames, requireConstructProps, requireOnly } from "../core/property-names";
import { liveOn } from "../gateway/gateway-child";
import { claimNameOnGateway, NAME_RULES } from "../gateway/name-rules";
import { TEXT_LIMITS } from "../gateway/text-limits";
import { azurerm } from "../providers/azurerm";

/** A tag of an API Management service, by which consumers find APIs. It is not an Azure resource tag. */
export interface IApimTag extends IConstruct {
  /** The API Management service of the tag. */
  readonly gateway: IApimGateway;

  /** Name of the tag on the gateway. */
  readonly tagName: string;
}

/** Properties of a new tag. */
export interface ApimTagProps {
  /** The API Management service of the tag. */
  readonly gateway: IApimGateway;

  /**
   * Name of the tag on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly tagName?: string;

  /**
   * Title that consumers see, 1 to 160 characters.
   *
   * @default - the construct id
   */
  readonly displayName?: string;
}

/** The names of its properties. */
const APIM_TAG_PROPS: PropertyNames<ApimTagProps> = { gateway: true, displayName: true, tagName: true };

/** An existing tag. */
export interface ApimTagAttributes {
  /** The API Management service of the tag. */
  readonly gateway: IApimGateway;

  /** Name of the tag on the gateway. */
  readonly tagName: string;
}

/** The names of its properties. */
const APIM_TAG_ATTRIBUTES: PropertyNames<ApimTagAttributes> = { gateway: true, tagName: true };

/** A tag of API Management, by which consumers find APIs in the developer portal. */
export class ApimTag extends Construct implements IApimTag {
  /** An existing tag. It is not read. */
  public static fromAttributes(scope: Construct, id: string, props: ApimTagAttributes): IApimTag {
    const tag = new Construct(scope, id);
    const { tagName } = requireOnly(tag, "ApimTag.fromAttributes", props, {
      names: APIM_TAG_ATTRIBUTES,
      example: "{ gateway, tagName }",
    });
    const gateway = checkedGateway(tag, props.gateway);
    return Object.assign(tag, { gateway, tagName: checkName(tag, NAME_RULES.tag, tagName, kebabCase(tagName)) });
  }

  public readonly gateway: IApimGateway;
  public readonly tagName: string;

  /** The created tag. */
  public readonly tag: ApiManagementTag;

  constructor(scope: Construct, id: string, props: ApimTagProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, { names: APIM_TAG_PROPS, example: `new ApimTag(this, "${id}", { gateway })` });
      const gateway = checkedGateway(this, props.gateway);
      this.gateway = gateway;
      this.tag = new azurerm.ApiManagementTag(this, "Resource", {
        apiManagementId: gateway.apimId,
        name: claimNameOnGateway(this, gateway, "tag", props.tagName),
        ...asWritten(checkedTexts(this, TEXT_LIMITS.tag, { displayName: props.displayName ?? id })),
        provider: gateway.provider,
      });
      liveOn(this.tag, gateway);
      this.tagName = this.tag.name;
    } finally {
      resume();
    }
  }
}
