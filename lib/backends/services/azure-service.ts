import { Precondition } from "cdktf";
import { Construct } from "constructs";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { BOUND_CALL } from "../../api/api-surface";
import { AzureRole, checkedRole } from "../../azure/azure-role";
import { BindOnce } from "../../core/bind-once";
import { Audience } from "../../entra/audience";
import { assignGatewayRole } from "../../gateway/gateway-role";
import { PolicyDocument } from "../../policy/policy-document";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { requireGiven } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

/** What the Azure services differ in. */
export interface AzureService {
  /** Address of its data plane. */
  readonly url: (scope: Construct) => string;
  /** What tokens for it are requested for: the same in all clouds, or by the cloud of the stack. */
  readonly tokenResource: string | ((scope: Construct) => string);
  readonly resource: { readonly id: string };
  /** The role of the gateway, unless the user chooses another one. */
  readonly role: AzureRole;
  /** What the service needs in a request besides the token. */
  readonly policy?: PolicyDocument;
  /** Whether it sends its responses in parts. */
  readonly streams?: boolean;
  /** Checks the user's resource. */
  readonly inspect?: (scope: Construct) => void;
  /** What only Terraform can check of the user's resource. */
  readonly conditions?: (scope: Construct) => Precondition[];
}

/** An Azure service as a backend. */
export interface IAzureServiceBackend extends IApimBackend {
  /**
   * The role assignment of the gateway's identity, to set anything else on it. APIs in a stack that use the same role on the same
   * scope share it. It is undefined if the role is managed elsewhere. Reading it is an error before the backend is passed to a
   * `SecureApimBackend`.
   */
  readonly roleAssignment?: RoleAssignment | undefined;
}

/** An Azure service that authorizes the gateway's identity by an Azure role. Microsoft owns its app registration. */
export class AzureServiceBackend implements IAzureServiceBackend {
  private readonly bound: BindOnce<BackendConfig & { readonly assignment?: RoleAssignment }>;

  constructor(
    public readonly factory: string,
    private readonly options: AzureServiceOptions | undefined,
    private readonly service: AzureService,
  ) {
    this.bound = new BindOnce(factory, BOUND_CALL);
  }

  public get roleAssignment(): RoleAssignment | undefined {
    return this.bound.read("roleAssignment").assignment;
  }

  public bind(scope: Construct, { gateway }: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => {
      const { service, options } = this;
      const resource = requireGiven(scope, service.resource, {
        name: `the argument of ${this.factory}`,
        texts: ["id"],
        example: `${this.factory}(...) with your object, or with what fromAttributes returns for it`,
      });
      requireOnly(scope, this.factory, options ?? {}, {
        names: AZURE_SERVICE_OPTIONS,
        example: `${this.factory}(..., { role, roleScope })`,
      });
      const { role = service.role, roleScope } = options ?? {};
      const { tokenResource } = service;
      const url = service.url(scope);
      const name = checkedRole(scope, role)._bind(scope);
      const assignment =
        name === undefined ? undefined : assignGatewayRole(scope, gateway, { name, resource, roleScope, url });
      service.inspect?.(scope);
      return {
        url,
        audience: Audience._azureService(typeof tokenResource === "function" ? tokenResource(scope) : tokenResource),
        policy: service.policy ?? PolicyDocument.EMPTY,
        dependencies: assignment ? [assignment] : [],
        streams: service.streams,
        _conditions: service.conditions?.(scope),
        assignment,
      };
    });
  }
}

/** How the gateway gets access to an Azure service. */
export interface AzureServiceOptions {
  /**
   * The role that the gateway's identity gets.
   *
   * @default - the least privilege that a call needs: read or query, or send to a messaging service
   */
  readonly role?: AzureRole;

  /**
   * Azure resource ID that the role is assigned on, to limit the gateway to a part of the resource: a container, a secret, a queue.
   * The roles of an identity add up: a warning says so if another API has the role on more.
   *
   * @default - the whole resource
   */
  readonly roleScope?: string;
}

/** The names of its properties. */
const AZURE_SERVICE_OPTIONS: PropertyNames<AzureServiceOptions> = { role: true, roleScope: true };
