import { AzureRole } from "../../azure/azure-role";
import { PolicyDocument } from "../../policy/policy-document";
import { AzureServiceBackend, IAzureServiceBackend } from "./azure-service";
import { requireText } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

/** Any Azure service that accepts Entra tokens and uses Azure roles. */
export interface AzureResourceProps {
  /** `https://` address of its data plane, without credentials, query or fragment. */
  readonly url: string;

  /**
   * The resource that tokens are requested for, for example `https://storage.azure.com/`. Azure Resource Manager and Microsoft
   * Graph are an error.
   *
   * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/managed-identities-status
   */
  readonly tokenResource: string;

  /** Azure resource ID that the role is assigned on. */
  readonly scope: string;

  /** The role that the gateway's identity gets. */
  readonly role: AzureRole;

  /**
   * What the service needs in a request besides the token, for example a header.
   *
   * @default - nothing
   */
  readonly policy?: PolicyDocument;

  /**
   * Whether the service sends its responses in parts, as models do. The gateway then passes on each part as it comes.
   *
   * @default false
   */
  readonly streams?: boolean;
}

/** The names of its properties. */
const AZURE_RESOURCE_PROPS: PropertyNames<AzureResourceProps> = {
  role: true,
  scope: true,
  tokenResource: true,
  url: true,
  policy: true,
  streams: true,
};

/** See `Backend.azureResource`. */
export function azureResource(props: AzureResourceProps): IAzureServiceBackend {
  requireOnly("Backend.azureResource", "Backend.azureResource", props, {
    names: AZURE_RESOURCE_PROPS,
    example: "Backend.azureResource({ url, tokenResource, scope, role })",
  });
  requireText("Backend.azureResource", "scope", props.scope, 'scope: "<Azure resource ID>"');
  return new AzureServiceBackend("Backend.azureResource", undefined, {
    url: (scope) => requireText(scope, "url in Backend.azureResource", props.url, 'url: "https://..."'),
    tokenResource: props.tokenResource,
    resource: { id: props.scope },
    role: props.role,
    policy: props.policy,
    streams: props.streams,
  });
}
