import { IConstruct } from "constructs";
import { IApimGateway } from "../gateway/gateway";

/** A product of an API Management service: what consumers subscribe to, for all its APIs at once. */
export interface IApimProduct extends IConstruct {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** Name of the product on the gateway. */
  readonly productId: string;

  /** Whether everybody may call its APIs without a subscription key, whatever the APIs themselves ask for. */
  readonly isOpen: boolean;
}
