import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { BindOnce, BOUND } from "../../core/bind-once";
import { Audience } from "../../entra/audience";
import { PolicyDocument } from "../../policy/policy-document";
import { AzureRole } from "../azure-role";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { gatewayRole } from "./gateway-role";

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
      ready: assignment ? [assignment] : [],
    };
  }
}
