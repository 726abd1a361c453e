import { IConstruct } from "constructs";
import { IApimGateway } from "../gateway/gateway";

/** A product of an API Management service, which consumers subscribe to for all its APIs. */
export interface IApimProduct extends IConstruct {
  /** The API Management service of the product. */
  readonly gateway: IApimGateway;

  /** Name of the product on the gateway. */
  readonly productId: string;

  /** Whether anyone may call its APIs without a subscription key, even if the APIs require one. */
  readonly isOpen: boolean;
}
