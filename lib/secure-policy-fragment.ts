import { Construct } from "constructs";
import { ApiManagementPolicyFragment } from "@cdktf/provider-azurerm/lib/api-management-policy-fragment";
import { checkedKeyNames } from "./api/api-surface";
import { SubscriptionKeyNames, SERVICE_KEY_NAMES } from "./policy/subscription-key-names";
import { IApimBackend, BackendBranch } from "./backends/backend";
import { CircuitBreaker } from "./backends/circuit-breaker";
import { dependenciesWithin } from "./core/dependencies";
import { readNamedValues } from "./gateway/named-value-order";
import { keepAttributes } from "./core/guards";
import { defaultName } from "./core/names";
import { isToken } from "./core/tokens";
import { IAppRegistration } from "./entra/registration";
import { nameOnGateway } from "./gateway/gateway-name";
import { IApimGateway } from "./gateway/gateway";
import { PolicyDocument } from "./policy/policy-document";
import { GatewayCalls } from "./composition/gateway-calls";
import { atConstruct, checkPolicy } from "./composition/policy-checks";

/** Properties of a policy fragment with which an API calls a secured backend. */
export interface SecurePolicyFragmentProps {
  /** The API Management service that calls the backend. */
  readonly gateway: IApimGateway;

  /** What is called. */
  readonly backend: IApimBackend;

  /**
   * Other backends, each called when a condition holds, each with a token of its own.
   *
   * @default - none: every request goes to `backend`
   */
  readonly branches?: BackendBranch[];

  /**
   * When the backend is left alone because it fails. Not on the Consumption tier.
   *
   * @default - never
   */
  readonly circuitBreaker?: CircuitBreaker;

  /**
   * Statements of the inbound section to put before the gateway's own: `PolicyDocument.of(...)`.
   *
   * @default - the gateway's own statements alone
   */
  readonly policy?: PolicyDocument;

  /**
   * Name of the fragment on the gateway. It cannot be changed later without a new fragment.
   *
   * @default - the construct id in kebab-case
   */
  readonly fragmentName?: string;

  /**
   * Names under which consumers of the API send their subscription key, so that it can be kept from the backend.
   *
   * @default - the service's: `Ocp-Apim-Subscription-Key` and `subscription-key`
   */
  readonly subscriptionKeyNames?: SubscriptionKeyNames;
}

/**
 * The gateway's side of a secured backend as a policy fragment, for an API whose policy is managed elsewhere. That policy takes
 * one line: `includeStatement`, last in its inbound section.
 *
 * @see https://learn.microsoft.com/azure/api-management/policy-fragments
 */
export class SecurePolicyFragment extends Construct {
  /** Name of the fragment on the gateway. */
  public readonly fragmentName: string;

  /** The one line for the API's policy: write it last in `<inbound>`, after `<base />`. */
  public readonly includeStatement: string;

  /** `https://` address of the backend. */
  public readonly backendUrl: string;

  /**
   * The Entra app registration that stands for the backend.
   *
   * @default - none: the backend was given with an audience that lives elsewhere
   */
  public readonly registration?: IAppRegistration;

  constructor(scope: Construct, id: string, props: SecurePolicyFragmentProps) {
    super(scope, id);
    const { gateway } = props;
    const name = defaultName(this);
    const calls = new GatewayCalls(this, props, name);
    this.backendUrl = calls.url;
    this.registration = calls.registration;
    this.fragmentName = nameOnGateway(this, gateway, "fragment", props.fragmentName);

    const entityName = isToken(this.fragmentName) ? name : this.fragmentName;
    const keyNames = checkedKeyNames(this, props.subscriptionKeyNames ?? SERVICE_KEY_NAMES);
    const document = calls.policy(props.policy ?? PolicyDocument.EMPTY, entityName, keyNames);
    checkPolicy(this, document, { gateway, passesOptions: false });
    const text = atConstruct(this, () => document._toTerraformFragment());
    const fragment = new ApiManagementPolicyFragment(this, "Resource", {
      apiManagementId: gateway.apimId,
      name: this.fragmentName,
      format: "rawxml",
      value: text,
      provider: gateway.provider,
      dependsOn: dependenciesWithin(this, calls.dependencies),
    });
    readNamedValues(gateway, fragment, text);
    keepAttributes(fragment, /^(value|format)$/, fragmentChanged);
    this.includeStatement = `<include-fragment fragment-id="${fragment.name}" />`;
  }
}
// Policy

export function fragmentChanged(fragment: string): string {
  return (
    `The policy fragment "${fragment}" was changed after it was composed: the backend could get no token. Remove what changes value or ` +
    `format on it (addOverride, an aspect), and write policy: PolicyDocument.of(...) on the SecurePolicyFragment.`
  );
}
