import { AzureRole } from "./azure-role";

/** How the gateway is let in to an Azure service. */
export interface AzureServiceOptions {
  /**
   * The role that the gateway's identity gets.
   *
   * @default - the least that calling the service takes: reading or querying, sending where the service is for messages
   */
  readonly role?: AzureRole;

  /**
   * Azure resource id that the role is assigned on, to let the gateway in to a part alone: a container, a secret, a queue.
   * The roles of one identity add up: it is a warning where another API has one on more.
   *
   * @default - all of the resource
   */
  readonly roleScope?: string;
}
