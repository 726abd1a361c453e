import { IConstruct } from "constructs";
import { IApimGateway } from "../gateway/gateway";

/** A tag of an API Management service, by which consumers find APIs. It is no tag of Azure. */
export interface IApimTag extends IConstruct {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** Name of the tag on the gateway. */
  readonly tagName: string;
}
