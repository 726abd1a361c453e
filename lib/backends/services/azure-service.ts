import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { BindOnce, BOUND } from "../../core/bind-once";
import { Audience } from "../../entra/audience";
import { PolicyDocument } from "../../policy/policy-document";
import { AzureRole } from "../../azure/azure-role";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { gatewayRole } from "../../gateway/gateway-role";

/** What tells one Azure service from another. */
export interface AzureService {
  /** Address of its data plane; refuses what can be seen to be none. */
  readonly url: (scope: Construct) => string;
  readonly tokenResource: string;
  readonly resource: { readonly id: string };
  readonly role: AzureRole;
  /** What the role is assigned on, where it is not the whole resource. */
  readonly roleScope?: string;
  /** What the service needs of a request besides the token. */
  readonly policy?: PolicyDocument;
  /** Looks at the user's own object, and at the assignment where one is made. */
  readonly inspect?: (scope: Construct, assignment: RoleAssignment | undefined) => void;
}

/** An Azure service that lets in the gateway's identity by an Azure role. It needs no app registration: it has one at Microsoft. */
export class AzureServiceBackend implements IApimBackend {
  private readonly bound: BindOnce<BackendConfig>;

  constructor(
    factory: string,
    private readonly service: AzureService,
  ) {
    this.bound = new BindOnce(factory, BOUND.call);
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => this.letIn(scope, options));
  }

  private letIn(scope: Construct, { gateway }: BackendBindOptions): BackendConfig {
    const { service } = this;
    const url = service.url(scope);
    const { resource, roleScope } = service;
    const name = service.role._bind(scope);
    const assignment = name === undefined ? undefined : gatewayRole(scope, gateway, { name, resource, roleScope, url });
    service.inspect?.(scope, assignment);
    return {
      url,
      audience: Audience._azureService(service.tokenResource),
      policy: service.policy ?? PolicyDocument.EMPTY,
      dependencies: assignment ? [assignment] : [],
    };
  }
}

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
